using System.Net;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary>What every answer tells the browser, and the guard of circuits.</summary>
public sealed class HeadersTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/signin")]
    [InlineData("/queue")]
    [InlineData("/api/v1/me")]
    [InlineData("/health/live")]
    [InlineData("/no/such/page")]
    public async Task Every_answer_carries_the_policy(string path)
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Anonymous().GetAsync(path, Cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self' 'unsafe-inline'", policy);
        Assert.Contains("img-src 'self' data:", policy);
        Assert.Contains("object-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_browser_keeps_styles_and_scripts_in_development_too()
    {
        await using var console = await RunningConsole.StartAsync();
        var client = console.Anonymous();
        var page = await client.GetStringAsync(new Uri("/signin", UriKind.Relative), Cancelled);
        var sheet = page[page.IndexOf("css/tokens.", StringComparison.Ordinal)..];
        using var answer = await client.GetAsync(new Uri("/" + sheet[..sheet.IndexOf('"', StringComparison.Ordinal)], UriKind.Relative), Cancelled);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("same", HttpStatusCode.SwitchingProtocols)]
    public async Task A_circuit_opens_from_a_page_of_ours_only(string? origin, HttpStatusCode expected)
    {
        await using var console = await RunningConsole.StartAsync();
        var person = await console.PersonAsync("reviewer");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.Add("Sec-WebSocket-Extensions", "permessage-deflate");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin is "same" ? console.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        using var answer = await person.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal(expected, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Sec-WebSocket-Extensions"), "the socket must not be compressed");
    }

    [Fact]
    public async Task Nobody_opens_a_circuit_without_signing_in()
    {
        await using var console = await RunningConsole.StartAsync();
        using var answer = await console.Anonymous().PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Cancelled);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task The_open_API_document_names_the_calls()
    {
        await using var console = await RunningConsole.StartAsync();
        Assert.Contains("\"/api/v1/me\"", await console.Anonymous().GetStringAsync("/openapi/v1.json", Cancelled), StringComparison.Ordinal);
    }
}
