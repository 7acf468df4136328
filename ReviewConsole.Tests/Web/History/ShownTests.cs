using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;

namespace ReviewConsole.Tests.Web.History;

/// <summary>A decision as it was shown to whoever made it, in a real browser.</summary>
public sealed class ShownTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Dark, 320, 720)]
    public async Task The_record_leads_to_what_was_on_the_screen(ColorScheme theme, int width, int height)
    {
        using var policy = new PolicyFile("hold: 0 s\n" + PolicyFile.CommitFirst);
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0, policy.Use);
        var id = await bench.SubmitAsync(static body => body["tags"] = new JsonArray("first"));
        var claim = (await bench.Service<ReviewerDesk>().ClaimAsync(bench.Jonas, id, Via.Screen, TestContext.Current.CancellationToken)).Value!;
        var said = await bench.Service<ReviewerDesk>().JudgeAsync(
            bench.Jonas, id, new Judging(1, DecisionKind.Reject, "She asked for less than that.", claim.Token, "say", Via.Screen), TestContext.Current.CancellationToken);
        Assert.Null(said.Refusal);
        await bench.DecideAsync(id, DecisionKind.Approve);

        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width, height);
        var page = await bench.PageAsync(context, "compliance", "/history/" + id);
        await page.GetByRole(AriaRole.Link, new() { Name = "As it was shown" }).ClickAsync();
        var facts = page.Locator(".rc-replay-facts");
        await facts.GetByText("She asked for less than that.").WaitForAsync();
        Assert.Contains("/shown/", page.Url, StringComparison.Ordinal);
        foreach (var words in new[] { "Looked at all of it, and it is as I say.", "Would reject", "the agent’s title, signals, alternatives", "console/1" })
        {
            await facts.GetByText(words).WaitForAsync();
        }

        // The pieces in their order with their seconds, and the workspace with nothing to press.
        await facts.GetByText("evidence 1, 1.").WaitForAsync();
        await page.GetByText("Please give me my money back.").WaitForAsync();
        await page.GetByText("Refund the order").First.WaitForAsync();
        Assert.Equal(0, await page.Locator(".rc-decisionbar, .rc-sheet, .rc-replay textarea, .rc-replay input").CountAsync());
        var form = $"{width}-{theme}".ToLowerInvariant();
        await Pictures.TakeAsync(page, "shown-" + form);
        await Axe.AssertCleanAsync(page, "shown " + form);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
    }

    [Fact]
    public async Task The_letter_is_the_one_that_was_shown_though_it_was_corrected_or_revised_since()
    {
        await using var world = await ApiWorld.StartAsync();
        var (first, second, third) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"), await world.Console.PersonAsync("senior"));
        var corrected = await world.SubmitAsync(static body =>
        {
            body["action"]!["arguments"]!["amount"] = "12500.00";
            body["impact"]!["amount"]!["value"] = "12500.00";
            body["draft"] = Letter("As proposed");
        });
        var approved = await Answers.ObjectAsync(await world.DecideAsync(first, corrected, world.Decision("approve", "POLICY_MET", await world.ClaimAsync(first, corrected))));
        await Answers.ObjectAsync(await world.DecideAsync(second, corrected, world.Decision(
            "correct", "AMOUNT_WRONG", await world.ClaimAsync(second, corrected), static body => body["draft"] = Letter("As corrected"))));
        var last = await world.HoldAsync(third, corrected, "approve", "POLICY_MET");
        var revised = await world.SubmitAsync(static body => body["draft"] = Letter("As first written"));
        var earlier = await world.HoldAsync(first, revised, "approve", "POLICY_MET");
        using var again = await ApiWorld.SendAsync(
            world.Source, HttpMethod.Put, ApiWorld.PathOf(revised), ApiWorld.Refund(static body => body["draft"] = Letter("As written again")), ("If-Match", "\"1\""));
        Assert.Equal(200, (int)again.StatusCode);
        await Answers.ObjectAsync(await world.DecideAsync(second, revised, world.Decision("reject", "NOT_REQUESTED", await world.ClaimAsync(second, revised)), revision: 2));
        await world.PassAsync(TimeSpan.FromSeconds(11));

        await using var context = await browser.NewContextAsync(world.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "compliance");
        foreach (var (review, decision, words) in new[] { (corrected, approved, "As proposed"), (corrected, last, "As corrected"), (revised, earlier, "As first written") })
        {
            await Screens.OpenAsync(page, $"/history/{(string)review["id"]!}/shown/{(long)decision["ledger"]!["seq"]!}");
            await page.GetByRole(AriaRole.Button, new() { Name = "As the recipient gets it" }).ClickAsync();
            Assert.Equal(words, await page.FrameLocator("iframe.rc-frame").Locator("p").First.InnerTextAsync());
        }

        static JsonObject Letter(string words) => new() { ["format"] = "html", ["content"] = $"<p>{words}</p>" };
    }

    [Fact]
    public async Task Evidence_of_an_earlier_revision_is_served_as_it_was()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync(static body => body["evidence"] = Page("The first words"));
        using var revised = await ApiWorld.SendAsync(
            world.Source, HttpMethod.Put, ApiWorld.PathOf(review), ApiWorld.Refund(static body => body["evidence"] = Page("The second words")), ("If-Match", "\"1\""));
        Assert.Equal(200, (int)revised.StatusCode);
        var reviewer = await world.Console.PersonAsync("reviewer");
        Assert.Contains("The first words", await FrameAsync(1), StringComparison.Ordinal);
        Assert.Contains("The second words", await FrameAsync(2), StringComparison.Ordinal);
        Assert.Equal("404", await FrameAsync(3));
        Assert.Equal("404", await FrameAsync(0));

        static JsonArray Page(string words) => [new JsonObject { ["id"] = "page", ["kind"] = "html", ["content"] = $"<p>{words}</p>" }];

        async Task<string> FrameAsync(int revision)
        {
            using var answer = await ApiWorld.GetAsync(reviewer, $"/evidence/{(string)review["id"]!}/{revision}/0/frame");
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
    }
}
