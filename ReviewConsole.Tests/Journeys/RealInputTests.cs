using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Both sets of real input, brought in by <c>import</c> and looked at. Where they are not there is nothing to look at.</summary>
public sealed class RealInputTests(BrowserFixture browser)
{
    [Fact]
    public async Task Conversations_reservations_and_scans_look_right()
    {
        string[] files = [.. new[] { "airline-agent/reviews.jsonl", "receipts/reviews.jsonl" }.Select(RealInput.Find).OfType<string>()];
        Assert.SkipUnless(files.Length == 2, "shared/data is not beside the repository.");
        using var folder = new TemporaryFolder();
        foreach (var (file, count) in files.Zip([152, 40]))
        {
            var imported = await InProcessShell.RunAsync("import", file, "--data", folder.Path);
            Assert.Equal($"{count} added, 0 already there, 0 skipped\n", imported.Output);
        }

        await using var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path });
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue");
        await Screens.LiveAsync(page, "queue");
        await Assertions.Expect(page.Locator(".rc-qfoot")).ToContainTextAsync("192");
        await Pictures.TakeAsync(page, "real-queue");
        foreach (var (file, lines) in files.Zip([new[] { 0, 40, 88, 150 }, [0, 17, 39]]))
        {
            var bodies = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            foreach (var line in lines)
            {
                var body = JsonNode.Parse(bodies[line])!.AsObject();
                await Screens.OpenAsync(page, "/reviews/" + Find(console, (string)body["externalId"]!));
                await Screens.LiveAsync(page, "workspace");
                await LooksRightAsync(page, body);
                await Pictures.TakeAsync(page, $"real-{body["externalId"]}");
            }
        }
    }

    private static async Task LooksRightAsync(IPage page, JsonObject body)
    {
        var number = 0;
        foreach (var item in body["evidence"]!.AsArray())
        {
            number++;
            var piece = page.Locator($"#evidence-{number}");
            switch ((string)item!["kind"]!)
            {
                case "conversation":
                    var said = item["content"]!.AsArray().Select(turn => Start((string)turn!["text"]!)).Where(text => text.Length > 0).ToList();
                    var text = Spaced(await piece.EvaluateAsync<string>("e => e.textContent"));
                    var at = 0;
                    foreach (var turn in said)
                    {
                        var next = text.IndexOf(turn, at, StringComparison.Ordinal);
                        Assert.True(next >= 0, $"{body["externalId"]}: “{turn}” is missing or out of order.");
                        at = next + turn.Length;
                    }

                    break;
                case "json":
                    var drawn = await piece.EvaluateAsync<string>("e => e.textContent");
                    Assert.All(Leaves(item["content"]!).Take(30), leaf => Assert.Contains(leaf, drawn, StringComparison.Ordinal));
                    break;
                case "image":
                    await piece.Locator("img").WaitForAsync();
                    Assert.True(await piece.Locator("img").EvaluateAsync<bool>("async e => { await e.decode(); return e.naturalWidth > 100; }"));
                    var boxes = body["fields"]!.AsArray().Count(field => field!["box"] is not null);
                    Assert.Equal(boxes, await piece.Locator("g.rc-box").CountAsync());
                    Assert.True(await piece.EvaluateAsync<bool>("""
                        e => { const scan = e.querySelector('img').getBoundingClientRect();
                               return [...e.querySelectorAll('.rc-box-frame')].every(frame => { const box = frame.getBoundingClientRect();
                                 return box.width > 2 && box.left >= scan.left - 2 && box.right <= scan.right + 2 && box.top >= scan.top - 2 && box.bottom <= scan.bottom + 2; }); }
                        """), $"{body["externalId"]}: a box lies outside the scan.");
                    break;
            }
        }
    }

    private static Guid Find(RunningConsole console, string externalId)
    {
        using var connection = console.Services.GetRequiredService<ReadDatabase>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM review WHERE external_id = $id";
        command.Parameters.AddWithValue("$id", externalId);
        return Guid.Parse((string)command.ExecuteScalar()!);
    }

    private static string Start(string text) => Spaced(text) is { Length: > 24 } spaced ? spaced[..24] : Spaced(text);

    private static string Spaced(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Leaves(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is null ? [] : Leaves(member.Value)),
        JsonArray items => items.SelectMany(item => item is null ? [] : Leaves(item)),
        _ when node.GetValueKind() == JsonValueKind.String && (string)node! is { Length: > 0 and < 40 } text => [text],
        _ => [],
    };
}
