using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Corrected fields that do not fit, by keyboard: they stand in what is missing, lead to their inputs, and nothing is committed.</summary>
public sealed class FieldFaultTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_field_that_does_not_fit_is_still_missing_and_nothing_is_committed()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var keys = new Presses(page);
        var id = await bench.SubmitAsync(Receipt);
        await bench.OpenAsync(id);
        await keys.PressAsync("2");
        await Screens.LiveAsync(page, "sheet");
        await bench.ReadAllAsync(1);
        await page.Locator(".rc-reason").Nth(1).ClickAsync();
        await page.Locator("#rationale").FocusAsync();
        await keys.WriteAsync("Read from the scan: the box had the wrong line.");
        var missing = page.Locator("#sheet footer li");

        // A date in the amount: said beside the input, in the sheet and in the bar; the commit leads back to the input.
        await page.Locator("#field-2-value").FocusAsync();
        await keys.WriteAsync("68.222026-11-19");
        await page.Locator("#field-2[data-state=invalid]").GetByText("This is no amount").WaitForAsync();
        await Assertions.Expect(missing).ToHaveTextAsync(["Mend field 2, “Total”", "Give field 3, “number”, a value: it is required"]);
        await Assertions.Expect(page.Locator(".rc-decisionbar")).ToContainTextAsync("Mend field 2");
        await Assertions.Expect(page.Locator("#field-2-value")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator("#rationale").FocusAsync();
        await keys.PressAsync("Control+Enter");
        await page.Locator("#field-2-value:focus").WaitForAsync();
        await Pictures.TakeAsync(page, "field-fault");
        Assert.Equal(ReviewStatus.Pending, bench.State(id).Status);

        // A required field that is emptied, and one that the source left empty.
        await keys.WriteAsync("68.20");
        await page.Locator("#field-2[data-state=changed]").WaitForAsync();
        await page.Locator("#field-1-value").FocusAsync();
        await keys.PressAsync("Control+a");
        await keys.PressAsync("Delete");
        await Assertions.Expect(missing).ToHaveTextAsync(["Give field 1, “shop”, a value: it is required", "Give field 3, “number”, a value: it is required"]);
        await keys.PressAsync("Control+Enter");
        await page.Locator("#field-1-value:focus").WaitForAsync();
        await Axe.AssertCleanAsync(page, "field faults");
        await keys.WriteAsync("Brambles");
        await Assertions.Expect(missing).ToHaveCountAsync(1);
        await keys.PressAsync("Control+Enter");
        await page.Locator("#field-3-value:focus").WaitForAsync();
        await keys.WriteAsync("4711");
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var decided = bench.Console.Services.GetRequiredService<ReviewReader>().Content(bench.State(id))!.Effective.Fields!;
        Assert.Equal(["Brambles", "68.20", "4711", "nine"], decided.Select(field => field.Value!.Value.GetString()!));
    }

    private const string Receipt = """
        { "source": { "system": "orders-agent" }, "kind": "extraction", "action": { "name": "post_receipt", "arguments": { "ledger": "travel" } },
          "evidence": [ { "id": "scan", "kind": "text", "title": "Receipt", "required": true, "content": "BRAMBLE 26/11/19 68.20" } ],
          "fields": [ { "name": "shop", "type": "text", "value": "Bramble", "required": true }, { "name": "total", "label": "Total", "type": "money", "value": "68.22", "required": true },
            { "name": "number", "type": "text", "value": null, "required": true }, { "name": "odd", "type": "money", "value": "nine" } ] }
        """;
}
