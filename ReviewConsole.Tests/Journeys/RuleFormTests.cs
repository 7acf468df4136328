using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Policies;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A rule or an action as a form beside its text, without a mouse: what is entered stands in its lines, and what is written there stands in the form.</summary>
public sealed class RuleFormTests(BrowserFixture browser)
{
    private const string Draft = """
        extends: default
        policy: house
        version: 1
        # What the board has said in May
        rules:
          - rule: mine        # since May
            when: { field: impact.amount, atLeast: 500 }   # in USD
            then: { verdict: review, risk: high }

          - rule: odd
            when: { not: { field: kind, equals: email } }
            then: { verdict: review, risk: low }

        """;

    [Fact]
    public async Task What_is_entered_stands_in_the_lines_of_its_rule_and_nowhere_else()
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        var keys = new Presses(page);
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit");
        await Screens.LiveAsync(page, "policy");
        var text = page.Locator("#policy-text");
        await Assertions.Expect(page.Locator("#clause-0-value0")).ToHaveValueAsync("500");

        // Down the list and up again, into the form, to the amount.
        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await Assertions.Expect(page.Locator("#rule-name")).ToHaveValueAsync("odd");
        await Assertions.Expect(page.Locator(".rc-ruleform")).ToContainTextAsync("not this");
        await Assertions.Expect(page.Locator(".rc-ruleform")).ToContainTextAsync("change it in the text");
        await keys.PressAsync("k");
        await Assertions.Expect(page.Locator("#rule-name")).ToHaveValueAsync("mine");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#rule-name")).ToBeFocusedAsync();
        foreach (var id in new[] { "rule-reason", "clause-0-field", "clause-0-op", "clause-0-value0" })
        {
            await keys.PressAsync("Tab");
            await Assertions.Expect(page.Locator("#" + id)).ToBeFocusedAsync();
        }

        await keys.WriteAsync("12 50");
        await Assertions.Expect(text).ToHaveValueAsync(Draft.Replace("500", "12 50", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#clause-0-faults")).ToContainTextAsync("Must be a plain number");
        await Assertions.Expect(page.Locator("[data-row='0'] .rc-icon")).ToBeVisibleAsync();
        await keys.WriteAsync("1250");
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("It reads as a policy.");
        await page.Locator("#effect-hold").FocusAsync();
        await keys.WriteAsync("30 s");
        var changed = Draft.Replace("500", "1250", StringComparison.Ordinal).Replace("risk: high }", "risk: high, hold: 30 s }", StringComparison.Ordinal);
        await Assertions.Expect(text).ToHaveValueAsync(changed);

        // What is written in the text stands in the form.
        await text.FillAsync(changed.Replace("30 s", "45 s", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#effect-hold")).ToHaveValueAsync("45 s");

        // What was entered last is saved with the rest, also when its field still has the focus.
        await page.Locator("#rule-reason").FocusAsync();
        await keys.WriteAsync("Much money: look");
        await keys.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".rc-banner")).ToContainTextAsync("The draft is saved.");
        Assert.Equal(
            changed.Replace("30 s }\n", "45 s }\n    reason: 'Much money: look'\n", StringComparison.Ordinal), bench.Shelf.Policies.Single(policy => policy.Number == 2).Text);
    }

    [Fact]
    public async Task Rules_are_added_copied_moved_taken_over_and_deleted_as_text()
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit&rule=2");
        await Screens.LiveAsync(page, "policy");
        var rows = page.Locator(".rc-rulelist-rows [data-row]");
        await Assertions.Expect(rows).ToHaveTextAsync(["mine", "odd"]);
        await Assertions.Expect(page.Locator("#rule-name")).ToHaveValueAsync("odd");

        await ActAsync("Move up");
        await Assertions.Expect(rows).ToHaveTextAsync(["odd", "mine"]);
        await Assertions.Expect(page.Locator("#rule-name")).ToHaveValueAsync("odd");
        await ActAsync("Duplicate");
        await Assertions.Expect(rows).ToHaveTextAsync(["odd", "odd-2", "mine"]);
        await Assertions.Expect(page.Locator("#rule-name")).ToHaveValueAsync("odd-2");
        await ActAsync("Delete");
        await Assertions.Expect(rows).ToHaveTextAsync(["odd", "mine"]);
        await Assertions.Expect(page.Locator("#rule-name")).ToHaveValueAsync("mine");
        await page.Locator("#entry-inherited").SelectOptionAsync("outside");
        await ActAsync("Copy here to change it");
        await Assertions.Expect(rows).ToHaveTextAsync(["odd", "mine", "outside"]);
        await Assertions.Expect(page.Locator("#clause-1-field")).ToHaveValueAsync("impact.affectsTrust");
        await page.Locator("#clause-0-op").SelectOptionAsync("missing");
        await page.Locator("#rule-match").SelectOptionAsync("All");
        await ActAsync("Add");
        await Assertions.Expect(rows).ToHaveTextAsync(["odd", "mine", "outside", "new-rule"]);

        await Assertions.Expect(page.Locator("#policy-text")).ToHaveValueAsync("""
            extends: default
            policy: house
            version: 1
            # What the board has said in May
            rules:
              - rule: odd
                when: { not: { field: kind, equals: email } }
                then: { verdict: review, risk: low }

              - rule: mine        # since May
                when: { field: impact.amount, atLeast: 500 }   # in USD
                then: { verdict: review, risk: high }

              - rule: outside
                when:
                  all:
                    - { field: impact.externallyVisible, missing: true }
                    - { field: impact.affectsTrust, equals: true }
                then: { verdict: review, risk: medium }
                reason: Visible outside, or affects trust

              - rule: new-rule
                when: { field: kind, equals: refund }
                then: { verdict: review, risk: medium }

            """);
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("It reads as a policy.");

        async Task ActAsync(string name) => await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).PressAsync("Enter");
    }

    [Fact]
    public async Task An_action_of_the_catalogue_is_written_in_its_lines_and_what_no_form_can_keep_is_left_to_the_text()
    {
        await using var bench = await StudioBench.StartAsync();
        await bench.DraftAsync(Draft);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        var keys = new Presses(page);
        await Screens.SignInAsync(page, "author", "/policies/2?show=edit");
        await Screens.LiveAsync(page, "policy");
        var (text, rows) = (page.Locator("#policy-text"), page.Locator(".rc-rulelist-rows [data-row]"));
        await page.Locator(".rc-studio-parts a").Nth(1).FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".rc-rulelist")).ToContainTextAsync("This text has no actions of its own.");
        await page.Locator("#entry-add").PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveTextAsync(["new_action"]);

        await rows.First.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#action-name")).ToBeFocusedAsync();
        await keys.WriteAsync("pay_out");
        foreach (var (id, word) in new[] { ("kind", "refund"), ("risk", "high"), ("amount", "sum") })
        {
            await keys.PressAsync("Tab");
            await Assertions.Expect(page.Locator("#action-" + id)).ToBeFocusedAsync();
            await (id == "risk" ? page.Keyboard.TypeAsync(word) : keys.WriteAsync(word));
        }

        await Assertions.Expect(page.Locator("#fault-amount")).ToContainTextAsync("Must be a JSON pointer into the arguments, like /amount.");
        await Assertions.Expect(page.Locator("#fault-amount")).ToContainTextAsync("Line 17, column 13");
        await Assertions.Expect(rows.First.Locator(".rc-icon")).ToBeVisibleAsync();
        await keys.WriteAsync("/sum");
        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "pdf" }).PressAsync(" ");
        const string Catalogue = "catalogue:\n  pay_out:\n    kind: refund\n    risk: high\n    amount: /sum\n    evidence: [pdf]\n";
        await Assertions.Expect(text).ToHaveValueAsync(Draft + Catalogue);
        await Assertions.Expect(page.Locator("#policy-errors")).ToContainTextAsync("It reads as a policy.");

        // What is written in the text stands in the form; a layout that it could not keep is left alone.
        await text.FillAsync(Draft + "catalogue:\n  ? pay_out\n  : kind: refund\n");
        await Assertions.Expect(page.Locator("[data-panes=edit]")).ToContainTextAsync("Change it in the text.");
        await text.FillAsync(Draft + Catalogue.Replace("/sum", "/total   # with tax", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#action-amount")).ToHaveValueAsync("/total");

        await page.Locator("#action-recipient").FocusAsync();
        await keys.WriteAsync("/to");
        await keys.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".rc-banner")).ToContainTextAsync("The draft is saved.");
        Assert.Equal(Draft + Catalogue.Replace("/sum", "/total   # with tax", StringComparison.Ordinal) + "    recipient: /to\n", bench.Shelf.Policies.Single(policy => policy.Number == 2).Text);
    }
}
