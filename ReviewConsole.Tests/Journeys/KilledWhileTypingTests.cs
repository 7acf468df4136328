using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Journeys;

/// <summary>
/// R19: the real server is killed with -9 while somebody writes a rationale. What its files hold then is at most two seconds old, by the clock of the browser that noted when
/// each letter was typed; the page that stays open has every letter. The control is a browser in which drafts leave twenty seconds late.
/// </summary>
[Collection(nameof(Alone))]
public sealed class KilledWhileTypingTests(BrowserFixture browser)
{
    private const int Oldest = 2_000;
    private const string Late = "{ const real = window.setTimeout; window.setTimeout = (work, after, ...more) => real(work, after === 1000 ? 21000 : after, ...more); }";
    private const string Note = "() => { document.documentElement.dataset.before = 'the kill'; window.typed = []; document.getElementById('rationale').addEventListener('input', event => typed.push([Date.now(), event.target.value.length])); }";

    private static readonly int s_drafts = int.Parse(Environment.GetEnvironmentVariable("RC_R19_DRAFTS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task R19_a_draft_survives_a_kill_and_is_at_most_two_seconds_old()
    {
        var kills = await RunAsync(s_drafts, breakIt: null);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"R19: {kills.Count(kill => kill.Age <= Oldest)} of {s_drafts} drafts on disk at most 2 s old after kill -9 while somebody typed, the oldest {kills.Max(kill => kill.Age) / 1e3:F1} s; {kills.Count(kill => kill.CameBack)} of {s_drafts} pages came back with every letter"));
        Assert.All(kills, kill => Assert.InRange(kill.Age, 0, Oldest));
        Assert.All(kills, kill => Assert.True(kill.CameBack));
    }

    [Fact]
    public async Task R19_control_drafts_that_leave_late_are_found_to_be_old()
    {
        var kill = Assert.Single(await RunAsync(1, Late));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R19 control: with drafts that leave 20 s late the one on disk was {kill.Age / 1e3:F1} s old"));
        Assert.True(kill.Age > Oldest);
    }

    private sealed record Kill(long Age, bool CameBack);

    private async Task<List<Kill>> RunAsync(int drafts, string? breakIt)
    {
        using var folder = new TemporaryFolder();
        var made = await ConsoleProcess.RunAsync(["keys", "create", "--name", "bot", "--scopes", "reviews:write", "--data", folder.Path], folder.Path);
        Assert.Equal((0, ""), (made.Exit, made.Error));
        var server = await ConsoleProcess.ServeAsync(folder.Path);
        try
        {
            await using var context = await browser.NewContextAsync(server.Address.ToString());
            if (breakIt is not null)
            {
                await context.AddInitScriptAsync(breakIt);
            }

            var page = await context.NewPageAsync();
            await Screens.SignInAsync(page, "reviewer");
            var random = new Random(19);
            var kills = new List<Kill>();
            while (kills.Count < drafts)
            {
                await WriteAsync(page, await SubmitAsync(server.Address, made.Output.Trim()));
                var words = random.Next(60, 120);
                await TypeAsync(page, 0, words);
                var at = await page.EvaluateAsync<long>("Date.now()");
                var killed = server.KillAsync();
                await TypeAsync(page, words, words + 10);
                await killed;
                var kept = Kept(folder.Path);
                await server.DisposeAsync();
                await page.Locator("#components-reconnect-modal:is(.components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected)").WaitForAsync();
                var (age, whole) = (await AgeAsync(page, kept, at), Text(0, words + 10));
                server = await ConsoleProcess.ServeAtAsync(server.Address, folder.Path);
                await Assertions.Expect(page.Locator("html[data-keys~=sheet]:not([data-before])")).ToBeAttachedAsync(new LocatorAssertionsToBeAttachedOptions { Timeout = 60_000 });
                kills.Add(new Kill(age, whole == await page.Locator("#rationale").InputValueAsync() && whole.StartsWith(kept, StringComparison.Ordinal)));
            }

            return kills;
        }
        finally
        {
            await server.DisposeAsync();
            SqliteConnection.ClearAllPools();
        }
    }

    private static async Task WriteAsync(IPage page, string review)
    {
        await Screens.OpenAsync(page, $"/reviews/{review}");
        await Screens.LiveAsync(page, "workspace");
        await page.Keyboard.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#rationale").FocusAsync();
        await page.EvaluateAsync(Note);
    }

    private static Task TypeAsync(IPage page, int from, int to) => page.Keyboard.TypeAsync(Text(from, to), new KeyboardTypeOptions { Delay = 12 });

    private static string Text(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(word => string.Create(CultureInfo.InvariantCulture, $"w{word} ")));

    // How long before the kill the first letter was typed that is not on disk.
    private static async Task<long> AgeAsync(IPage page, string kept, long killed)
    {
        var typed = await page.EvaluateAsync<long[][]>("typed");
        var missing = typed.FirstOrDefault(letter => letter[1] > kept.Length && letter[0] <= killed);
        return missing is null ? 0 : killed - missing[0];
    }

    private static string Kept(string folder)
    {
        using var connection = new ReadDatabase(Directory.EnumerateFiles(folder, "*.db").Single()).Open();
        using var command = new SqliteCommand("SELECT content FROM draft ORDER BY at DESC LIMIT 1", connection);
        return (string?)JsonNode.Parse((string)command.ExecuteScalar()!)!["Rationale"] ?? "";
    }

    private static async Task<string> SubmitAsync(Uri server, string key)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var body = TestDesk.Refund();
        body["source"]!["system"] = "bot";
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/v1/reviews", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var review = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(201, (int)answer.StatusCode);
        return (string)review["id"]!;
    }
}
