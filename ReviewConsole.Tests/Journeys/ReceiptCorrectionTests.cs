using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Three real receipts that the reader got wrong, put right without a mouse. What leaves is what stood on the screen.</summary>
public sealed class ReceiptCorrectionTests(BrowserFixture browser)
{
    private static readonly (string Receipt, (string Field, string Value)[] Right)[] s_wrong =
    [
        ("receipt-001", [("company", "INDAH GIFT & HOME DECO"), ("total", "60.30")]),
        ("receipt-014", [("total", "32.70")]),
        ("receipt-022", [("date", "25/01/2018"), ("total", "9.00")]),
    ];

    [Fact]
    public async Task Three_receipts_are_corrected_by_keyboard_alone()
    {
        var file = RealInput.Find("receipts/reviews.jsonl");
        Assert.SkipUnless(file is not null, "shared/data is not beside the repository.");
        var bodies = (await File.ReadAllLinesAsync(file!, TestContext.Current.CancellationToken)).Select(line => JsonNode.Parse(line)!.AsObject()).ToDictionary(body => (string)body["externalId"]!);
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var keys = new Presses(page);
        foreach (var (receipt, right) in s_wrong)
        {
            var id = await bench.SubmitAsync(bodies[receipt].ToJsonString(), body => Inline(body, Path.GetDirectoryName(file)!));
            await keys.PressAsync("g");
            await keys.PressAsync("q");
            await Screens.LiveAsync(page, "queue");
            await page.Locator($"[data-row='{id}']").WaitForAsync();
            await keys.SelectAsync(id);
            await keys.PressAsync("Enter");
            await Screens.AtAsync(page, $"/reviews/{id}");
            await Screens.LiveAsync(page, "workspace");
            await page.Locator("#evidence-1 img").EvaluateAsync("e => e.decode()");

            // The scan is longer than the window: it counts as seen when its end was reached.
            await keys.PressAsync("[");
            await page.Locator("#evidence-1:focus").WaitForAsync();
            await ReadToTheEndAsync(page, keys);

            await keys.PressAsync("2");
            await Screens.LiveAsync(page, "sheet");
            await page.Locator("#sheet:focus").WaitForAsync();
            await keys.PressAsync("2");
            await page.Locator(".rc-reason[aria-pressed=true]").WaitForAsync();
            foreach (var (field, value) in right)
            {
                var number = bodies[receipt]["fields"]!.AsArray().Select((one, i) => ((string)one!["name"]!, i + 1)).Single(one => one.Item1 == field).Item2;
                await ToFieldAsync(page, keys, number, missing: field == right[0].Field ? "correction" : "rationale");
                await keys.WriteAsync(value);
                await keys.PressAsync("Tab");
                await page.Locator($"#field-{number}[data-state=changed] ins").GetByText("+" + value, new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
            }

            await page.Keyboard.PressAsync("Control+Enter");
            await page.Locator("#rationale:focus").WaitForAsync();
            await keys.WriteAsync("Read from the scan: the box had the wrong line.");
            await page.Locator(".rc-commit[data-ready]").WaitForAsync();
            var shown = await page.Locator(".rc-sheet code[title^='sha256:']").GetAttributeAsync("title");
            var fields = await page.Locator(".rc-field > input").EvaluateAllAsync<string[]>("all => all.map(one => one.value)");
            await Pictures.TakeAsync(page, $"corrected-{receipt}");
            await keys.PressAsync("Control+Enter");
            await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

            var state = bench.State(id);
            var content = bench.Console.Services.GetRequiredService<ReviewReader>().Content(state)!;
            Assert.Equal(shown, state.EffectiveDigest);
            Assert.Equal(fields, content.Effective.Fields!.Select(field => field.Value!.Value.ToString()));
            Assert.All(right, change => Assert.Contains(change.Value, fields));
        }
    }

    private static async Task ReadToTheEndAsync(IPage page, Presses keys)
    {
        // How far its end is below the end of the pane, in pixels.
        const string below = "e => e.getBoundingClientRect().bottom - e.closest('.rc-pane-body').getBoundingClientRect().bottom";
        while (await page.Locator("#evidence-1").EvaluateAsync<double>(below) > 0)
        {
            await ScrollAsync("PageDown");
        }

        // A page down may go past it; back up, so that what is read fills the pane.
        while (await page.Locator("#evidence-1").EvaluateAsync<double>(below) < -60)
        {
            await ScrollAsync("ArrowUp");
        }

        await page.Locator("#evidence-1 .rc-seen[data-seen]").WaitForAsync();

        async Task ScrollAsync(string key)
        {
            await keys.PressAsync(key);
            // Scrolling is done when two looks in a row see the same.
            await page.EvaluateAsync("""
                () => new Promise(done => { const pane = document.querySelector('#evidence-1').closest('.rc-pane-body'); let top = NaN;
                  const look = () => { if (pane.scrollTop === top) done(); else { top = pane.scrollTop; requestAnimationFrame(() => requestAnimationFrame(look)); } }; look(); })
                """);
        }
    }

    // Committing what is not ready leads to what is missing; from wherever one writes, a key leads to the next field to check, and Tab to the one beside it.
    private static async Task ToFieldAsync(IPage page, Presses keys, int number, string missing)
    {
        const string at = "Number(document.activeElement.id.match(/^field-([0-9]+)/)?.[1] ?? 0)";
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator($"#{missing}:focus").WaitForAsync();
        await page.Locator("html:not([data-waiting])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await keys.PressAsync("F9");
        await page.Locator(".rc-field > input:focus").WaitForAsync();
        var back = await page.EvaluateAsync<int>(at) > number;
        for (var presses = 0; await page.Locator($"#field-{number}-value:focus").CountAsync() == 0; presses++)
        {
            Assert.True(presses < 40, $"Tab never came to field {number}.");
            await keys.PressAsync(back ? "Shift+Tab" : "Tab");
        }
    }

    private static void Inline(JsonObject body, string folder)
    {
        foreach (var item in body["evidence"]!.AsArray().Select(item => item!.AsObject()).Where(item => item.ContainsKey("file")))
        {
            item["base64"] = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, (string)item["file"]!)));
            item.Remove("file");
        }
    }
}
