using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.SignIn;

/// <summary>Who gets through the API's door, tried on endpoints made for it, so that the rules hold before and beside any real one.</summary>
public sealed class CallerGateTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/probe/source")]
    [InlineData("/api/probe/person")]
    [InlineData("/api/probe/either")]
    public async Task Nobody_is_answered_401_as_a_problem_and_never_redirected(string path)
    {
        await using var console = await StartAsync();
        using var answer = await console.Anonymous().PostAsync(path, content: null, Cancelled);
        await Answers.ProblemAsync(answer, 401, "unauthorized");
    }

    [Fact]
    public async Task A_key_is_let_in_where_sources_call_and_not_where_people_do()
    {
        await using var console = await StartAsync();
        var source = await console.SourceAsync();
        Assert.Equal("k1 o1", await TextAsync(await source.PostAsync("/api/probe/source", null, Cancelled)));
        Assert.Equal("k1 o1", await TextAsync(await source.PostAsync("/api/probe/either", null, Cancelled)));
        await Answers.ProblemAsync(await source.PostAsync("/api/probe/person", null, Cancelled), 401, "unauthorized");
    }

    [Fact]
    public async Task A_cookie_is_let_in_where_people_call_and_not_where_sources_do()
    {
        await using var console = await StartAsync();
        var person = await console.PersonAsync("reviewer");
        Assert.Equal("p1 Jonas Weber", await TextAsync(await person.PostAsync("/api/probe/person", null, Cancelled)));
        Assert.Equal("p1 Jonas Weber", await TextAsync(await person.PostAsync("/api/probe/either", null, Cancelled)));
        await Answers.ProblemAsync(await person.PostAsync("/api/probe/source", null, Cancelled), 401, "unauthorized");
    }

    [Fact]
    public async Task A_wrong_key_beside_a_good_cookie_is_still_a_wrong_key()
    {
        await using var console = await StartAsync();
        var person = await console.PersonAsync("reviewer");
        person.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKeyToken.Create());
        await Answers.ProblemAsync(await person.PostAsync("/api/probe/either", null, Cancelled), 401, "unauthorized");
    }

    [Theory]
    [InlineData("rc_")]
    [InlineData("rc_0000000000000000000000000000000000000000000")]
    [InlineData("x")]
    [InlineData("")]
    public async Task A_text_that_is_no_live_key_is_401(string token)
    {
        await using var console = await StartAsync();
        await console.KeyAsync("airline-agent");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/probe/source");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var answer = await console.Anonymous().SendAsync(request, Cancelled);
        await Answers.ProblemAsync(answer, 401, "unauthorized");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_key_without_the_scope_is_403()
    {
        await using var console = await StartAsync();
        var source = await console.SourceAsync(scopes: [Scopes.LedgerRead]);
        await Answers.ProblemAsync(await source.PostAsync("/api/probe/source", null, Cancelled), 403, "not-permitted");
    }

    [Fact]
    public async Task A_revoked_key_is_unknown_from_the_moment_its_revocation_is_answered()
    {
        await using var console = await StartAsync();
        var source = await console.SourceAsync();
        Assert.True(await console.Services.GetRequiredService<KeyStore>().RevokeAsync(Actor.System, "cli", "airline-agent", Cancelled));
        await Answers.ProblemAsync(await source.PostAsync("/api/probe/source", null, Cancelled), 401, "unauthorized");
    }

    [Fact]
    public async Task A_key_dies_at_its_expiry()
    {
        var time = new FakeTime();
        await using var console = await StartAsync(time: time);
        var made = await console.Services.GetRequiredService<KeyStore>().CreateAsync(
            Actor.System, "cli", "short", ["short"], Scopes.All, TimeSpan.FromDays(1), Cancelled);
        var source = console.Anonymous();
        source.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ((KeyCreation.Created)made).Token);
        time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await source.PostAsync("/api/probe/source", null, Cancelled)).StatusCode);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await source.PostAsync("/api/probe/source", null, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Each_key_has_its_own_rate_and_is_told_when_to_come_back()
    {
        await using var console = await StartAsync(new() { ["Hosting:KeyRate"] = "1", ["Hosting:KeyBurst"] = "3" }, new FakeTime());
        var (one, other) = (await console.SourceAsync("one"), await console.SourceAsync("other"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await one.PostAsync("/api/probe/source", null, Cancelled)).StatusCode);
        }

        using var refused = await one.PostAsync("/api/probe/source", null, Cancelled);
        await Answers.ProblemAsync(refused, 429, "rate-limited");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync("/api/probe/source", null, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_bucket_fills_with_time_and_never_above_its_burst()
    {
        var time = new FakeTime();
        await using var console = await StartAsync(new() { ["Hosting:KeyRate"] = "2", ["Hosting:KeyBurst"] = "4" }, time);
        var limit = console.Services.GetRequiredService<KeyRateLimit>();
        Assert.Equal([true, true, true, true, false], Take(5));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], Take(3));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, true, false], Take(5));

        IEnumerable<bool> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => limit.Take("k1") is null)];
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CfDJ8nonsense")]
    public async Task A_persons_call_without_its_token_is_400_before_its_body_is_read(string? token)
    {
        await using var console = await StartAsync();
        var person = await console.PersonAsync("reviewer");
        person.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/probe/person") { Content = new StringContent("this is not JSON") };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-CSRF-TOKEN", token);
        }

        await Answers.ProblemAsync(await person.SendAsync(request, Cancelled), 400, "antiforgery");
    }

    [Fact]
    public async Task Another_persons_token_does_not_fit()
    {
        await using var console = await StartAsync();
        var (one, other) = (await console.PersonAsync("reviewer"), await console.PersonAsync("senior"));
        one.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        one.DefaultRequestHeaders.Add("X-CSRF-TOKEN", other.DefaultRequestHeaders.GetValues("X-CSRF-TOKEN"));
        await Answers.ProblemAsync(await one.PostAsync("/api/probe/person", null, Cancelled), 400, "antiforgery");
    }

    [Fact]
    public async Task Reading_needs_no_token_but_the_permission()
    {
        await using var console = await StartAsync();
        var (compliance, reviewer) = (await console.PersonAsync("compliance"), await console.PersonAsync("reviewer"));
        compliance.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        Assert.Equal("p1 Viktor Braun", await TextAsync(await compliance.GetAsync("/api/probe/verify", Cancelled)));
        await Answers.ProblemAsync(await reviewer.GetAsync("/api/probe/verify", Cancelled), 403, "not-permitted");
    }

    [Fact]
    public async Task A_role_that_was_taken_away_counts_at_the_next_request()
    {
        await using var console = await StartAsync();
        var person = await console.PersonAsync("compliance");
        await console.Services.GetRequiredService<PeopleStore>().SignInAsync(
            "compliance", "compliance@example.org", "Viktor Braun", [Role.Admin], TimeSpan.FromHours(1), Cancelled);
        await Answers.ProblemAsync(await person.GetAsync("/api/probe/verify", Cancelled), 403, "not-permitted");
        var me = await person.GetFromJsonAsync<JsonObject>("/api/v1/me", Cancelled);
        Assert.Equal("admin", (string)me!["roles"]![0]!);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "unknown-resource")]
    [InlineData("POST", "/api/v1/me", 405, "method-not-allowed")]
    [InlineData("POST", "/api/probe/throws", 500, "error")]
    public async Task What_nobody_answers_is_a_problem_too(string method, string path, int status, string name)
    {
        await using var console = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var problem = await Answers.ProblemAsync(await console.Anonymous().SendAsync(request, Cancelled), status, name);
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private static Task<RunningConsole> StartAsync(Dictionary<string, string?>? configuration = null, TimeProvider? time = null) => RunningConsole.StartAsync(
        settings => settings with { Configuration = configuration ?? [], Services = services => services.AddSingleton<IStartupFilter, Probes>() }, time);

    /// <summary>Endpoints that say who was let in.</summary>
    private sealed class Probes : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.UseEndpoints(routes =>
            {
                routes.MapPost("/api/probe/source", (HttpContext http) => $"{http.Source().Id} {http.Source().Owner}").RequireSource(Scopes.ReviewsWrite);
                routes.MapPost("/api/probe/person", (HttpContext http) => $"{http.Person().Id} {http.Person().Name}").RequirePerson();
                routes.MapPost("/api/probe/either", (HttpContext http) => http.Caller() is SourceActor source ? $"{source.Id} {source.Owner}" : $"{http.Person().Id} {http.Person().Name}")
                    .RequireSourceOrPerson(Scopes.ReviewsWrite);
                routes.MapGet("/api/probe/verify", (HttpContext http) => $"{http.Person().Id} {http.Person().Name}").RequirePerson(Permission.LedgerVerify);
                routes.MapPost("/api/probe/throws", string () => throw new InvalidOperationException("a secret"));
            });
        };
    }
}
