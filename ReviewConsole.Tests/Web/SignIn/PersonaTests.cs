using System.Net.Http.Json;
using System.Net;
using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.SignIn;

/// <summary>Signing in and out as a persona, as a program that knows only the contract does it.</summary>
public sealed class PersonaTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reviewer", "reviewer", "reviews.decide")]
    [InlineData("reviewer2", "reviewer", "reviews.decide")]
    [InlineData("senior", "senior", "secondread")]
    [InlineData("supervisor", "supervisor", "line.stop")]
    [InlineData("compliance", "compliance", "ledger.verify")]
    [InlineData("author", "author", "policy.draft")]
    [InlineData("publisher", "publisher", "policy.publish")]
    [InlineData("admin", "admin", "keys.manage")]
    public async Task Every_persona_of_the_contract_signs_in_and_is_told_who_they_are(string persona, string role, string permission)
    {
        await using var console = await RunningConsole.StartAsync();
        var client = await console.PersonAsync(persona);
        var me = (await client.GetFromJsonAsync<JsonObject>("/api/v1/me", Cancelled))!;
        Assert.Equal("p1", (string)me["id"]!);
        Assert.Equal([role], me["roles"]!.AsArray().Select(one => (string)one!));
        Assert.Contains(permission, me["permissions"]!.AsArray().Select(one => (string)one!));
        Assert.NotEmpty((string)me["antiforgeryToken"]!);
    }

    [Fact]
    public async Task The_page_offers_every_persona_in_a_form_that_posts_person()
    {
        await using var console = await RunningConsole.StartAsync();
        var page = await console.Anonymous().GetStringAsync("/signin?returnUrl=%2Fqueue", Cancelled);
        Assert.Contains("action=\"/signin/development\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"/queue\"", page, StringComparison.Ordinal);
        Assert.All(
            (string[])["reviewer", "reviewer2", "senior", "supervisor", "compliance", "author", "publisher", "admin"],
            persona => Assert.Contains($"name=\"person\" value=\"{persona}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_speaks_the_browsers_language()
    {
        await using var console = await RunningConsole.StartAsync();
        var client = console.Anonymous();
        client.DefaultRequestHeaders.Add("Accept-Language", "de");
        Assert.Contains("<h1>Anmelden</h1>", await client.GetStringAsync("/signin", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_persona_keeps_its_pseudonym_and_another_gets_the_next()
    {
        await using var console = await RunningConsole.StartAsync();
        var ids = new List<string>();
        foreach (var persona in (string[])["reviewer", "senior", "reviewer"])
        {
            var me = await (await console.PersonAsync(persona)).GetFromJsonAsync<JsonObject>("/api/v1/me", Cancelled);
            ids.Add((string)me!["id"]!);
        }

        Assert.Equal(["p1", "p2", "p1"], ids);
    }

    [Fact]
    public async Task Development_cookies_on_plain_http_have_plain_names_and_no_secure()
    {
        await using var console = await RunningConsole.StartAsync();
        using var form = new FormUrlEncodedContent([new("person", "reviewer")]);
        using var answer = await console.Anonymous().PostAsync("/signin/development", form, Cancelled);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("rc-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/queue?view=mine", "/queue?view=mine")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    public async Task Signing_in_leads_back_to_a_page_of_ours_only(string asked, string led)
    {
        await using var console = await RunningConsole.StartAsync();
        using var form = new FormUrlEncodedContent([new("person", "reviewer"), new("returnUrl", asked)]);
        using var answer = await console.Anonymous().PostAsync("/signin/development", form, Cancelled);
        Assert.Equal(led, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Host", "console.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Redirect)]
    [InlineData("X-Nothing", "1", HttpStatusCode.Redirect)]
    public async Task Another_sites_page_cannot_sign_anybody_in(string header, string value, HttpStatusCode expected)
    {
        await using var console = await RunningConsole.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin/development") { Content = new FormUrlEncodedContent([new("person", "admin")]) };
        request.Headers.Add(header, value);
        using var answer = await console.Anonymous().SendAsync(request, Cancelled);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Somebody_who_is_no_persona_is_refused()
    {
        await using var console = await RunningConsole.StartAsync();
        using var form = new FormUrlEncodedContent([new("person", "root")]);
        using var answer = await console.Anonymous().PostAsync("/signin/development", form, Cancelled);
        await Answers.ProblemAsync(answer, 422, "invalid");
    }

    [Fact]
    public async Task Where_others_can_reach_the_server_there_are_no_personas()
    {
        await using var console = await RunningConsole.StartAsync(settings => settings with { Urls = "http://0.0.0.0:0" });
        using var form = new FormUrlEncodedContent([new("person", "reviewer")]);
        using var client = new HttpClient { BaseAddress = new UriBuilder(console.Address) { Host = "127.0.0.1" }.Uri };
        Assert.DoesNotContain("name=\"person\"", await client.GetStringAsync("/signin", Cancelled), StringComparison.Ordinal);
        using var answer = await client.PostAsync("/signin/development", form, Cancelled);
        Assert.InRange((int)answer.StatusCode, 400, 405);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_session_that_was_signed_out_is_dead_even_with_its_cookie()
    {
        await using var console = await RunningConsole.StartAsync();
        using var form = new FormUrlEncodedContent([new("person", "reviewer")]);
        using var signedIn = await console.Anonymous().PostAsync("/signin/development", form, Cancelled);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "/api/v1/me"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(HttpMethod.Post, "/signout"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, "/api/v1/me"));

        async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Cookie", cookie);
            using var answer = await console.Anonymous().SendAsync(request, Cancelled);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_session_ends_by_itself_after_its_length()
    {
        var time = new FakeTime();
        await using var console = await RunningConsole.StartAsync(time: time);
        var client = await console.PersonAsync("reviewer");
        time.Advance(TimeSpan.FromHours(11.9));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/me", Cancelled)).StatusCode);
        time.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/me", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_session_survives_a_restart_of_the_server()
    {
        using var folder = new TemporaryFolder();
        string cookie;
        await using (var first = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path }))
        {
            using var form = new FormUrlEncodedContent([new("person", "reviewer")]);
            using var signedIn = await first.Anonymous().PostAsync("/signin/development", form, Cancelled);
            cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }

        await using var second = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Add("Cookie", cookie);
        using var answer = await second.Anonymous().SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
