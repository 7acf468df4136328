using ReviewConsole.Core.Identity;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>The studio's pages as the server sends them: who reads, who is offered what, in which language.</summary>
public sealed class PoliciesPageTests
{
    private const string Draft = "extends: default\npolicy: house\nversion: 1\nrules:\n  - { rule: loose, when: { field: kind, equals: email }, then: { verdict: proceed } }\n";

    [Theory]
    [InlineData("reviewer", false)]
    [InlineData("supervisor", false)]
    [InlineData("compliance", false)]
    [InlineData("author", true, "New draft", "Start shadow", "Discard", "Publishing takes a second person.")]
    [InlineData("publisher", true, "Publish")]
    public async Task Everybody_with_reviews_reads_and_is_offered_what_their_role_allows(string persona, bool rail, params string[] offered)
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft);
        var client = await bench.Console.PersonAsync(persona);

        var (list, detail) = (await ReadAsync(client, "policies"), await ReadAsync(client, "policies/2"));

        Assert.Contains("In force now", list, StringComparison.Ordinal);
        Assert.Contains("house", list, StringComparison.Ordinal);
        Assert.Contains("Ana Müller", list, StringComparison.Ordinal);
        Assert.Contains("No audit sample; refuses publishing", detail, StringComparison.Ordinal);
        Assert.Contains("{ field: facts.sampleDraw, below: 0.05 }", detail, StringComparison.Ordinal);
        // Who looks through what everybody decided are those who write policies and those who put them into force.
        Assert.Equal((rail, rail), (detail.Contains("?show=backtest", StringComparison.Ordinal), list.Contains("policies/candidates", StringComparison.Ordinal)));
        Assert.NotEqual(rail, (await ReadAsync(client, "policies/candidates")).Contains("Your role does not allow this.", StringComparison.Ordinal));
        Assert.Equal(rail, list.Contains("<span>Policies</span>", StringComparison.Ordinal));
        var acts = new[] { "New draft", "Start shadow", "Discard", "Publishing takes a second person.", "Publish" };
        Assert.Equal(acts.Where(offered.Contains), acts.Where(act => Offers(list, act) || Offers(detail, act)));
    }

    [Fact]
    public async Task Who_reads_no_reviews_reads_no_policies()
    {
        await using var bench = await StudioBench.StartAsync();
        var client = await bench.Console.PersonAsync("admin");
        foreach (var path in new[] { "policies", "policies/1" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is System.Net.HttpStatusCode.Redirect or System.Net.HttpStatusCode.Forbidden, answer.StatusCode.ToString());
            Assert.DoesNotContain("In force now", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_says_what_is_in_force_is_named_and_takes_every_act_away()
    {
        using var file = new PolicyFile("hold: 4 s\n");
        await using var bench = await StudioBench.StartAsync(file.Use);
        var client = await bench.Console.PersonAsync("author");

        var (list, detail) = (await ReadAsync(client, "policies"), await ReadAsync(client, "policies/1?show=edit"));

        Assert.Contains("A file says what is in force.", list, StringComparison.Ordinal);
        Assert.Contains("from the file of the settings", list, StringComparison.Ordinal);
        Assert.Contains("A file says what is in force.", detail, StringComparison.Ordinal);
        Assert.False(Offers(list, "New draft") || Offers(detail, "New draft from this") || detail.Contains("policy-text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_speaks_german_and_knows_no_policy_that_is_not_there()
    {
        await using var bench = await StudioBench.StartAsync();
        var client = await bench.Console.PersonAsync("author");
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        Assert.Contains("Gilt jetzt", await ReadAsync(client, "policies"), StringComparison.Ordinal);
        Assert.Contains("geht an einen Menschen", await ReadAsync(client, "policies/1"), StringComparison.Ordinal);
        Assert.Contains("Dieses Regelwerk gibt es nicht.", await ReadAsync(client, "policies/99"), StringComparison.Ordinal);
    }

    private static bool Offers(string page, string act) => System.Text.RegularExpressions.Regex.IsMatch(page, $@">\s*{System.Text.RegularExpressions.Regex.Escape(act)}\s*</", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task<string> ReadAsync(HttpClient client, string path) =>
        System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
}
