using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Two people and one review: an opinion without handing over, and a review passed on with its reason.</summary>
public sealed class ColleaguesTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_colleague_is_asked_answers_and_the_one_who_asked_keeps_the_review()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        await using var other = await browser.NewContextAsync(bench.Console.Address.ToString(), ColorScheme.Dark);
        var theirs = await other.NewPageAsync();
        await Screens.SignInAsync(theirs, "reviewer2", "/queue");
        var (mine, id) = (bench.Page, await bench.SubmitAsync(WorkspaceBench.Refund));
        await bench.OpenAsync(id);
        await mine.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Claim" }).First.ClickAsync();
        await mine.Locator(".rc-claim").WaitForAsync();
        var claim = bench.State(id).Claim!;

        await mine.Keyboard.PressAsync("m");
        await mine.Locator("#note:focus").WaitForAsync();
        await mine.Keyboard.TypeAsync("Was HAT116 really flown, @pri");
        await mine.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "@Priya Nair" }).ClickAsync();
        await mine.GetByText("Will see it in their queue: Priya Nair").WaitForAsync();
        await mine.Locator("#note-asks").CheckAsync();
        await Pictures.TakeAsync(mine, "note");
        await Axe.AssertCleanAsync(mine, "note");
        await mine.Locator("#note").FocusAsync();
        await mine.Keyboard.PressAsync("Control+Enter");
        await mine.Locator("#note-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await mine.Locator(".rc-note").GetByText("Was HAT116 really flown, @Priya Nair").WaitForAsync();

        // It is marked in her queue, without a reload, and waits for an answer, not for a look.
        await theirs.Locator($"[data-row='{id}']").GetByText("your opinion is asked").WaitForAsync();
        await Pictures.TakeAsync(theirs, "note-asked-queue");
        await theirs.GotoAsync($"/reviews/{id}");
        await Screens.LiveAsync(theirs, "workspace");
        await theirs.GetByText("Jonas Weber asks what you think.").WaitForAsync();
        await Pictures.TakeAsync(theirs, "note-asked");
        await Axe.AssertCleanAsync(theirs, "note asked");
        await theirs.Keyboard.PressAsync("m");
        await theirs.Locator("#note:focus").WaitForAsync();
        await theirs.Keyboard.TypeAsync("It was: the manifest has her on board.");
        await theirs.Keyboard.PressAsync("Control+Enter");
        await theirs.GetByText("Jonas Weber asks what you think.").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await mine.Locator(".rc-note").GetByText("It was: the manifest has her on board.").WaitForAsync();
        Assert.Equal((claim.Token, claim.By), (bench.State(id).Claim!.Token, bench.State(id).Claim!.By));
        await Pictures.TakeAsync(mine, "note-answered");
    }

    [Fact]
    public async Task Who_is_named_while_their_page_is_in_the_background_has_not_heard_it_yet()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var (notes, id) = (bench.Console.Services.GetRequiredService<NoteDesk>(), await bench.SubmitAsync(WorkspaceBench.Refund));
        var (queue, review) = (bench.Page, await bench.Context.NewPageAsync());
        await Screens.OpenAsync(queue, "/queue");
        await review.AddInitScriptAsync("window.away = true; document.hasFocus = () => !window.away;");
        await review.GotoAsync($"/reviews/{id}");
        await Screens.LiveAsync(review, "workspace");
        var priya = await bench.SomebodyAsync("Priya", Role.Reviewer);
        var me = bench.Console.Services.GetRequiredService<PeopleDirectory>().All().Single(static person => person.Name == "Jonas Weber");
        await SayAsync("Is this hers, @Jonas?", me.Id);
        await review.Locator(".rc-note").GetByText("Is this hers, @Jonas?").WaitForAsync();
        // When the second note stands there too, the page has done all that it does about the first.
        await SayAsync("I am going home.");
        await review.Locator(".rc-note").GetByText("I am going home.").WaitForAsync();
        var named = queue.Locator($"[data-row='{id}']").GetByText("a note names you");
        await named.WaitForAsync();

        await review.EvaluateAsync("window.away = false; window.dispatchEvent(new Event('focus'))");
        await named.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        async Task SayAsync(string words, params string[] names) =>
            Assert.Null((await notes.WriteAsync(priya, id, words, names, asks: false, TestContext.Current.CancellationToken)).Refusal);
    }

    [Fact]
    public async Task A_note_that_is_not_written_yet_survives_a_reload()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser, ColorScheme.Dark, 320, 720);
        var id = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(id);
        await bench.Page.Keyboard.PressAsync("m");
        await bench.Page.Locator("#note:focus").WaitForAsync();
        await bench.Page.Keyboard.TypeAsync("Half a thought");
        await Pictures.TakeAsync(bench.Page, "note-320");
        await Axe.AssertCleanAsync(bench.Page, "note 320");
        await bench.Page.Keyboard.PressAsync("Escape");
        await bench.Page.Locator("#note-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await bench.OpenAsync(id);
        await bench.Page.Keyboard.PressAsync("m");
        await Assertions.Expect(bench.Page.Locator("#note")).ToHaveValueAsync("Half a thought");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 320, 720)]
    public async Task A_review_is_passed_on_by_two_presses_and_the_next_one_opens(ColorScheme theme, int width, int height)
    {
        await using var bench = await WorkspaceBench.StartAsync(browser, theme, width, height);
        var (page, first, second) = (bench.Page, await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Refund));
        await Screens.OpenAsync(page, "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.Keyboard.PressAsync("Shift+N");
        await Screens.AtAsync(page, $"/reviews/{first}");
        await Screens.LiveAsync(page, "workspace");
        await page.Keyboard.PressAsync("u");
        await page.Locator("#skip-sheet:focus").WaitForAsync();
        await Pictures.TakeAsync(page, $"skip-{width}");
        await Axe.AssertCleanAsync(page, $"skip {width}");
        await page.Keyboard.PressAsync("1");
        await Screens.AtAsync(page, $"/reviews/{second}");
        Assert.NotNull(bench.State(second).Claim);
        var left = bench.Console.Services.GetRequiredService<ReviewReader>().Read(first, null)!;
        Assert.Null(left.State.Claim);
        Assert.Equal(SkipReason.NotMyField, left.Timeline.Select(static entry => entry.Event).OfType<ClaimReleased>().Single().Skip);
    }
}
