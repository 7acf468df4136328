using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Escalations;

/// <summary>The supervisor's board in a real browser: who acts, who only reads, what everybody sees.</summary>
public sealed class BoardTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 320, 720)]
    public async Task The_board_and_its_dialogs_are_clean_for_axe(ColorScheme theme, int width, int height)
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        await bench.ExecutedAsync(ExecutionStatus.Failed);
        await bench.DecidedAsync(DecisionKind.Return);
        for (var i = 0; i < 30; i++)
        {
            await bench.DecidedAsync(DecisionKind.Escalate, body => body["action"]!["arguments"]!["order"] = $"ORDER-{new string('7', 60)}");
        }

        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width, height);
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        await Screens.LiveAsync(page, "escalations");
        Assert.Equal(32, await page.Locator("[data-row]").CountAsync());
        var form = $"{width}-{theme}".ToLowerInvariant();
        await Pictures.TakeAsync(page, "board-" + form);
        await Axe.AssertCleanAsync(page, "board " + form);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Assign" }).ClickAsync();
        await page.GetByText("Choose to whom it goes.").WaitForAsync();
        await Axe.AssertCleanAsync(page, "assign " + form);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await page.Keyboard.PressAsync("!");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Pictures.TakeAsync(page, "board-stop-" + form);
        await Axe.AssertCleanAsync(page, "stop " + form);
    }

    [Fact]
    public async Task A_supervisor_assigns_by_key_and_the_person_finds_it_under_mine()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.DecidedAsync(DecisionKind.Escalate);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        await Screens.LiveAsync(page, "escalations");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.GetByLabel("Person").Last.SelectOptionAsync(new SelectOptionValue { Label = "Jonas Weber" });
        await page.GetByLabel("Note").FillAsync("You know this customer.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Assign" }).ClickAsync();
        await page.Locator($"[data-row='{id}'] .rc-avatar[data-away]").WaitForAsync();
        Assert.Equal(bench.Jonas.Id, bench.State(id).AssignedTo);

        await using var other = await browser.NewContextAsync(bench.Console.Address.ToString());
        var mine = await bench.PageAsync(other, "reviewer", "/queue?view=mine");
        await mine.Locator($"[data-row='{id}']").WaitForAsync();
    }

    [Fact]
    public async Task A_stopped_line_is_said_on_every_page_and_resumed_with_a_reason()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        await bench.SubmitAsync();
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        await using var other = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        var reviewer = await bench.PageAsync(other, "reviewer", "/queue");
        await Screens.LiveAsync(page, "escalations");
        await page.Keyboard.PressAsync("!");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Source").SelectOptionAsync("bot");
        await page.GetByLabel("Reason").FillAsync("Two customers were refunded twice.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Stop the line" }).ClickAsync();
        await reviewer.Locator(".rc-banner[data-tone=stop]").GetByText("Line stopped: everything from bot.").WaitForAsync();
        await reviewer.GetByText("Two customers were refunded twice.").WaitForAsync();
        await Pictures.TakeAsync(reviewer, "queue-stopped");
        await Axe.AssertCleanAsync(reviewer, "queue with a stopped line");
        Assert.NotNull(bench.Service<LineBoard>().Find("bot", "refund").Stopped);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Resume" }).ClickAsync();
        await page.GetByLabel("Rationale").FillAsync("Both refunds were taken back, cause found.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Resume" }).ClickAsync();
        await reviewer.Locator(".rc-banner[data-tone=stop]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Null(bench.Service<LineBoard>().Find("bot", "refund").Stopped);
    }

    [Fact]
    public async Task A_line_is_limited_for_a_while_and_everybody_reads_how_until_when_and_that_it_is_over()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        await bench.SubmitAsync();
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        await using var other = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        var reviewer = await bench.PageAsync(other, "reviewer", "/queue");
        await Screens.LiveAsync(page, "escalations");
        await page.Keyboard.PressAsync("!");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "Two people" }).CheckAsync();
        await dialog.GetByLabel("Kind").SelectOptionAsync("refund");
        await dialog.GetByLabel("Until").SelectOptionAsync("60");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Ask for two people" }).ClickAsync();
        await dialog.GetByText("Say why.").WaitForAsync();
        await dialog.GetByLabel("Reason").FillAsync("A new agent version since noon.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Ask for two people" }).ClickAsync();
        var banner = reviewer.Locator(".rc-banner[data-tone=look]").GetByText("Two people approve: Refund from every source.");
        await banner.WaitForAsync();
        await reviewer.Locator(".rc-banner time").Nth(1).WaitForAsync();
        await reviewer.GetByText("A new agent version since noon.").WaitForAsync();
        var limit = bench.Service<LineBoard>().Find("bot", "refund").TwoPerson!;
        Assert.Equal(TimeSpan.FromHours(1), TimeSpan.FromMinutes(Math.Round(TimeSpan.FromMilliseconds(limit.Until!.Value - limit.Since).TotalMinutes)));

        await dialog.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await page.Keyboard.PressAsync("!");
        await dialog.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "All to review" }).CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync("The same.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send all to review" }).ClickAsync();
        await reviewer.GetByText("All to review: everything.").WaitForAsync();
        await Axe.AssertCleanAsync(reviewer, "queue with limited lines");
        await Axe.AssertCleanAsync(page, "board with limited lines");

        await bench.EndsAsync(limit);
        await banner.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var row = page.Locator(".rc-stops li[data-mode=EverythingToReview]");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "End" }).ClickAsync();
        await page.GetByLabel("Rationale").FillAsync("Twenty of them read, none was wrong.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "End" }).ClickAsync();
        await row.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(LineState.Running, bench.Service<LineBoard>().Find("bot", "refund"));
    }

    [Fact]
    public async Task A_reason_that_could_not_be_written_stays_in_its_dialog()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.ExecutedAsync(ExecutionStatus.Failed);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        await page.Locator($"[data-row='{id}']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).ClickAsync();
        await page.GetByLabel("Rationale").FillAsync("Paid by hand, bank transfer 4711 of today.");
        bench.Service<Writer>().Refuse("entry 3 was changed");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).Last.ClickAsync();

        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("Paid by hand, bank transfer 4711 of today.", await page.GetByLabel("Rationale").InputValueAsync());
        await Pictures.TakeAsync(page, "board-not-written");
    }

    [Fact]
    public async Task A_failed_execution_is_closed_with_a_rationale_and_leaves_the_board()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.ExecutedAsync(ExecutionStatus.Failed);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        await page.GetByText("The gateway answered 503.").WaitForAsync();
        await page.Locator($"[data-row='{id}']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).ClickAsync();
        await page.GetByLabel("Rationale").FillAsync("too short");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).Last.ClickAsync();
        await page.GetByText("Write at least 20 characters.").WaitForAsync();
        await page.GetByLabel("Rationale").FillAsync("Paid by hand, bank transfer 4711 of today.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).Last.ClickAsync();
        await page.Locator($"[data-row='{id}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(ReviewStatus.Closed, bench.State(id).Status);
    }

    [Fact]
    public async Task A_reviewer_reads_the_board_and_changes_nothing()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        await bench.DecidedAsync(DecisionKind.Escalate);
        await bench.ExecutedAsync(ExecutionStatus.Unknown);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer2", "/escalations");
        await page.GetByText("Read only").WaitForAsync();
        Assert.Equal(0, await page.Locator(".rc-board button").CountAsync());
        await page.Keyboard.PressAsync("!");
        Assert.Equal(0, await page.GetByRole(AriaRole.Dialog).CountAsync());
    }

    [Fact]
    public async Task A_held_decision_is_on_every_page_and_z_takes_it_back()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 60);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer", "/history");
        await Screens.LiveAsync(page, "history");
        var id = await bench.DecidedAsync(DecisionKind.Reject);
        await page.Locator(".rc-held").GetByText("issue_refund").WaitForAsync();
        await Axe.AssertCleanAsync(page, "history with a hold");
        await Pictures.TakeAsync(page, "held");
        await Screens.LiveAsync(page, "held");
        await page.Keyboard.PressAsync("z");
        await page.Locator(".rc-held").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(ReviewStatus.Pending, bench.State(id).Status);
        Assert.Equal(bench.Jonas.Id, bench.State(id).Claim!.By);
    }

    [Fact]
    public async Task The_board_speaks_through_a_localizer()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0, settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        await bench.DecidedAsync(DecisionKind.Escalate);
        await bench.DecidedAsync(DecisionKind.Return);
        await bench.ExecutedAsync(ExecutionStatus.Failed);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/escalations");
        await Screens.LiveAsync(page, "escalations");
        await Screens.AssertLocalizedAsync(page, "Ruth Adeyemi", "Jonas Weber", "issue_refund 1250.00 USD 4711", "Z");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Screens.AssertLocalizedAsync(page, "Ruth Adeyemi", "Jonas Weber", "issue_refund 1250.00 USD 4711", "Z");
    }
}
