using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks.Load;

/// <summary>A person at the console, by the wire alone: signs in by the form, then claims, looks and decides.</summary>
internal sealed partial class PersonClient : IDisposable
{
    private readonly HttpClient _client;

    private PersonClient(HttpClient client) => _client = client;

    public static async Task<PersonClient> SignInAsync(Product product, string persona)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() };
        var client = new HttpClient(handler) { BaseAddress = new Uri($"http://{product.Server.Authority}") };
        var page = await client.GetStringAsync(new Uri("/signin", UriKind.Relative));
        var form = HiddenInput().Matches(page).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)))
            .DistinctBy(field => field.Key).Where(field => field.Key is not "person").Append(KeyValuePair.Create("person", persona));
        using var content = new FormUrlEncodedContent(form);
        using var answer = await client.PostAsync(new Uri("/signin/development", UriKind.Relative), content);
        using var me = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/me", UriKind.Relative)));
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", me.RootElement.GetProperty("antiforgeryToken").GetString());
        return new PersonClient(client);
    }

    /// <summary>Claims the review and answers the claim's token.</summary>
    public async Task<string> ClaimAsync(string review)
    {
        using var answer = await PostAsync($"/api/v1/reviews/{review}/claim", null, null);
        return answer.RootElement.GetProperty("token").GetString()!;
    }

    public async Task SeenAsync(string review, string evidence, int milliseconds)
    {
        using var answer = await PostAsync($"/api/v1/reviews/{review}/seen", new { evidence, milliseconds }, null);
    }

    public async Task ApproveAsync(string review, string claim, string operation)
    {
        var decision = new
        {
            decision = "approve",
            reasonCode = "EVIDENCE_SUPPORTS",
            rationale = "The carrier's scan shows the delay.",
            claim,
            operationId = operation,
        };
        using var answer = await PostAsync($"/api/v1/reviews/{review}/decision", decision, "\"1\"");
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonDocument> PostAsync(string path, object? body, string? revision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        if (revision is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", revision);
        }

        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.OK ? JsonDocument.Parse(text) : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    [GeneratedRegex("""<input[^>]*?type="hidden"[^>]*?name="(?<name>[^"]*)"[^>]*?value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenInput();
}
