using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Live;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>What a colleague has changed is never said to be the agent's, and a second reader is not told whether anything was.</summary>
public sealed class SecondReaderTests(BrowserFixture browser)
{
    private const string Agents = "Agent's draft, revision 1", Neutral = "What would be sent";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_reader_reads_the_same_words_whether_it_was_corrected_or_not(bool corrected)
    {
        await using var world = await ApiWorld.StartAsync();
        var first = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(Receipt);
        await using var own = await browser.NewContextAsync(world.Console.Address.ToString());
        await using var other = await browser.NewContextAsync(world.Console.Address.ToString(), ColorScheme.Dark);
        var (mine, theirs) = (await own.NewPageAsync(), await other.NewPageAsync());
        await Screens.SignInAsync(mine, "reviewer");
        await Screens.SignInAsync(theirs, "senior");
        Assert.Equal((true, true), await ReadAsync(mine, Agents));

        var claim = await world.ClaimAsync(first, review);
        await Answers.ObjectAsync(await world.DecideAsync(first, review, corrected
            ? world.Decision("correct", "AMOUNT_WRONG", claim, static body =>
            {
                body["draft"] = new JsonObject { ["format"] = "text", ["content"] = "Dear Ana,\n\nit is 12,400.00." };
                body["fields"] = new JsonArray(new JsonObject { ["name"] = "total", ["value"] = "12400.00" }, new JsonObject { ["name"] = "date", ["value"] = "2026-01-03" });
            })
            : world.Decision("approve", "POLICY_MET", claim)));

        // Who corrected it reads that the text and the value are the agent's no more; the other value is.
        Assert.Equal((!corrected, true), await ReadAsync(mine, corrected ? Neutral : Agents));
        Assert.Equal((false, false), await ReadAsync(theirs, Neutral));
        await theirs.Locator(".rc-diff").GetByText(corrected ? "it is 12,400.00." : "it is 12,500.00.").First.WaitForAsync();
        await Pictures.TakeAsync(theirs, corrected ? "second-reader-corrected" : "second-reader");

        // Which of the two fields says how sure the source is, once the draft stands under its title and no other.
        async Task<(bool Total, bool Date)> ReadAsync(IPage page, string title)
        {
            await Screens.OpenAsync(page, $"/reviews/{(string)review["id"]!}");
            await Screens.LiveAsync(page, "workspace");
            await page.Locator(".rc-pane-proposal").GetByText(title).First.WaitForAsync();
            Assert.Equal(0, await page.Locator(".rc-pane-proposal").GetByText(title == Agents ? Neutral : Agents).CountAsync());
            return (await page.GetByText("Source sure, 0.93").CountAsync() > 0, await page.GetByText("Source sure, 0.88").CountAsync() > 0);
        }
    }

    /// <summary>Row and preview name what is to be approved now: two amounts under one number would say that somebody was here, and which of them runs would be a guess.</summary>
    [Fact]
    public async Task The_queue_and_its_preview_name_the_corrected_action()
    {
        await using var world = await ApiWorld.StartAsync();
        var first = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(Receipt);
        await using var context = await browser.NewContextAsync(world.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "senior", "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.Locator(".rc-qaction").GetByText("12500.00").ClickAsync();
        await page.Locator(".rc-qpreview .rc-action").GetByText("12500.00").WaitForAsync();

        var claim = await world.ClaimAsync(first, review);
        await Answers.ObjectAsync(await world.DecideAsync(first, review, world.Decision("correct", "AMOUNT_WRONG", claim, static body =>
            body["arguments"] = new JsonObject { ["order"] = "4711", ["amount"] = "11000.00", ["currency"] = "USD" })));

        // The list looks again some time after it looked last, by a clock that stands still until it is told.
        await Eventually.HoldsAsync("the row names the corrected action", () => page.Locator(".rc-qaction").GetByText("11000.00").IsVisibleAsync(), () =>
        {
            world.Time.Advance(LiveSubscription.Interval);
            return Task.CompletedTask;
        });
        await page.Locator(".rc-qpreview .rc-action").GetByText("11000.00").WaitForAsync();
        Assert.DoesNotContain("12,500.00", await page.Locator(".rc-qpreview .rc-money").InnerTextAsync(), StringComparison.Ordinal);

        // That it is a second read, and whose it is, stand beside its age and not on it.
        Assert.NotNull(await world.ClaimAsync(await world.Console.PersonAsync("senior"), review));
        await Eventually.HoldsAsync("the row says whose it is", () => page.Locator(".rc-qsecond + .rc-avatar").IsVisibleAsync(), () =>
        {
            world.Time.Advance(LiveSubscription.Interval);
            return Task.CompletedTask;
        });
        Assert.Equal(0, await page.Locator(".rc-qwho").EvaluateAsync<int>("who => [...who.children].filter(one => one.getBoundingClientRect().left < who.previousElementSibling.getBoundingClientRect().right).length"));
    }

    private static void Receipt(JsonObject body)
    {
        body["action"]!["arguments"]!["amount"] = "12500.00";
        body["impact"]!["amount"]!["value"] = "12500.00";
        body["draft"] = new JsonObject { ["format"] = "text", ["content"] = "Dear Ana,\n\nit is 12,500.00.", ["baseline"] = "Dear Ana," };
        body["fields"] = new JsonArray(Field("total", "12500.00", 0.93), Field("date", "2026-01-03", 0.88));
    }

    private static JsonObject Field(string name, string value, double confidence) => new() { ["name"] = name, ["type"] = "text", ["value"] = value, ["confidence"] = confidence };
}
