using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks.Load;

/// <summary>A source that submits at its own pace, by the wire alone.</summary>
internal sealed class SourceClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _body;

    public SourceClient(Product product)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri($"http://{product.Server.Authority}") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.Key);
        _body = SubmitBody.Of(product.System);
    }

    /// <summary>Submits number <paramref name="number"/> and answers the review's id; a risky one cannot be undone and is due before the others.</summary>
    public async Task<string> SubmitAsync(long number, bool risky = false)
    {
        var body = _body.Replace("############", number.ToString("D12", null), StringComparison.Ordinal);
        body = risky ? body.Replace("\"reversible\":true", "\"reversible\":false", StringComparison.Ordinal) : body;
        return await SubmitAsync(Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Submits a body of its own and answers the review's id.</summary>
    public async Task<string> SubmitAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _client.PostAsync(new Uri("/api/v1/reviews", UriKind.Relative), content);
        var text = await answer.Content.ReadAsByteArrayAsync();
        if ((int)answer.StatusCode != 201)
        {
            throw new InvalidOperationException($"submit: {(int)answer.StatusCode} {Encoding.UTF8.GetString(text)}");
        }

        using var review = JsonDocument.Parse(text);
        return review.RootElement.GetProperty("id").GetString()!;
    }

    public void Dispose() => _client.Dispose();
}
