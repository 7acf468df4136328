using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Components.History;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;

namespace ReviewConsole.Tests.Web.History;

/// <summary>What was decided and the proof of it, in a real browser.</summary>
public sealed class HistoryTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Dark, 320, 720)]
    public async Task The_list_and_a_record_are_clean_for_axe(ColorScheme theme, int width, int height)
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        for (var i = 0; i < 52; i++)
        {
            await bench.DecidedAsync(DecisionKind.Reject, body => body["title"] = i == 51 ? string.Concat(Enumerable.Repeat("Refund it all at once ", 12)) : "Refund the order");
        }

        var id = await bench.ExecutedAsync(ExecutionStatus.Failed);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width, height);
        var page = await bench.PageAsync(context, "compliance", "/history");
        await Screens.LiveAsync(page, "history");
        Assert.Equal(50, await page.Locator("[data-row]").CountAsync());
        var form = $"{width}-{theme}".ToLowerInvariant();
        await Pictures.TakeAsync(page, "history-" + form);
        await Axe.AssertCleanAsync(page, "history " + form);
        await page.GetByText("Load 50 more").ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(53);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(bench.Console.Address, $"/history/{id}").ToString());
        await page.GetByText("VERIFIED", new PageGetByTextOptions { Exact = true }).First.WaitForAsync();
        await Pictures.TakeAsync(page, "record-" + form);
        await Axe.AssertCleanAsync(page, "record " + form);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
    }

    [Fact]
    public async Task A_record_says_who_decided_what_ran_and_hands_out_the_receipt()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.ExecutedAsync(ExecutionStatus.Succeeded);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer2", "/history/" + id);
        await page.GetByText("Looked at all of it, and it is as I say.").First.WaitForAsync();
        Assert.Equal(2, await page.Locator(".rc-digests [data-result=pass]").CountAsync());
        Assert.Equal("Jonas Weber", await page.Locator(".rc-decider b").First.TextContentAsync());
        var receipt = bench.Service<ReviewReader>().Receipt(bench.State(id), 1);
        Assert.Equal(receipt, await page.Locator("#receipt").TextContentAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Save" }).ClickAsync());
        Assert.Equal($"receipt-{id}-1.txt", download.SuggestedFilename);
        Assert.Equal(receipt, await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(0, await page.GetByText("Verify now").CountAsync());
    }

    [Fact]
    public async Task What_a_source_did_is_told_under_the_name_of_whose_key_it_was()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        using var source = await bench.Console.SourceAsync("Refunds of Ana", ["bot"]);
        var review = await Answers.ObjectAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", ApiWorld.Refund()), 201);
        await Answers.ObjectAsync(await ApiWorld.PostAsync(source, ApiWorld.PathOf(review) + "/cancel", new JsonObject()));
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "compliance", "/history/" + (string)review["id"]!);
        await page.GetByText("Refunds of Ana").First.WaitForAsync();
    }

    [Fact]
    public async Task Compliance_verifies_the_log_and_reads_the_result()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        await bench.DecidedAsync(DecisionKind.Reject);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "compliance", "/history");
        await Screens.LiveAsync(page, "history");
        await page.GetByText("Verify now").ClickAsync();
        var entries = await bench.Service<QueueReader>().LedgerSizeAsync(TestContext.Current.CancellationToken);
        await Assertions.Expect(page.Locator("[data-live]")).ToContainTextAsync($"Verified: {entries} entries are intact");
        await Assertions.Expect(page.Locator(".rc-badge")).ToHaveAttributeAsync("data-state", "good");
    }

    [Fact]
    public async Task A_filter_is_a_link_here_too()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        await bench.DecidedAsync(DecisionKind.Reject);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer", "/history?decision=rejected");
        await Screens.LiveAsync(page, "history");
        Assert.Equal(1, await page.Locator("[data-row]").CountAsync());
        await page.Locator(".rc-filter summary").First.ClickAsync();
        await page.GetByLabel("approved").CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(bench.Console.Address, "/history?decision=approved").ToString());
        await page.GetByText("No decision fits these filters").WaitForAsync();
    }

    [Fact]
    public void Every_filter_comes_back_from_its_address()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var filter = new HistoryFilter(Maybe(HistoryAddress.Decisions[random.Next(7)]), Maybe("refund"), Maybe("a b&c=d"), Maybe("ü?#+ %"));
            var address = HistoryAddress.Write(filter);
            Assert.Equal(filter, HistoryAddress.Read(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : ""));
        }

        Assert.Equal("history", HistoryAddress.Write(HistoryAddress.Read("?decision=maybe&kind=")));
        string? Maybe(string value) => random.Next(2) == 0 ? null : value;
    }

    [Fact]
    public async Task The_history_speaks_through_a_localizer()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0, settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        var id = await bench.ExecutedAsync(ExecutionStatus.Succeeded);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "compliance", "/history");
        await Screens.LiveAsync(page, "history");
        await Screens.AssertLocalizedAsync(page, "Viktor Braun", "Z");
        await Screens.OpenAsync(page, "/history/" + id);
        await page.Locator("#receipt").WaitForAsync();
        await Screens.AssertLocalizedAsync(page, "Viktor Braun", "SHA-256", "ECDSA P-256", "VERIFIED", "sha256:", "Z");
    }
}
