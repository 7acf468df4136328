using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>
/// Commit first in a real browser (SCREENS.md §2): every byte that the server sends is looked through for what the AI says of itself, in the page and in the messages of
/// the circuit.
/// </summary>
public sealed class FirstJudgementTests(BrowserFixture browser)
{
    // Words that occur nowhere else: the title, what a signal rests on and its number, how sure the source is of a field, the reasoning, an alternative, and why, and a
    // reason of the gate that rests on the signal.
    private static readonly string[] s_hidden = ["quince-title", "quince-basis", "0.31 of 1", "Source unsure, 0.37", "quince-reasoning", "quince-alternative", "quince-why", "The lowest signal is under"];

    [Fact]
    public async Task Nothing_that_the_AI_says_of_itself_reaches_the_browser_before_the_first_judgement()
    {
        // Drawn as an audit sample too: that nothing else called a person would say that the AI was sure.
        using var policy = new PolicyFile(
            PolicyFile.CommitFirst + "\n  - { rule: drawn, when: { all: [{ field: tags, contains: first }, { field: facts.sampleDraw, atLeast: 0 }] }, then: { verdict: review, sample: true }, reason: quince-drawn }\n");
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: policy.Use);
        var heard = new Wiretap(bench.Page);
        string[] hidden = [.. s_hidden, "quince-drawn"];
        var first = await bench.SubmitAsync(Body());
        await WalkAsync(bench, heard, first);
        Assert.Empty(heard.Found(hidden));

        var (page, keys) = (bench.Page, new Presses(bench.Page));
        await bench.OpenAsync(first);
        await page.GetByRole(AriaRole.Button, new() { Name = "Claim" }).First.ClickAsync();
        await page.GetByText("First, what do you think?").WaitForAsync();
        await keys.PressAsync("1");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet:focus").WaitForAsync();
        await keys.PressAsync("3");
        await page.Locator(".rc-reason[aria-pressed=true]").GetByText("Would reject").WaitForAsync();
        await page.Locator("#first-note").FocusAsync();
        await keys.WriteAsync("She asked for less.");
        await Pictures.TakeAsync(page, "first-judgement");
        heard.Add(await page.ContentAsync());
        Assert.Empty(heard.Found(hidden));

        await keys.PressAsync("Control+Enter");
        await page.GetByText("quince-basis").WaitForAsync();
        await heard.HearsAsync(hidden);
        Assert.Equal(["1", "3", "Control+Enter"], keys.Made);
        Assert.Equal(DecisionKind.Reject, bench.State(first).Judgements!.Single().Decision);
        await Assertions.Expect(page.Locator(".rc-sheet")).ToHaveCountAsync(0);

        // From here on it is like every other review.
        await keys.PressAsync("3");
        await page.Locator("#rationale").WaitForAsync();
    }

    [Fact]
    public async Task Nor_does_it_by_a_key_from_the_review_beside_it_where_it_was_prepared()
    {
        using var policy = new PolicyFile(PolicyFile.CommitFirst);
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: policy.Use);
        var heard = new Wiretap(bench.Page);
        var (page, keys) = (bench.Page, new Presses(bench.Page));
        var plain = await bench.SubmitAsync(WorkspaceBench.Refund);
        var hidden = await bench.SubmitAsync(Body());
        await bench.OpenAsync(plain);
        await page.Locator(".rc-precedents").WaitForAsync();
        foreach (var (key, id) in new[] { ("j", hidden), ("k", plain), ("j", hidden) })
        {
            // The other one says its own reasons.
            heard.Forget();
            await keys.PressAsync(key);
            await Screens.AtAsync(page, $"/reviews/{id}");
            await Screens.LiveAsync(page, "workspace");
            await page.Locator("#evidence-1").WaitForAsync();
            if (id == hidden)
            {
                await page.Locator(".rc-withheld").First.WaitForAsync();
                await page.Locator(".rc-precedents").WaitForAsync();
                heard.Add(await page.ContentAsync());
                Assert.Empty(heard.Found(s_hidden));
            }
        }
    }

    [Fact]
    public async Task The_control_finds_every_one_of_the_words_where_nobody_has_to_commit_first()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var heard = new Wiretap(bench.Page);
        var id = await bench.SubmitAsync(Body());
        await WalkAsync(bench, heard, id, html: false);
        await heard.HearsAsync(s_hidden);
        heard.Forget();
        heard.Add(await (await bench.Context.APIRequest.GetAsync($"/reviews/{id}")).TextAsync());
        Assert.Equal(s_hidden, heard.Found(s_hidden));
    }

    [Fact]
    public async Task What_was_begun_is_there_again_and_a_second_tab_follows()
    {
        using var policy = new PolicyFile(PolicyFile.CommitFirst);
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: policy.Use);
        var (page, keys) = (bench.Page, new Presses(bench.Page));
        var id = await bench.SubmitAsync(Body());
        await bench.OpenAsync(id);
        await keys.PressAsync("2");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#first-note").FocusAsync();
        await keys.WriteAsync("Half of it");
        await page.Locator("html[data-draft-saved]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        await page.ReloadAsync();
        await Screens.LiveAsync(page, "sheet");
        await Assertions.Expect(page.Locator("#first-note")).ToHaveValueAsync("Half of it");
        var other = await bench.Context.NewPageAsync();
        await other.GotoAsync($"/reviews/{id}");
        await Screens.LiveAsync(other, "sheet");
        await page.BringToFrontAsync();
        await keys.PressAsync("Control+Enter");
        await page.GetByText("quince-basis").WaitForAsync();
        await other.GetByText("quince-basis").WaitForAsync();
        await other.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Dark, 320, 720)]
    public async Task The_step_is_clean_for_axe_before_and_while_it_is_taken(ColorScheme theme, int width, int height)
    {
        using var policy = new PolicyFile(PolicyFile.CommitFirst);
        await using var bench = await WorkspaceBench.StartAsync(browser, theme, width, height, policy.Use);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, static body => body["tags"] = new JsonArray("first"));
        var form = $"{width}-{theme}".ToLowerInvariant();
        await Screens.OpenAsync(page, "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.Locator($"[data-row='{id}']").ClickAsync();
        await page.GetByText("your judgement comes first").First.WaitForAsync();
        await ShowAsync("first-queue");
        await bench.OpenAsync(id);
        await page.GetByRole(AriaRole.Button, new() { Name = "Claim" }).First.ClickAsync();
        await page.GetByText("First, what do you think?").WaitForAsync();
        await ShowAsync("first-before");
        await page.Keyboard.PressAsync("4");
        await page.Locator("#sheet:focus").WaitForAsync();
        await ShowAsync("first-sheet");

        async Task ShowAsync(string name)
        {
            await Pictures.TakeAsync(page, $"{name}-{form}");
            await Axe.AssertCleanAsync(page, $"{name} {form}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        }
    }

    /// <summary>Everywhere a review is shown while it is open.</summary>
    private static async Task WalkAsync(WorkspaceBench bench, Wiretap heard, Guid id, bool html = true)
    {
        var page = bench.Page;
        await Screens.OpenAsync(page, "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.Locator($"[data-row='{id}']").ClickAsync();
        await page.Locator(".rc-qpreview-body").WaitForAsync();
        await KeepAsync();
        foreach (var path in new[] { "/queue?text=quince", "/queue?view=lowConfidence", "/escalations", $"/history/{id}", $"/reviews/{id}" })
        {
            await Screens.OpenAsync(page, path);
            await KeepAsync();
        }

        await Screens.LiveAsync(page, "workspace");
        await page.Locator("#evidence-1").WaitForAsync();
        await KeepAsync();
        foreach (var path in new[] { "/queue", "/queue?view=lowConfidence", $"/reviews/{id}", $"/history/{id}", "/api/v1/queue", $"/api/v1/reviews/{id}/options" })
        {
            var answer = await (await bench.Context.APIRequest.GetAsync(path)).TextAsync();
            heard.Add(html ? answer : "");
        }

        async Task KeepAsync()
        {
            var drawn = await page.ContentAsync();
            heard.Add(html ? drawn : "");
        }
    }

    private static string Body()
    {
        var body = TestDesk.Refund();
        body["source"]!["system"] = "orders-agent";
        body["title"] = "quince-title";
        body["signals"] = new JsonArray(new JsonObject { ["name"] = "model", ["value"] = 0.31, ["basis"] = "quince-basis" });
        body["fields"] = new JsonArray(new JsonObject { ["name"] = "total", ["type"] = "text", ["value"] = "1250.00", ["confidence"] = 0.37 });
        body["reasoning"] = new JsonObject { ["summary"] = "quince-reasoning", ["safeToShow"] = true };
        body["alternatives"]![0]!["action"]!["arguments"]!["order"] = "quince-alternative";
        body["alternatives"]![0]!["why"] = "quince-why";
        body["tags"] = new JsonArray("first");
        return body.ToJsonString();
    }
}
