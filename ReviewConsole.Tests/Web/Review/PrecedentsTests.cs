using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>What people decided before stands under the proposal, once the review is on the screen.</summary>
public sealed class PrecedentsTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 320, 720)]
    public async Task Similar_decisions_stand_in_a_line_each_and_open_to_what_differs(ColorScheme theme, int width, int height)
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var rejected = await bench.DecidedAsync(DecisionKind.Reject, Of("REF-2", "fail", "1250.00"));
        await bench.DecidedAsync(DecisionKind.Approve, Of("REF-2", "pass", "900.00"));
        var open = await bench.SubmitAsync(Of("REF-2", "fail", "1250.00"));
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width, height);
        var page = await bench.PageAsync(context, "reviewer2", $"/reviews/{open}");
        await page.Locator(".rc-precedent").First.WaitForAsync();
        var lines = page.Locator(".rc-precedent summary");
        Assert.Equal(2, await lines.CountAsync());
        Assert.Contains("Rejected", await lines.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Differs in nothing compared", await lines.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Approved", await lines.Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Differs in amount, REF-2", await lines.Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await page.Locator(".rc-differs").First.IsVisibleAsync());

        await lines.Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(["amount", "900.00", "1250.00", "Cabin allows it", "passed", "failed"], await page.Locator(".rc-precedent[open] tbody :is(th, td)").AllInnerTextsAsync());
        await page.GetByText("The evidence supports it").WaitForAsync();
        await lines.Nth(1).ScrollIntoViewIfNeededAsync();
        var form = $"{width}-{theme}".ToLowerInvariant();
        await Pictures.TakeAsync(page, "precedents-" + form);
        await Axe.AssertCleanAsync(page, "precedents " + form);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");

        await lines.Nth(0).ClickAsync();
        await page.Locator(".rc-precedent").Nth(0).GetByRole(AriaRole.Link).ClickAsync();
        await Screens.AtAsync(page, $"/history/{rejected}");
    }

    [Fact]
    public async Task The_first_paint_does_not_wait_for_them_and_who_is_the_first_is_told()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var first = await bench.SubmitAsync();
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer2", $"/reviews/{first}");
        await page.GetByText("Nobody has decided one like this yet.").WaitForAsync();

        await bench.DecideAsync(first, DecisionKind.Reject);
        var second = await bench.SubmitAsync();
        using var person = await bench.Console.PersonAsync("reviewer2");
        var painted = await person.GetStringAsync(new Uri($"/reviews/{second}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("rc-pane-proposal", painted, StringComparison.Ordinal);
        Assert.DoesNotContain("rc-precedent", painted, StringComparison.Ordinal);
        await page.GotoAsync($"/reviews/{second}");
        await page.Locator(".rc-precedent").WaitForAsync();
    }

    private static Action<JsonObject> Of(string check, string result, string amount) => body =>
    {
        body["action"]!["arguments"]!["amount"] = amount;
        body["impact"]!["amount"]!["value"] = amount;
        body["checks"] = new JsonArray(new JsonObject { ["id"] = check, ["name"] = "Cabin allows it", ["result"] = result });
    };
}
