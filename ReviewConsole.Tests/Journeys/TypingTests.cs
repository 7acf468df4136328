using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Typing never waits for the server (SCREENS.md §0.6): it neither writes into an input nor takes it away while somebody types.</summary>
public sealed class TypingTests(BrowserFixture browser)
{
    private const string Schema = """
        { "type": "object", "properties": { "amount": { "type": "number" }, "why": { "type": "string" }, "any": {}, "lines": { "type": "array", "items": { "type": "string" } } } }
        """;

    private const string Arguments = """{ "amount": 900, "why": "damaged", "any": 5, "lines": [ "one", "two", "three" ] }""";

    [Theory]
    [InlineData("amount", "900", ".", "0", "5", "900.05")]
    [InlineData("any", "5", ".", "0", "7", "5.07")]
    public async Task An_amount_typed_with_pauses_is_the_amount_that_was_meant(string name, string before, string first, string second, string third, string meant)
    {
        await using var bench = await OpenAsync();
        var page = bench.Page;
        await Assertions.Expect(Input(page, name)).ToHaveValueAsync(before);
        await Input(page, name).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync(first);
        await Added(page, $"+\"{before}.\"").WaitForAsync();
        await page.Keyboard.PressAsync(second);
        // The same number as proposed: nothing is changed, and the input is left alone.
        await page.Locator(".rc-changes").WaitForAsync(Gone());
        await page.Keyboard.PressAsync(third);
        await Added(page, "+" + meant).WaitForAsync();
        await Assertions.Expect(Input(page, name)).ToHaveValueAsync(meant);
    }

    [Fact]
    public async Task Letters_that_come_while_the_server_answers_stay()
    {
        await using var bench = await OpenAsync();
        var page = bench.Page;
        // The server hears of "12" and answers after "125" stands there.
        await Input(page, "amount").EvaluateAsync("e => { e.value = '12'; e.dispatchEvent(new Event('change', { bubbles: true })); e.value = '125'; }");
        await Added(page, "+12").WaitForAsync();
        await Assertions.Expect(Input(page, "amount")).ToHaveValueAsync("125");
    }

    [Fact]
    public async Task Letters_that_come_while_the_server_answers_stay_in_a_field_too()
    {
        await using var bench = await OpenAsync(body => body["fields"] = new JsonArray(new JsonObject { ["name"] = "total", ["type"] = "text", ["value"] = "9.00" }));
        var input = bench.Page.Locator("#field-1-value");
        await input.EvaluateAsync("e => { e.value = '12'; e.dispatchEvent(new Event('change', { bubbles: true })); e.value = '125'; }");
        await bench.Page.Locator("#field-1 ins").GetByText("+12", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        await Assertions.Expect(input).ToHaveValueAsync("125");
    }

    [Fact]
    public async Task A_text_that_grows_long_is_typed_to_its_end_in_one_input()
    {
        await using var bench = await OpenAsync();
        var page = bench.Page;
        var grown = "damaged" + new string('x', 60);
        await Input(page, "why").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(grown["damaged".Length..]);
        await Added(page, $"+\"{grown}\"").WaitForAsync();
        await page.Keyboard.TypeAsync("3 and 1");
        await Added(page, $"+\"{grown}3 and 1\"").WaitForAsync();
        await page.Locator("[id='argument#/arguments/why']:focus").WaitForAsync();
    }

    [Fact]
    public async Task Json_that_was_broken_when_it_was_left_is_mended_where_it_stands()
    {
        await using var bench = await OpenAsync();
        var page = bench.Page;
        await Button(page, "JSON").ClickAsync();
        await page.Locator("#arguments").FillAsync("""{ "amount": 7""");
        await page.Locator("#arguments-fault .rc-field-note").WaitForAsync();
        await page.Locator("[data-editor=arguments] [data-editor-unsent][hidden]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.ReloadAsync();
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#arguments").FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("}");
        await Added(page, "+7").WaitForAsync();
        await page.Locator("#arguments:focus").WaitForAsync();
        await Button(page, "Form").ClickAsync();
        await Assertions.Expect(Input(page, "amount")).ToHaveValueAsync("7");
    }

    [Fact]
    public async Task What_was_changed_elsewhere_stands_in_the_inputs()
    {
        await using var bench = await OpenAsync();
        var page = bench.Page;
        await Input(page, "lines/2").FillAsync("drei");
        await page.Locator(".rc-changes ins").GetByText("drei").WaitForAsync();
        await page.Locator("[id='argument#/arguments/lines/0']").Locator("xpath=ancestor::*[contains(@class, 'rc-form-part')][1]").GetByRole(AriaRole.Button).ClickAsync();
        await Input(page, "lines/2").WaitForAsync(Gone());
        await Assertions.Expect(Input(page, "lines/0")).ToHaveValueAsync("two");
        await Assertions.Expect(Input(page, "lines/1")).ToHaveValueAsync("drei");

        await Input(page, "amount").FillAsync("901");
        await Added(page, "+901").WaitForAsync();
        await Button(page, "Undo changes").ClickAsync();
        await page.Locator(".rc-changes").WaitForAsync(Gone());
        await Assertions.Expect(Input(page, "amount")).ToHaveValueAsync("900");
        await Assertions.Expect(Input(page, "lines/2")).ToHaveValueAsync("three");
    }

    private async Task<WorkspaceBench> OpenAsync(Action<JsonObject>? change = null)
    {
        var bench = await WorkspaceBench.StartAsync(browser);
        await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Refund, body =>
        {
            body["action"]!["arguments"] = JsonNode.Parse(Arguments);
            body["action"]!["argumentsSchema"] = JsonNode.Parse(Schema);
            change?.Invoke(body);
        }));
        await bench.Page.Keyboard.PressAsync("2");
        await Screens.LiveAsync(bench.Page, "sheet");
        await bench.Page.Locator("#correction").WaitForAsync();
        return bench;
    }

    private static ILocator Input(IPage page, string name) => page.Locator($":is(input, textarea, select)[id='argument#/arguments/{name}']");

    private static ILocator Added(IPage page, string text) => page.Locator(".rc-changes ins").GetByText(text, new LocatorGetByTextOptions { Exact = true });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    private static LocatorWaitForOptions Gone() => new() { State = WaitForSelectorState.Detached };
}
