using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>From sign-in to the committed decision without a mouse: each decision costs what every other costs (SCREENS.md §0.1).</summary>
public sealed class FiveDecisionsTests(BrowserFixture browser)
{
    private const string Rationale = "Her profile says regular, not gold.";

    [Fact]
    public async Task Every_decision_takes_the_same_presses_from_the_queue_to_the_commit()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var keys = new Presses(page);
        using var person = await bench.Console.PersonAsync("senior");
        var cost = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (digit, said, status) in new[] { ("1", "approve", "held"), ("2", "correct", "held"), ("3", "reject", "held"), ("4", "escalate", "pending"), ("5", "return", "held") })
        {
            var id = await bench.SubmitAsync(WorkspaceBench.Mail);
            await keys.PressAsync("g");
            await keys.PressAsync("q");
            await Screens.LiveAsync(page, "queue");
            await page.Locator($"[data-row='{id}']").WaitForAsync();
            await keys.SelectAsync(id);
            keys.Forget();
            await keys.PressAsync("Enter");
            await Screens.AtAsync(page, $"/reviews/{id}");
            await Screens.LiveAsync(page, "workspace");
            await page.Locator("#evidence-1 .rc-seen[data-seen]").WaitForAsync();

            await keys.PressAsync(digit);
            await Screens.LiveAsync(page, "sheet");
            await page.Locator("#sheet:focus").WaitForAsync();
            await keys.PressAsync("1");
            await page.Locator(".rc-reason[aria-pressed=true]").WaitForAsync();
            var texts = said switch { "correct" => new[] { "correction", "rationale" }, "return" => ["rationale", "message"], _ => ["rationale"] };
            if (texts[0] == "rationale")
            {
                // Where writing is all that is left, the reason's digit leads there: no letter of it is taken for a command.
                await page.Locator("#rationale:focus").WaitForAsync();
            }
            foreach (var text in texts)
            {
                // What is not ready is not committed: the same keys lead to what is missing.
                await page.Keyboard.PressAsync("Control+Enter");
                await page.Locator($"#{text}:focus").WaitForAsync();
                if (text == "correction")
                {
                    await page.Keyboard.PressAsync("Tab");
                    await page.Locator("#arguments:focus").WaitForAsync();
                }

                await keys.WriteAsync(text == "correction" ? """{ "to": "sophia.silva@example.com" }""" : Rationale);
                var written = text switch { "correction" => "sophia.silva@example.com", "rationale" => $"\"Rationale\":\"{Rationale}\"", _ => $"\"Message\":\"{Rationale}\"" };
                await Eventually.HoldsAsync($"{written} is kept", () => bench.Draft(id, "reviewer")?.Content.Contains(written, StringComparison.Ordinal) == true);
            }

            await page.Locator(".rc-commit[data-ready]").WaitForAsync();
            await keys.PressAsync("Control+Enter");
            await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

            var queue = (await person.GetFromJsonAsync<JsonObject>("/api/v1/queue", TestContext.Current.CancellationToken))!;
            var review = queue["items"]!.AsArray().Single(item => (string)item!["id"]! == id.ToString())!;
            Assert.Equal((said, status), (said, (string)review["status"]!));
            var state = bench.State(id);
            Assert.Equal(said == "escalate" ? null : said, state.Held?.Decision.ToString().ToLowerInvariant());
            cost[said] = string.Join(' ', keys.Made.Select(static key => char.IsAsciiDigit(key[0]) ? "digit" : key));
        }

        Assert.Equal(["approve", "correct", "reject", "escalate", "return"], cost.Keys);
        Assert.All(cost, static taken => Assert.Equal("Enter digit digit Control+Enter", taken.Value));
    }
}
