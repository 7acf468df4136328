using System.Text;
using System.Text.Json.Nodes;
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
    public async Task A_server_that_ends_while_somebody_types_loses_none_of_it()
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
            // The first draft may have left in the middle of it.
            await page.Locator("[data-editor=rationale] [data-editor-unsent][hidden]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
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
        }
        finally
        {
            await console.DisposeAsync();
        }
    }

    [Fact]
    public async Task Two_hundred_kilobytes_pasted_into_a_draft_are_kept_and_the_circuit_lives()
    {
        await using var bench = await PastingAsync();
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await bench.Page.Keyboard.PressAsync("2");
        await Screens.LiveAsync(bench.Page, "sheet");
        var pasted = Text(200 * 1024);
        await PasteAsync(bench.Page, "#draft", pasted);
        await Assertions.Expect(bench.Page.Locator(".rc-pane-proposal .rc-diffview")).ToContainTextAsync("Dear Ms Silva, line 3 – ä € 🙂");
        await Eventually.HoldsAsync("all that was pasted is saved", () => bench.Draft(id, "reviewer") is { } draft && JsonNode.Parse(draft.Content)!["Draft"]?.GetValue<string>() == pasted);
        await AssertLivesAsync(bench.Page);

        // Over the limit nothing of it is taken, and what is there stays: 200 KB and as much again.
        await bench.Page.Locator("#draft").FocusAsync();
        await bench.Page.Keyboard.PressAsync("Control+End");
        await bench.Page.Keyboard.PressAsync("Control+v");
        await Assertions.Expect(bench.Page.Locator("[data-editor=draft] [data-editor-count][data-refused]")).ToHaveTextAsync($"Not taken: it would be {(Encoding.UTF8.GetByteCount(pasted) * 2 + 1023) / 1024} KB, and at most 256 KB fit. The text is as it was.");
        Assert.Equal(pasted, await bench.Page.Locator("#draft").InputValueAsync());

        await bench.Page.ReloadAsync();
        await Screens.LiveAsync(bench.Page, "sheet");
        await Assertions.Expect(bench.Page.Locator("#draft")).ToHaveValueAsync(pasted);
        await AssertLivesAsync(bench.Page);
    }

    [Fact]
    public async Task Two_hundred_kilobytes_pasted_into_the_rationale_are_refused_in_words_and_cost_nothing()
    {
        await using var bench = await PastingAsync();
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await bench.Page.Keyboard.PressAsync("3");
        await Screens.LiveAsync(bench.Page, "sheet");
        await bench.Page.Locator("#rationale").FocusAsync();
        await bench.Page.Keyboard.TypeAsync("The profile says regular.");
        var pasted = Text(200 * 1024);
        await PasteAsync(bench.Page, "#rationale", pasted, all: false);
        await Assertions.Expect(bench.Page.Locator("[data-editor=rationale] [data-editor-count][data-refused]"))
            .ToHaveTextAsync($"Not taken: it would be {pasted.Length + 25} characters, and at most 4000 fit. The text is as it was.");
        Assert.Equal("The profile says regular.", await bench.Page.Locator("#rationale").InputValueAsync());
        await Eventually.HoldsAsync("what was typed is saved", () => bench.Draft(id, "reviewer")?.Content.Contains("The profile says regular.", StringComparison.Ordinal) == true);
        await AssertLivesAsync(bench.Page);
    }

    [Fact]
    public async Task A_draft_that_is_too_long_to_edit_is_said_to_be()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Mail, body => body["draft"]!["content"] = Text(300 * 1024)));
        await bench.Page.Keyboard.PressAsync("2");
        await Assertions.Expect(bench.Page.Locator("[data-editor=draft]")).ToContainTextAsync("This text is longer than 256 KB and cannot be edited here.");
        await AssertLivesAsync(bench.Page);
    }

    private async Task<WorkspaceBench> PastingAsync()
    {
        var bench = await WorkspaceBench.StartAsync(browser);
        await bench.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        return bench;
    }

    // By the clipboard and its key, as a person does it.
    private static async Task PasteAsync(IPage page, string field, string text, bool all = true)
    {
        await page.Locator(field).FocusAsync();
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        if (all)
        {
            await page.Keyboard.PressAsync("Control+a");
        }
        await page.Keyboard.PressAsync("Control+v");
    }

    private static async Task AssertLivesAsync(IPage page) =>
        Assert.Equal("", await page.Locator("#components-reconnect-modal").EvaluateAsync<string>("e => [...e.classList].filter(c => c.startsWith('components-reconnect')).join(' ')"));

    private static string Text(int bytes)
    {
        var text = new StringBuilder();
        for (var (line, size) = (1, 0); size < bytes; line++)
        {
            var next = $"Dear Ms Silva, line {line} – ä € 🙂\n";
            text.Append(next);
            size += Encoding.UTF8.GetByteCount(next);
        }

        return text.ToString().TrimEnd();
    }

    private static PersonActor Reviewer(RunningConsole console) =>
        console.Services.GetRequiredService<PeopleDirectory>().All().First(person => person.Email.StartsWith("reviewer@", StringComparison.Ordinal)).Actor(null);
}
