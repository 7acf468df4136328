using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Queue;

/// <summary>The live queue in a real browser: rows that appear, rows that do not move, claims, the hold on every page, axe and words.</summary>
public sealed class LiveQueueTests(BrowserFixture browser)
{
    private const string LongTitle =
        "Refund the order that was delivered twice to the neighbour, of which one parcel came back opened and the other never, after the customer had written four times and Österreichische-Donaudampfschifffahrt-Handelsgesellschaft had answered once";

    [Fact]
    public async Task A_submitted_review_appears_without_reload_and_goes_when_it_is_withdrawn()
    {
        await using var console = await RunningConsole.StartAsync();
        using var source = await console.SourceAsync("bot");
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.GetByText("Nothing waits for a decision").WaitForAsync();
        await page.EvaluateAsync("window.here = true");

        var id = await SubmitAsync(source, "A-1");
        await page.Locator($"[data-row='{id}']").WaitForAsync();
        await Assertions.Expect(page.Locator(".rc-qtabs [aria-current]")).ToHaveTextAsync("All 1");
        using var cancelled = await source.PostAsync(new Uri($"/api/v1/reviews/{id}/cancel", UriKind.Relative), JsonContent.Create(new { reason = "done" }), TestContext.Current.CancellationToken);
        Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await page.Locator($"[data-row='{id}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.True(await page.EvaluateAsync<bool>("window.here === true"), "The page was loaded again.");
    }

    [Fact]
    public async Task With_a_row_selected_nothing_moves_until_r()
    {
        await using var console = await RunningConsole.StartAsync();
        using var source = await console.SourceAsync("bot");
        var known = new List<string> { await SubmitAsync(source, "A-1"), await SubmitAsync(source, "A-2"), await SubmitAsync(source, "A-3") };
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue");
        await Screens.LiveAsync(page, "queue");
        await SelectAsync(page, 2);
        var before = await RowsAsync(page);
        var selected = await page.Locator("[data-current]").GetAttributeAsync("data-row");
        Assert.Equal(before[1], selected);

        known.Add(await SubmitAsync(source, "A-4"));
        await page.Locator("[data-news]").WaitForAsync();
        await Assertions.Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        using var cancelled = await source.PostAsync(new Uri($"/api/v1/reviews/{before[0]}/cancel", UriKind.Relative), JsonContent.Create(new { reason = "done" }), TestContext.Current.CancellationToken);
        await Assertions.Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new, 1 changed");
        Assert.Equal(before, await RowsAsync(page));
        Assert.Equal(selected, await page.Locator("[data-current]").GetAttributeAsync("data-row"));
        await Pictures.TakeAsync(page, "queue-news");

        await page.Keyboard.PressAsync("r");
        await page.Locator($"[data-row='{known[3]}']").WaitForAsync();
        await page.Locator($"[data-row='{before[0]}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(0, await page.Locator("[data-news]").CountAsync());
        Assert.Equal(selected, await page.Locator("[data-current]").GetAttributeAsync("data-row"));
    }

    [Fact]
    public async Task Of_two_who_want_the_same_row_the_second_hears_who_has_it()
    {
        await using var console = await RunningConsole.StartAsync();
        using var source = await console.SourceAsync("bot");
        var id = await SubmitAsync(source, "A-1");
        await using var one = await browser.NewContextAsync(console.Address.ToString());
        await using var two = await browser.NewContextAsync(console.Address.ToString());
        var (first, second) = (await one.NewPageAsync(), await two.NewPageAsync());
        await Screens.SignInAsync(first, "reviewer", "/queue");
        await Screens.SignInAsync(second, "reviewer2", "/queue");
        foreach (var page in new[] { first, second })
        {
            await Screens.LiveAsync(page, "queue");
            await page.Locator($"[data-row='{id}']").WaitForAsync();
            await page.Keyboard.PressAsync("j");
        }

        await first.Keyboard.PressAsync("Enter");
        await Screens.AtAsync(first, $"/reviews/{id}");
        await second.Keyboard.PressAsync("Enter");
        await second.Locator(".rc-banner").GetByText("Jonas Weber has this review until").WaitForAsync();
        Assert.Equal("Jonas Weber", await second.Locator("[data-row] .rc-avatar").GetAttributeAsync("aria-label"));
        await Axe.AssertCleanAsync(second, "lost race");
    }

    [Fact]
    public async Task A_filter_is_a_link_and_search_finds_the_action()
    {
        await using var console = await RunningConsole.StartAsync();
        using var source = await console.SourceAsync("bot");
        var (one, two, three) = (await SubmitAsync(source, "A-1"), await SubmitAsync(source, "B-2"), await SubmitAsync(source, "B-3"));
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("B-");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("j");
        // Both keys wait for what was looked for: the first row of that, and the next one.
        await page.Locator($"[data-row='{three}']:focus").WaitForAsync();
        Assert.Equal([two, three], await RowsAsync(page));
        await page.Keyboard.PressAsync("k");
        await Screens.AtAsync(page, $"/queue?text=B-&row={two}");

        // There and back, by key and by link: the same list, the same row.
        foreach (var byKey in new[] { true, false })
        {
            await page.Keyboard.PressAsync("Enter");
            await Screens.AtAsync(page, $"/reviews/{two}?text=B-");
            await Screens.LiveAsync(page, "workspace");
            if (byKey)
            {
                await page.Keyboard.PressAsync("g");
                await page.Keyboard.PressAsync("q");
            }
            else
            {
                await page.Locator(".rc-itembar > a").ClickAsync();
            }

            await Screens.AtAsync(page, $"/queue?text=B-&row={two}");
            await Screens.LiveAsync(page, "queue");
            await page.Locator($"[data-row='{two}'][data-current]").WaitForAsync();
            Assert.Equal([two, three], await RowsAsync(page));
        }

        // Esc empties the box and shows all again; once more, and the list has the keyboard.
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator($"[data-row='{one}']").WaitForAsync();
        await page.Locator("[data-search]:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.Locator($"[data-row='{one}']:focus").WaitForAsync();
        await Screens.OpenAsync(page, "/queue?risk=low");
        await page.GetByText("Nothing fits these filters").WaitForAsync();
        await Pictures.TakeAsync(page, "queue-empty");
        await Axe.AssertCleanAsync(page, "empty queue");
        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(page.Locator(".rc-filter summary").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Locator(".rc-filter details[open] input:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rc-filter details[open]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await Assertions.Expect(page.Locator(".rc-filter summary").First).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Dark, 320, 720)]
    public async Task The_queue_is_clean_for_axe_with_a_full_page_and_a_long_title(ColorScheme theme, int width, int height)
    {
        await using var console = await RunningConsole.StartAsync();
        using var source = await console.SourceAsync("bot");
        for (var i = 0; i < 55; i++)
        {
            await SubmitAsync(source, $"A-{i}", i == 1 ? LongTitle : "Refund the order", i % 5);
        }

        await using var context = await browser.NewContextAsync(console.Address.ToString(), theme, width, height);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue");
        await Screens.LiveAsync(page, "queue");
        var form = $"{width}-{theme}".ToLowerInvariant();
        Assert.Equal(50, await page.Locator("[data-row]").CountAsync());
        await Axe.AssertCleanAsync(page, "queue " + form);
        await page.Locator("[data-row]").Nth(1).ClickAsync();
        await page.Locator("[data-row][aria-selected=true]").WaitForAsync();
        await Pictures.TakeAsync(page, "queue-" + form);
        await Axe.AssertCleanAsync(page, "queue with a selection " + form);
        if (width == 320)
        {
            await page.Locator(".rc-qfold").ClickAsync();
        }

        await page.Locator(".rc-filter summary").First.ClickAsync();
        await Axe.AssertCleanAsync(page, "queue with a filter open " + form);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByText("Load 50 more").ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(55);
    }

    [Fact]
    public async Task The_queue_speaks_through_a_localizer()
    {
        await using var console = await RunningConsole.StartAsync(settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        using var source = await console.SourceAsync("bot");
        await SubmitAsync(source, "A-1", LongTitle, 3);
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue?risk=high");
        await Screens.LiveAsync(page, "queue");
        await page.Keyboard.PressAsync("j");
        await page.Locator(".rc-qpreview .rc-action").WaitForAsync();
        await Screens.AssertLocalizedAsync(page, "Jonas Weber", "refund", "bot", "CHECK-0", "CHECK-1", "CHECK-2", "Z");
        await Screens.OpenAsync(page, "/queue?view=mine");
        await Screens.AssertLocalizedAsync(page, "Jonas Weber");
    }

    /// <summary>Goes through the first rows, one after the other; what the server draws of the last one stands there, and no mark of the one before.</summary>
    internal static async Task SelectAsync(IPage page, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var headline = await page.Locator("[data-row] .rc-qaction").Nth(row).GetAttributeAsync("title");
            await page.Keyboard.PressAsync("j");
            await Assertions.Expect(page.Locator(".rc-qpreview .rc-action")).ToContainTextAsync(headline!.Split(' ')[^1]);
        }
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(IPage page) =>
        await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-row]')].map(row => row.dataset.row)");

    internal static async Task<string> SubmitAsync(HttpClient source, string order, string title = "Refund the order", int checks = 0)
    {
        var body = TestDesk.Refund();
        body["title"] = title;
        body["subject"] = new JsonObject { ["id"] = "ana", ["label"] = "Ana Müller" };
        body["action"]!["arguments"]!["order"] = order;
        body["checks"] = new JsonArray([.. Enumerable.Range(0, checks).Select(number => new JsonObject
        {
            ["id"] = $"CHECK-{number}", ["name"] = $"Check number {number}", ["result"] = (number % 4) switch { 0 => "fail", 1 => "warn", 2 => "notRun", _ => "pass" }, ["detail"] = "Seen otherwise.",
        })]);
        using var answer = await source.PostAsJsonAsync("/api/v1/reviews", body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }
}
