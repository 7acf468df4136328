using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Policies;

namespace ReviewConsole.Tests.Journeys;

/// <summary>The test bench: what a text that nobody has saved yet says to one proposal, clause by clause, beside what is in force.</summary>
public sealed class PolicyBenchTests(BrowserFixture browser)
{
    private const string Draft = """
        extends: default
        policy: house
        version: 1
        rules:
          - rule: too-much
            when: { all: [ { field: kind, equals: refund }, { field: impact.amount, above: 5000 } ] }
            then: { verdict: block, message: Ask for less. }
          - rule: often
            when: { field: checks/fraud, equals: fail }
            then: { verdict: review, risk: high, queue: experts }

        """;

    private const string Proposal = """{ "source": { "system": "bot" }, "action": { "name": "issue_refund", "arguments": { "customer": "c", "amount": "1250.00", "currency": "USD" } } }""";

    [Fact]
    public async Task What_is_changed_by_the_form_changes_the_verdict_on_the_bench_by_keyboard_alone()
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        var keys = new Presses(page);
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit");
        await Screens.LiveAsync(page, "policy");

        await AskAsync(Proposal);
        var results = page.Locator(".rc-bench-results");
        await Assertions.Expect(results).ToContainTextAsync("goes to a person");
        await Assertions.Expect(results).Not.ToContainTextAsync("is blocked");
        var rule = page.Locator(".rc-bench-rules > li").First;
        await Assertions.Expect(rule).ToContainTextAsync("only here");
        await Assertions.Expect(rule).ToContainTextAsync("impact.amount above 5,000.00: seen 1,250.00");
        await Assertions.Expect(page.Locator(".rc-bench-rules > li").Nth(1)).ToContainTextAsync("not known, so a person looks");

        // The amount, by the form.
        await page.Locator("nav.rc-studio-tabs a").Filter(new LocatorFilterOptions { HasText = "Edit" }).PressAsync("Enter");
        await Screens.LiveAsync(page, "policy");
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#rule-name")).ToBeFocusedAsync();
        await page.Locator("#clause-1-value0").FocusAsync();
        await keys.WriteAsync("1000");
        await Assertions.Expect(page.Locator("#policy-text")).ToHaveValueAsync(Draft.Replace("5000", "1000", StringComparison.Ordinal));

        await AskAsync(null);
        await Assertions.Expect(page.Locator(".rc-test-ask")).ToContainTextAsync("as it stands in the editor, not saved yet");
        await Assertions.Expect(results.Locator("tr[data-differs]").First).ToContainTextAsync("is blocked");
        await Assertions.Expect(results).ToContainTextAsync("Ask for less.");
        await Assertions.Expect(rule.Locator("summary")).ToContainTextAsync("holds");
        Assert.Equal(Draft, bench.Shelf.Policies.Single(policy => policy.Number == 2).Text);

        async Task AskAsync(string? proposal)
        {
            await page.Locator("nav.rc-studio-tabs a").Filter(new LocatorFilterOptions { HasText = "Test bench" }).PressAsync("Enter");
            var text = page.Locator("#bench-text");
            await text.WaitForAsync();
            if (proposal is not null)
            {
                await text.FocusAsync();
                await keys.WriteAsync(proposal);
            }

            await Assertions.Expect(text).ToHaveValueAsync(Proposal);
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask the gate" }).PressAsync("Enter");
        }
    }

    [Fact]
    public async Task A_review_is_asked_about_by_who_may_read_all_of_it_and_an_error_names_its_place()
    {
        await using var bench = await StudioBench.StartAsync();
        var draft = await bench.DraftAsync("extends: default\npolicy: first\nversion: 1\nrules:\n  - { rule: first, when: { field: caseId, equals: hidden }, then: { commitFirst: true } }\n");
        Assert.Null((await bench.Service<PolicyDesk>().PublishAsync(
            await bench.RolesAsync("pia", "Pia Lind", Role.Publisher), draft.Number, draft.Digest, null, "Some judge first.", TestContext.Current.CancellationToken)).Refusal);
        var shown = await bench.SubmitAsync();
        var hidden = await bench.SubmitAsync(body => body["caseId"] = "hidden");
        var own = await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", $"/policies/{own.Number}?show=bench");
        await Screens.LiveAsync(page);

        await Assertions.Expect(page.Locator($"#bench-of option[value='{hidden.Id}'][disabled]")).ToHaveCountAsync(1);
        var (asked, other) = (bench.Service<PolicyBench>(), await bench.RolesAsync("other", "Olga Petrova", Role.Author));
        Assert.Equal((true, false), (asked.Ask(PolicyReader.Default, shown.Id, other).Answer is not null, asked.Ask(PolicyReader.Default, hidden.Id, other).Answer is not null));
        await page.Locator("#bench-of").SelectOptionAsync(shown.Id.ToString());
        await AskAsync();
        await Assertions.Expect(page.Locator(".rc-bench-results")).ToContainTextAsync("In force: first v1");
        await Assertions.Expect(page.Locator(".rc-bench-rules > li").First).ToContainTextAsync("kind is refund: seen refund");

        await page.Locator("#bench-of").SelectOptionAsync("");
        await page.Locator("#bench-text").FillAsync("""{ "source": { "system": "bot" }, "actoin": {} }""");
        await AskAsync();
        await Assertions.Expect(page.Locator("#bench-errors")).ToContainTextAsync("#/actoin");
        await Assertions.Expect(page.Locator("#bench-errors")).ToContainTextAsync("#/action Is required.");
        await Assertions.Expect(page.Locator(".rc-bench-results")).ToHaveCountAsync(0);

        // Who neither writes nor publishes policies has no bench, whatever the address says.
        await using var others = await browser.NewContextAsync(bench.Console.Address.ToString());
        var reader = await others.NewPageAsync();
        await Screens.SignInAsync(reader, "reviewer", $"/policies/{own.Number}?show=bench");
        await Assertions.Expect(reader.Locator(".rc-studio-tabs a")).ToHaveTextAsync(["Rules", "Changes"]);
        await Assertions.Expect(reader.Locator(".rc-test")).ToHaveCountAsync(0);

        Task AskAsync() => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask the gate" }).PressAsync("Enter");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task Form_and_bench_are_clean_for_axe_with_a_long_policy_and_with_errors(ColorScheme theme, int width)
    {
        await using var bench = await StudioBench.StartAsync();
        var rules = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"  - rule: a-rule-with-quite-a-long-name-{i}\n    when: {{ any: [ {{ field: arguments/a/very/long/pointer/into/the/arguments, oneOf: [ '1', '2', three ] }}, {{ not: {{ field: kind, equals: email }} }} ] }}\n    then: {{ verdict: review, risk: high }}\n    x-owner: me\n"));
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit&rule=31");
        await Screens.LiveAsync(page, "policy");
        await page.Locator("#policy-text").FillAsync(Draft + rules.Replace("risk: high }\n    x-owner: me\n  - rule: a-rule-with-quite-a-long-name-29", "risk: hugh, queue: nowhere }\n    x-owner: me\n  - rule: a-rule-with-quite-a-long-name-29", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".rc-ruleform #effect-risk[aria-invalid]")).ToHaveCountAsync(1);
        await LookAsync("rule-errors");

        await Screens.OpenAsync(page, "/policies/2?show=bench");
        await LookAsync("bench-empty");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Put in an example" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask the gate" }).PressAsync("Enter");
        await page.Locator(".rc-bench-results").WaitForAsync();
        await LookAsync("bench");

        async Task LookAsync(string name)
        {
            await Screens.DrawnAsync(page);
            await Pictures.TakeAsync(page, $"policy-{name}-{width}-{theme}".ToLowerInvariant());
            await Axe.AssertCleanAsync(page, $"{name} {width} {theme}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} scrolls sideways.");
        }
    }

    [Fact]
    public async Task Every_word_of_form_and_bench_came_through_a_localizer()
    {
        await using var bench = await StudioBench.StartAsync(settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit");
        await Screens.LiveAsync(page, "policy");
        await Screens.AssertLocalizedAsync(page, "house", "Lucía Ortega");
        await Screens.OpenAsync(page, "/policies/2?show=bench");
        await page.Locator("#bench-text").FillAsync(Proposal);
        await page.Locator(".rc-test-ask button").ClickAsync();
        await page.Locator(".rc-bench-results").WaitForAsync();
        await Screens.AssertLocalizedAsync(page, "house", "Lucía Ortega");
    }
}
