using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Policies;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A draft asked about the past on its own page: what it says, what is drawn, what can be walked through and taken away.</summary>
public sealed class BacktestScreenTests(BrowserFixture browser)
{
    private static readonly double[] s_signals = [0.25, 0.5, 0.75, 1];

    // Five at each signal: the lower, the more of them are wrong.
    private static readonly (double Signal, bool Right)[] s_refunds = [.. Enumerable.Range(0, 20).Select(i => (s_signals[i % 4], i / 4 < 1 + (i % 4) - (i % 4 == 3 ? 1 : 0)))];

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task What_slips_is_said_listed_drawn_and_tabled_and_the_points_are_reached_by_key(ColorScheme theme, int width)
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DecidedAsync(s_refunds);
        var draft = await bench.DraftAsync(SurePolicy.Text());
        var (atOne, wrong) = (s_refunds.Count(refund => refund.Signal == 1), s_refunds.Count(refund => refund is { Signal: 1, Right: false }));
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", $"/policies/{draft.Number}?show=backtest");
        await Screens.LiveAsync(page);
        await Axe.AssertCleanAsync(page, $"before a back-test {width} {theme}");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run the back-test" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".rc-banner[data-tone=stop]")).ToContainTextAsync($"{wrong} of {atOne} judged ones that it lets through were wrong.");
        await Screens.DrawnAsync(page);
        await Pictures.TakeAsync(page, $"policy-backtest-{width}-{theme}".ToLowerInvariant());
        await Axe.AssertCleanAsync(page, $"a back-test {width} {theme}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");

        await Assertions.Expect(page.Locator("section[aria-labelledby=slip-head]")).ToContainTextAsync("No audit sample; refuses publishing: sure");

        // One row and one point for each value of the signal, with the same figures.
        var rows = page.Locator("section[aria-labelledby=frontier-head] tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        for (var i = 0; i < 4; i++)
        {
            var (from, among) = (s_signals[i], s_refunds.Where(refund => refund.Signal >= s_signals[i]).ToList());
            var figures = string.Create(CultureInfo.InvariantCulture, $"{among.Count(refund => !refund.Right)} of {among.Count}, ");
            await Assertions.Expect(rows.Nth(i)).ToContainTextAsync(figures);
            await Assertions.Expect(page.Locator(".rc-plot-point").Nth(i)).ToHaveAttributeAsync(
                "aria-label", new Regex($"^{Regex.Escape(string.Create(CultureInfo.InvariantCulture, $"from {from:0.00}: {among.Count} of 20 proceed; wrong {figures}"))}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        await page.Locator(".rc-plot").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(rows.Nth(0)).ToHaveAttributeAsync("data-chosen", "");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(rows.Nth(1)).ToHaveAttributeAsync("data-chosen", "");

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith($"1,{atOne},20,{atOne},{wrong},{atOne},", lines[4], StringComparison.Ordinal);

        var slipped = page.Locator("section[aria-labelledby=slip-head] .rc-acts").First.Locator("a");
        await Assertions.Expect(slipped).ToHaveCountAsync(wrong);
        await slipped.First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/reviews/", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task The_frontier_is_drawn_by_the_signal_that_is_chosen_and_a_text_that_moved_on_is_said()
    {
        await using var bench = await StudioBench.StartAsync();
        foreach (var (model, judge) in new[] { (0.5, 0.9), (0.7, 0.9), (0.9, 0.8) })
        {
            await bench.SubmitAsync(body => body["signals"] = new JsonArray(
                new JsonObject { ["name"] = "model", ["value"] = model }, new JsonObject { ["name"] = "judge", ["value"] = judge }));
        }

        var draft = await bench.DraftAsync(SurePolicy.Text());
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", $"/policies/{draft.Number}?show=backtest");
        await Screens.LiveAsync(page);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run the back-test" }).PressAsync("Enter");
        var rows = page.Locator("section[aria-labelledby=frontier-head] tbody th");
        await Assertions.Expect(rows).ToHaveTextAsync(["0.50", "0.70", "0.80"]);
        await page.Locator("#frontier-signal").SelectOptionAsync("judge");
        await Assertions.Expect(rows).ToHaveTextAsync(["0.80", "0.90"]);
        await page.Locator("#frontier-signal").SelectOptionAsync("model");
        await Assertions.Expect(rows).ToHaveTextAsync(["0.50", "0.70", "0.90"]);

        // Somebody saves another text, while this one is looked at.
        await Assertions.Expect(page.GetByText("The text has changed since this back-test ran.")).ToHaveCountAsync(0);
        await bench.DraftAsync(SurePolicy.Text() + "# once more\n", draft);
        await Assertions.Expect(page.GetByText("The text has changed since this back-test ran.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run it again" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByText("The text has changed since this back-test ran.")).ToHaveCountAsync(0);
        await Assertions.Expect(rows).ToHaveTextAsync(["0.50", "0.70", "0.90"]);
    }

    [Fact]
    public async Task Every_word_of_it_came_through_a_localizer()
    {
        await using var bench = await StudioBench.StartAsync(settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        await bench.DecidedAsync(s_refunds[12..]);
        var draft = await bench.DraftAsync(SurePolicy.Text());
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", $"/policies/{draft.Number}?show=backtest");
        await Screens.LiveAsync(page);
        await page.Locator(".rc-test-ask button").ClickAsync();
        await page.Locator(".rc-plot-point").First.WaitForAsync();
        await Screens.AssertLocalizedAsync(page, "sure", "Lucía Ortega");
        foreach (var path in new[] { "/policies", $"/policies/{draft.Number}", $"/policies/{draft.Number}?show=edit", $"/policies/{draft.Number}?show=changes" })
        {
            await Screens.OpenAsync(page, path);
            await Screens.AssertLocalizedAsync(page, "sure", "Lucía Ortega");
        }
    }
}
