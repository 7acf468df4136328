using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Queue;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A lost circuit costs nothing (SCREENS.md §0.7): what was typed is there again.</summary>
public sealed class DraftTests(BrowserFixture browser)
{
    [Fact]
    public async Task R19_a_server_that_ends_while_somebody_types_loses_none_of_it()
    {
        using var folder = new TemporaryFolder();
        var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path });
        var address = console.Address.ToString().TrimEnd('/');
        try
        {
            using var source = await console.SourceAsync("bot");
            var id = await LiveQueueTests.SubmitAsync(source, "A-1");
            await using var context = await browser.NewContextAsync(address);
            var page = await context.NewPageAsync();
            await Screens.SignInAsync(page, "reviewer", $"/reviews/{id}");
            await Screens.LiveAsync(page, "workspace");
            await page.Keyboard.PressAsync("3");
            await Screens.LiveAsync(page, "sheet");
            await page.Locator("#rationale").FocusAsync();
            const string early = "The order was returned in March. ", late = "The parcel came back unopened", outage = ", so nothing is owed.";
            await page.Keyboard.TypeAsync(early, new KeyboardTypeOptions { Delay = 5 });
            await page.Locator("html[data-draft-saved]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            await page.Keyboard.TypeAsync(late, new KeyboardTypeOptions { Delay = 5 });
            await console.DisposeAsync();

            await page.Locator("#components-reconnect-modal:is(.components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected)").WaitForAsync();
            await page.Locator("#rationale").FocusAsync();
            await page.Keyboard.TypeAsync(outage);
            console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path, Urls = address });
            var review = Guid.Parse(id);
            var kept = console.Services.GetRequiredService<DraftDesk>().Find(Reviewer(console), review);
            Assert.Contains(early.Trim(), kept!.Content, StringComparison.Ordinal);

            // The page comes back by itself.
            await Assertions.Expect(page.Locator("#rationale")).ToHaveValueAsync(early + late + outage, new LocatorAssertionsToHaveValueOptions { Timeout = 30_000 });
            await Screens.LiveAsync(page, "sheet");
            await Eventually.HoldsAsync("the rest is saved", () => console.Services.GetRequiredService<DraftDesk>().Find(Reviewer(console), review)!.Content.Contains(outage.Trim(), StringComparison.Ordinal));
            Assert.NotNull(console.Services.GetRequiredService<ReviewReader>().Find(review)!.State.Claim);
            TestContext.Current.TestOutputHelper!.WriteLine("R19: 1 of 1 drafts restored after the server went away while somebody typed");
        }
        finally
        {
            await console.DisposeAsync();
        }
    }

    [Fact]
    public async Task Forty_kilobytes_pasted_at_once_are_kept_and_the_circuit_lives()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await bench.Page.Keyboard.PressAsync("2");
        await Screens.LiveAsync(bench.Page, "sheet");
        var text = new StringBuilder();
        for (var line = 1; text.Length < 40_000; line++)
        {
            text.Append("Dear Ms Silva, line ").Append(line).Append(" – ä € 🙂\n");
        }

        var pasted = text.ToString().TrimEnd();
        await bench.Page.Locator("#draft").FocusAsync();
        await bench.Page.Keyboard.PressAsync("Control+a");
        await bench.Page.Keyboard.InsertTextAsync(pasted);
        await Eventually.HoldsAsync("all that was pasted is saved", () => bench.Draft(id, "reviewer")?.Content.Contains("line 1200", StringComparison.Ordinal) == true);
        Assert.Equal("", await bench.Page.Locator("#components-reconnect-modal").EvaluateAsync<string>("e => [...e.classList].filter(c => c.startsWith('components-reconnect')).join(' ')"));
        await bench.Page.ReloadAsync();
        await Screens.LiveAsync(bench.Page, "sheet");
        Assert.Equal(pasted, await bench.Page.Locator("#draft").InputValueAsync());
    }

    private static PersonActor Reviewer(RunningConsole console) =>
        console.Services.GetRequiredService<PeopleDirectory>().All().First(person => person.Email.StartsWith("reviewer@", StringComparison.Ordinal)).Actor(null);
}
