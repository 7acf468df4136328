using System.Net;
using System.Text;
using ReviewConsole.Client;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Api;

/// <summary>A client whose console is a list of answers, and the requests as they arrived.</summary>
internal sealed class ClientFixture : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public ClientFixture()
    {
        Client = new ReviewConsoleClient(new HttpClient(this), new ReviewConsoleClientOptions
        {
            Server = new Uri("http://console.test"),
            ApiKey = "rc_test",
            Time = Time,
            Jitter = () => 0,
        });
    }

    public FakeTime Time { get; } = new();

    public ReviewConsoleClient Client { get; }

    public List<Sent> Requests { get; } = [];

    public ClientFixture Answer(HttpStatusCode status, string? json = null, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(() =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(json ?? "", Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return response;
        });
        return this;
    }

    public ClientFixture Problem(HttpStatusCode status, string type, params (string Name, string Value)[] headers)
        => Answer(status, $$"""{"type":"https://reviewconsole.invalid/problems/{{type}}","title":"No","status":{{(int)status}},"detail":"Because."}""", headers);

    public ClientFixture Lose(HttpRequestError error)
    {
        _answers.Enqueue(() => throw new HttpRequestException(error, "lost"));
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new Sent(
            request.Method.Method,
            request.RequestUri!.PathAndQuery,
            body,
            request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(static h => h.Key, static h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase)));
        return _answers.TryDequeue(out var answer) ? answer() : throw new InvalidOperationException($"No answer for {request.RequestUri}.");
    }

    internal sealed record Sent(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);
}
