using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;
using Xunit;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A megabyte of draft beside a megabyte of baseline: little is sent, everything can be reached, by keys alone.</summary>
public sealed class LongDiffTests(BrowserFixture browser)
{
    private const int Lines = 15_000;
    private static readonly string[] s_lines = [.. Enumerable.Range(1, Lines).Select(i => $"Paragraph {i} of the terms as they were agreed on in the spring of the year.")];

    [Fact]
    public async Task Changes_are_a_key_away_folds_open_in_place_and_the_circuit_carries_only_what_is_near()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var carried = 0L;
        bench.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref carried, frame.Binary?.Length ?? 0);
        var changed = s_lines.Select((line, i) => i is 5_000 or 9_000 or 14_000 ? line.Replace("spring", "autumn", StringComparison.Ordinal) : line);
        await OpenAsync(bench, string.Join('\n', s_lines), string.Join('\n', changed));
        var diff = bench.Page.Locator(".rc-pane-proposal .rc-diffview");
        await Assertions.Expect(diff.Locator("[data-change-count]")).ToHaveTextAsync("Changes: 3");
        var opened = Interlocked.Read(ref carried);

        await bench.Page.Keyboard.PressAsync("n");
        await bench.Page.Keyboard.PressAsync("n");
        await Assertions.Expect(diff.Locator("tr[data-current] ins")).ToHaveTextAsync("autumn");
        await Assertions.Expect(diff.Locator("tr[data-current] .rc-diff-no").First).ToHaveTextAsync("9001");
        await Assertions.Expect(diff.Locator("[data-change-at]")).ToHaveTextAsync("Change 2 of 3");
        await bench.Page.Keyboard.PressAsync("p");
        await bench.Page.Keyboard.PressAsync("p");
        await Assertions.Expect(diff.Locator("[data-change-at]")).ToHaveTextAsync("Change 3 of 3");

        // In another mode it stays with the change.
        await bench.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(diff.Locator("tr[data-current] del")).ToHaveTextAsync("spring");
        await Assertions.Expect(diff.Locator("tr[data-current]")).ToBeInViewportAsync();
        await bench.Page.Keyboard.PressAsync("d");
        await Assertions.Expect(diff.Locator("tr[data-current]")).ToContainTextAsync("Paragraph 14001 of the terms as they were agreed on in the autumn");
        await Assertions.Expect(diff.Locator("tr[data-current]")).ToBeInViewportAsync();
        await bench.Page.Keyboard.PressAsync("d");

        var fold = diff.Locator(".rc-diff-fold").First;
        await Assertions.Expect(fold).ToHaveTextAsync("… 4,997 unchanged lines");
        await fold.FocusAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(diff.Locator(".rc-diff-text").First).ToContainTextAsync("Paragraph 1 of");
        await Assertions.Expect(fold).ToBeFocusedAsync();
        Assert.Equal("true", await fold.GetAttributeAsync("aria-expanded"));
        await diff.Locator(".rc-diffview-body").EvaluateAsync("body => { body.scrollTop = body.scrollHeight / 2; }");
        await InTheMiddleAsync(diff.Locator(".rc-diffview-body"), "Paragraph 2[0-9]{3} of");
        await fold.FocusAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(diff.Locator(".rc-diff-text").First).ToContainTextAsync("Paragraph 4998 of");
        // Two texts of 1.1 MB; all their rows would be more than 6 MB of markup.
        Assert.InRange(opened, 1, 200_000);
        Assert.InRange(Interlocked.Read(ref carried), opened, 1_000_000);
    }

    [Fact]
    public async Task Where_every_line_differs_the_last_one_is_reached_by_scrolling_and_by_key()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        await OpenAsync(bench, string.Join('\n', s_lines), string.Join('\n', s_lines.Select(line => line + " No more.")));
        var body = bench.Page.Locator(".rc-pane-proposal .rc-diffview-body");
        await body.FocusAsync();
        await bench.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(body.Locator("tr", new LocatorLocatorOptions { HasText = $"Paragraph {Lines} of" })).ToBeInViewportAsync();
        await body.EvaluateAsync("body => { body.scrollTop = body.scrollHeight / 2; }");
        await InTheMiddleAsync(body, "Paragraph 7[0-9]{3} of");
    }

    [Fact]
    public async Task A_megabyte_without_a_line_end_shows_the_word_that_changed()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var before = string.Join(' ', s_lines);
        await OpenAsync(bench, before, before.Replace("Paragraph 9000 of", "Paragraph 9000 off", StringComparison.Ordinal));
        await bench.Page.Keyboard.PressAsync("n");
        var row = bench.Page.Locator(".rc-pane-proposal tr[data-current]");
        await Assertions.Expect(row.Locator("del")).ToHaveTextAsync("of");
        await Assertions.Expect(row.Locator("ins")).ToHaveTextAsync("off");
        await Assertions.Expect(row).ToBeInViewportAsync();
        await Assertions.Expect(bench.Page.Locator(".rc-diff-fold").First).ToHaveTextAsync(Pattern("^\\s*… [0-9]{3},[0-9]{3} unchanged characters$"));
    }

    // What is drawn above and below the part that is seen counts for nothing.
    private static Task InTheMiddleAsync(ILocator body, string pattern) => Eventually.HoldsAsync($"{pattern} stands in the middle", async () => Pattern(pattern).IsMatch(await body.EvaluateAsync<string>(
        "body => { const box = body.getBoundingClientRect(); return document.elementFromPoint(box.x + box.width / 4, box.y + Math.min(box.height, innerHeight - box.y) / 2)?.closest('tr')?.textContent ?? ''; }")));

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task OpenAsync(WorkspaceBench bench, string before, string after) => await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Mail, body =>
    {
        var draft = body["draft"]!.AsObject();
        (draft["baseline"], draft["content"]) = (JsonValue.Create(before), JsonValue.Create(after));
    }));
}
