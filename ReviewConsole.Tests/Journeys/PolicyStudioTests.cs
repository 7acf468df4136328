using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Policies;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A policy from the first word of a draft to the version in force, and back (SCREENS.md §5), as its people do it.</summary>
public sealed class PolicyStudioTests(BrowserFixture browser)
{
    private const string Draft = "extends: default\npolicy: house\nversion: 1\nhold: 7 s\nrules:\n  - { rule: mine, when: { field: kind, equals: refund }, then: { verdict: review, risk: high } }\n";

    [Fact]
    public async Task What_an_author_mends_and_somebody_else_publishes_judges_the_next_review_until_it_is_rolled_back()
    {
        await using var bench = await StudioBench.StartAsync();
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        var keys = new Presses(page);
        await Screens.SignInAsync(page, "author");
        await keys.PressAsync("g");
        await keys.PressAsync("p");
        await Screens.AtAsync(page, "/policies");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "New draft" }).ClickAsync();
        await Screens.LiveAsync(page, "policy");

        // What is wrong is said while it is typed; saving it is refused and loses nothing.
        await page.Locator("#policy-text").FillAsync(Draft.Replace("risk: high", "risk: hugh", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("rules[0].then.risk");
        await page.Locator("#policy-text").PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".rc-banner")).ToContainTextAsync("Not saved. Errors: 1.");
        Assert.Single(bench.Shelf.Policies);
        await Pictures.TakeAsync(page, "policy-edit-1440-light");
        await page.Locator("#policy-errors").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Line 6, column " }).PressAsync("Enter");
        await page.WaitForFunctionAsync("() => { const area = document.querySelector('#policy-text'); return area.value.slice(area.selectionStart, area.selectionEnd).startsWith('hugh'); }");

        // Whoever closes the page finds what they wrote.
        await page.ReloadAsync();
        await Screens.LiveAsync(page, "policy");
        await Assertions.Expect(page.Locator("#policy-text")).ToHaveValueAsync(new Regex("hugh", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Locator("#policy-text").FillAsync(Draft);
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("It reads as a policy.");
        await page.Locator("#policy-text").PressAsync("Control+Enter");
        await Screens.AtAsync(page, "/policies/2");
        await Assertions.Expect(page.Locator(".rc-policystanding")).ToHaveTextAsync("Draft");
        await Assertions.Expect(page.Locator(".rc-rule").First).ToContainTextAsync("kind is refund");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start shadow" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rc-policystanding")).ToHaveTextAsync("Shadow");
        await Assertions.Expect(page.GetByText("Publishing takes a second person.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish", Exact = true })).ToHaveCountAsync(0);

        // Also when the author may publish what others wrote.
        await bench.RolesAsync("author", "Lucía Ortega", Role.Author, Role.Publisher);
        await Screens.OpenAsync(page, "/policies/2");
        await PublishAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("You wrote on this policy. So somebody else has to put it into force.");
        Assert.Equal("default", bench.Shelf.Policies.Single(policy => policy.Number == bench.Shelf.InForce.Policy).Name);
        Assert.Equal("default", (await bench.SubmitAsync()).Gate.Policy);

        await using var second = await browser.NewContextAsync(bench.Console.Address.ToString());
        var publisher = await second.NewPageAsync();
        await Screens.SignInAsync(publisher, "publisher", "/policies/2");
        await PublishAsync(publisher);
        await Assertions.Expect(publisher.Locator(".rc-policystanding")).ToHaveTextAsync("In force");
        Assert.Equal("house", (await bench.SubmitAsync()).Gate.Policy);

        await Screens.OpenAsync(publisher, "/policies/1");
        await publisher.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Bring back" }).ClickAsync();
        await publisher.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("Too many refunds waited for a person.");
        await publisher.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Bring back" }).ClickAsync();
        await Assertions.Expect(publisher.Locator(".rc-policystanding")).ToHaveTextAsync("In force");
        Assert.Equal("default", (await bench.SubmitAsync()).Gate.Policy);
    }

    [Fact]
    public async Task Who_saves_over_what_somebody_else_has_saved_keeps_both_texts()
    {
        await using var bench = await StudioBench.StartAsync();
        var first = await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit");
        await Screens.LiveAsync(page, "policy");
        await bench.DraftAsync(Draft.Replace("7 s", "8 s", StringComparison.Ordinal), first);

        await page.Locator("#policy-text").FillAsync(Draft.Replace("7 s", "9 s", StringComparison.Ordinal));
        await page.Locator("#policy-text").PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".rc-banner")).ToContainTextAsync("Somebody has changed this draft");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save as a draft of its own" }).ClickAsync();
        await Screens.AtAsync(page, "/policies/3");
        Assert.Equal(["8 s", "9 s"], bench.Shelf.Policies.Skip(1).Select(policy => policy.Text.Split("hold: ")[1].Split('\n')[0]));
    }

    [Fact]
    public async Task What_is_saved_is_what_stands_on_the_screen_and_what_is_typed_after_it_waits_too()
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit");
        await Screens.LiveAsync(page, "policy");
        var text = page.Locator("#policy-text");
        await text.FillAsync(Draft.Replace("7 s", "8 s", StringComparison.Ordinal));
        await text.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".rc-banner")).ToContainTextAsync("The draft is saved.");

        // Heard, and taken back before it was kept.
        await text.FillAsync(Draft.Replace("risk: high", "risk: hugh", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("rules[0].then.risk");
        await text.FillAsync(Draft.Replace("7 s", "8 s", StringComparison.Ordinal));
        await text.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("It reads as a policy.");
        Assert.Contains("8 s", bench.Shelf.Policies[^1].Text, StringComparison.Ordinal);
        Assert.Contains("risk: high", bench.Shelf.Policies[^1].Text, StringComparison.Ordinal);

        await text.FillAsync(Draft.Replace("7 s", "9 s", StringComparison.Ordinal));
        await page.ReloadAsync();
        await Screens.LiveAsync(page, "policy");
        await Assertions.Expect(text).ToHaveValueAsync(new Regex("hold: 9 s", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Every_part_of_the_studio_is_clean_for_axe_and_fits_its_window(ColorScheme theme, int width)
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft + "  - { rule: loose, when: { field: kind, equals: email }, then: { verdict: proceed } }\ncatalogue:\n  pay: { kind: refund, amount: /sum, evidence: [pdf] }\n");
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author");
        foreach (var (path, name) in new[] { ("", "list"), ("/2", "rules"), ("/2?show=changes", "changes"), ("/2?show=edit", "edit"), ("/2?show=edit&action=1", "actions") })
        {
            await Screens.OpenAsync(page, "/policies" + path);
            await Screens.DrawnAsync(page);
            await Pictures.TakeAsync(page, $"policy-{name}-{width}-{theme}".ToLowerInvariant());
            await Axe.AssertCleanAsync(page, $"policies{path} {width} {theme}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"policies{path} scrolls sideways.");
        }
    }

    private static async Task PublishAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("Refunds are looked at more closely.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Publish" }).ClickAsync();
    }
}
