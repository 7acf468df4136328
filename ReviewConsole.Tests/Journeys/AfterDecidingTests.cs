using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>What the workspace says once this person has decided: what became of it, and where to go on.</summary>
public sealed class AfterDecidingTests(BrowserFixture browser)
{
    private const string Why = "Looked at all of it, and it is as I say.";

    [Fact]
    public async Task The_first_of_two_approvals_waits_for_another_person_and_nobody_is_asked_to_claim_it_again()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var (id, next) = (await bench.SubmitAsync(WorkspaceBench.Refund, Large), await bench.SubmitAsync(WorkspaceBench.Mail));
        await bench.OpenAsync(id);
        await OpenSheetAsync(page, "1");
        await page.Locator(".rc-decisionbar").GetByText("Second approval after yours").WaitForAsync();
        await page.Locator("#sheet").GetByText("Then another person approves; nothing leaves before that").WaitForAsync();
        await bench.ReadAllAsync(2);
        await CommitAsync(page);

        await Assertions.Expect(page.Locator(".rc-decisionbar")).ToContainTextAsync("Approved by you, 1 of 2. It waits for another person.");
        await Assertions.Expect(page.Locator("[data-live]")).ToHaveTextAsync("Approved by you, 1 of 2. It waits for another person.");
        Assert.Equal(0, await page.GetByText("Your claim has ended.").CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Claim", Exact = true }).CountAsync());
        await Pictures.TakeAsync(page, "first-of-two");
        await Axe.AssertCleanAsync(page, "first of two");

        await page.Keyboard.PressAsync("1");
        await page.Locator("html:not([data-waiting])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        Assert.Equal((0, false), (await page.Locator(".rc-sheet").CountAsync(), bench.State(id).IsClaimed(0)));
        await page.Keyboard.PressAsync("Shift+n");
        await Screens.AtAsync(page, $"/reviews/{next}");
        Assert.NotNull(bench.State(next).Claim);
    }

    [Fact]
    public async Task An_escalation_says_where_it_went_and_goes_on()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var (id, next) = (await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Mail));
        await bench.OpenAsync(id);
        await OpenSheetAsync(page, "4");
        await CommitAsync(page);
        await Assertions.Expect(page.Locator(".rc-decisionbar")).ToContainTextAsync("Escalated to experts.");
        await Assertions.Expect(page.Locator("[data-live]")).ToHaveTextAsync("Escalated to experts.");
        Assert.Equal(0, await page.GetByText("Your claim has ended.").CountAsync());
        await Pictures.TakeAsync(page, "escalated");
        await page.Locator(".rc-decisionbar").GetByRole(AriaRole.Button).ClickAsync();
        await Screens.AtAsync(page, $"/reviews/{next}");
        Assert.Null(bench.State(id).Claim);

        // Who escalated it may be who resolves it: a key takes it up again.
        await bench.OpenAsync(id);
        await OpenSheetAsync(page, "3");
        Assert.NotNull(bench.State(id).Claim);
    }

    [Fact]
    public async Task Who_corrected_it_is_called_you_and_once()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Refund, Large));
        await OpenSheetAsync(page, "2");
        await page.Locator("#arguments").FillAsync("""{ "order": "4XGCCN", "amount": "12500.00", "currency": "USD" }""");
        await page.Locator(".rc-changes ins").GetByText("4XGCCN").WaitForAsync();
        await bench.ReadAllAsync(2);
        await CommitAsync(page);
        await Assertions.Expect(page.Locator(".rc-standing")).ToContainTextAsync("Corrected by you, 1 of 2.");
        await Assertions.Expect(page.Locator(".rc-standing")).ToContainTextAsync("What will run was changed by you:");
        Assert.Equal(0, await page.GetByText("somebody corrected it").CountAsync());
        await Assertions.Expect(page.Locator(".rc-itembar h1")).ToContainTextAsync("4XGCCN");
        Assert.Equal(1, await page.Locator(".rc-standing .rc-banner").CountAsync());
        await Pictures.TakeAsync(page, "corrected-first-of-two");
    }

    [Fact]
    public async Task What_failed_at_the_source_is_red_and_said_to_whoever_decided_it()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.ExecutedAsync(ExecutionStatus.Failed);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer", $"/reviews/{id}");
        await Assertions.Expect(page.Locator(".rc-standing .rc-banner[data-tone=stop]")).ToContainTextAsync(". The source reports: failed.");
        await Assertions.Expect(page.Locator(".rc-decisionbar")).ToContainTextAsync("Approved by you. It left as: approved. The source reports: failed.");
        await Pictures.TakeAsync(page, "ended-failed");
    }

    [Theory]
    [InlineData("The second one.", "Asked: Which of the two orders? Answered: The second one.")]
    [InlineData(null, "Asked: Which of the two orders? Answered with revision 2.")]
    public async Task A_question_and_its_answer_stand_at_the_head_of_what_came_back(string? answer, string said)
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.DecidedAsync(DecisionKind.Return);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "senior", $"/reviews/{id}");
        await Assertions.Expect(page.Locator(".rc-standing")).ToContainTextAsync("It was asked: Which of the two orders?");
        await bench.AnswerAsync(id, answer, static body => body["action"]!["arguments"]!["order"] = "O-2");
        await Assertions.Expect(page.Locator(".rc-standing")).ToContainTextAsync(said);
        await Pictures.TakeAsync(page, "answered");
    }

    private static void Large(JsonObject body)
    {
        body["checks"] = new JsonArray();
        body["action"]!["arguments"]!["amount"] = "12500.00";
        body["impact"]!["amount"] = new JsonObject { ["value"] = "12500.00", ["currency"] = "USD" };
    }

    private static async Task OpenSheetAsync(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet:focus").WaitForAsync();
    }

    private static async Task CommitAsync(IPage page)
    {
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.TypeAsync(Why);
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }
}
