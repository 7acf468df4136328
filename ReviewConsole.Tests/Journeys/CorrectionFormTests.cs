using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Arguments corrected in the form that their schema makes: what stands in the inputs is what is decided.</summary>
public sealed class CorrectionFormTests(BrowserFixture browser)
{
    private const string Schema = """
        { "type": "object", "required": ["order", "amount", "currency"], "additionalProperties": false, "not": {},
          "properties": { "order": { "type": "string", "title": "Order number" }, "amount": { "type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$", "description": "What the customer gets back." },
            "currency": { "enum": ["USD", "EUR"] }, "fee": { "type": "number", "minimum": 0 }, "notify": { "type": "boolean" }, "lines": { "type": "array", "items": { "$ref": "#/$defs/line" } } },
          "$defs": { "line": { "type": "object", "required": ["sku"], "properties": { "sku": { "type": "string" }, "count": { "type": "integer", "minimum": 1 } } } } }
        """;

    private const string Arguments = """{ "order": "4XGCCM", "amount": "5074.00", "currency": "USD", "fee": 1.50, "notify": true, "lines": [ { "sku": "HAT116", "count": 1 } ] }""";

    [Fact]
    public async Task What_stands_in_the_form_is_what_is_decided()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var keys = new Presses(page);
        var id = await SubmitAsync(bench);
        await bench.OpenAsync(id);
        await OpenCorrectionAsync(page, keys, bench);

        // The form is the JSON: unchanged it changes nothing, whichever way one looks.
        await Json(page).ClickAsync();
        Assert.Equal(Compact(Arguments), Compact(await page.Locator("#arguments").InputValueAsync()));
        await FormButton(page).ClickAsync();
        Assert.Equal("1.5", await Input(page, "fee").InputValueAsync());
        await page.GetByText("Rules of the source that are not checked here: 1").WaitForAsync();
        Assert.Equal(0, await page.Locator(".rc-changes").CountAsync());

        // A value that does not fit is named beside its input and in what is missing, and nothing is committed.
        await Input(page, "amount").FocusAsync();
        await keys.WriteAsync("1292");
        await page.Locator("[id='argument#/arguments/amount-fault']").WaitForAsync();
        await Pictures.TakeAsync(page, "correction-form-unfit");
        await page.Locator("#sheet").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Mend “amount” in the arguments" }).WaitForAsync();
        await keys.PressAsync("Control+Enter");
        await page.Locator("[id='argument#/arguments/amount']:focus").WaitForAsync();
        Assert.Equal(ReviewStatus.Pending, bench.State(id).Status);

        await keys.WriteAsync("1292.00");
        await page.Locator("[id='argument#/arguments/amount-fault']").WaitForAsync(Gone());
        await Input(page, "currency").SelectOptionAsync(new SelectOptionValue { Label = "EUR" });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add an item to lines" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add sku" }).ClickAsync();
        await Input(page, "lines/1/sku").FillAsync("HAT020");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove notify" }).ClickAsync();
        await page.Locator(".rc-changes").GetByText("/arguments/notify").WaitForAsync();

        await WriteTheRestAsync(page, keys);

        // Typed and committed in one go: the last letters count.
        await Input(page, "fee").FocusAsync();
        await keys.WriteAsync("0.50");
        await page.Locator(".rc-changes").GetByText("+0.50").WaitForAsync();
        var shown = await page.Locator(".rc-sheet code[title^='sha256:']").GetAttributeAsync("title");
        await Pictures.TakeAsync(page, "correction-form");
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(Gone());

        var state = bench.State(id);
        Assert.Equal(shown, state.EffectiveDigest);
        var content = bench.Console.Services.GetRequiredService<ReviewReader>().Content(state)!;
        Assert.Equal(
            Compact("""{ "amount": "1292.00", "currency": "EUR", "fee": 0.5, "lines": [ { "count": 1, "sku": "HAT116" }, { "sku": "HAT020" } ], "order": "4XGCCM" }"""),
            Compact(content.Effective.Arguments.GetRawText()));
        var decided = bench.Console.Services.GetRequiredService<ReviewReader>().Read(id, null)!.Timeline.Select(entry => entry.Event).OfType<Decided>().Single();
        Assert.True(decided.EditDistance > 10, $"{decided.EditDistance}");
    }

    [Theory]
    [InlineData("Control+Enter")]
    [InlineData("Alt+x")]
    public async Task What_is_typed_just_before_the_commit_is_in_it_whatever_its_key(string commit)
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        await page.EvaluateAsync("key => { if (key !== 'Control+Enter') localStorage.setItem('rc-keys', JSON.stringify({ 'sheet.Commit': key })); }", commit);
        var keys = new Presses(page);
        var id = await SubmitAsync(bench);
        await bench.OpenAsync(id);
        await OpenCorrectionAsync(page, keys, bench);
        await Input(page, "amount").FillAsync("1292.00");
        await WriteTheRestAsync(page, keys);
        await Input(page, "amount").FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync("1359.00");
        await page.Keyboard.PressAsync(commit);
        await page.Locator(".rc-sheet").WaitForAsync(Gone());
        var content = bench.Console.Services.GetRequiredService<ReviewReader>().Content(bench.State(id))!;
        Assert.Equal("1359.00", content.Effective.Arguments.GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_schema_that_makes_no_form_leaves_the_json_and_says_why()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await SubmitAsync(bench, """{ "$ref": "#" }""");
        await bench.OpenAsync(id);
        await OpenCorrectionAsync(page, new Presses(page), bench);
        await page.GetByText("refers to itself in a circle").WaitForAsync();
        Assert.Equal(Compact(Arguments), Compact(await page.Locator("#arguments").InputValueAsync()));
        Assert.True(await FormButton(page).IsDisabledAsync());
    }

    [Fact]
    public async Task The_form_is_that_of_the_catalogue_whatever_schema_the_source_sends()
    {
        using var policy = new PolicyFile("catalogue: { issue_refund: { kind: refund, amount: /amount, arguments: { properties: { amount: { title: Money back, pattern: '^[0-9]{1,3}\\.[0-9]{2}$' } } } } }");
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: policy.Use);
        var page = bench.Page;
        await bench.OpenAsync(await SubmitAsync(bench, """{ "$ref": "#" }"""));
        await page.GetByText("Against the schema of the catalogue: arguments/amount (pattern ").First.WaitForAsync();
        await Pictures.TakeAsync(page, "catalogue-schema");
        await OpenCorrectionAsync(page, new Presses(page), bench);
        await page.GetByText("Money back").First.WaitForAsync();
        await page.Locator("[id='argument#/arguments/amount-fault']").WaitForAsync();
        await Pictures.TakeAsync(page, "catalogue-schema-form");
    }

    private static Task<Guid> SubmitAsync(WorkspaceBench bench, string schema = Schema) => bench.SubmitAsync(WorkspaceBench.Refund, body =>
    {
        body["action"]!["arguments"] = JsonNode.Parse(Arguments);
        body["action"]!["argumentsSchema"] = JsonNode.Parse(schema);
    });

    private static async Task OpenCorrectionAsync(IPage page, Presses keys, WorkspaceBench bench)
    {
        await keys.PressAsync("2");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#correction").WaitForAsync();
        await bench.ReadAllAsync(2);
    }

    private static async Task WriteTheRestAsync(IPage page, Presses keys)
    {
        await page.Locator(".rc-reason").Nth(1).ClickAsync();
        foreach (var box in await page.Locator("#acknowledge input[type=checkbox]").AllAsync())
        {
            await box.CheckAsync();
        }

        await page.Locator("#rationale").FocusAsync();
        await keys.WriteAsync("Only the second flight is unused; the first has flown.");
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
    }

    private static ILocator Input(IPage page, string name) => page.Locator($":is(input, textarea, select)[id='argument#/arguments/{name}']");

    private static ILocator FormButton(IPage page) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Form", Exact = true });

    private static ILocator Json(IPage page) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "JSON", Exact = true });

    private static LocatorWaitForOptions Gone() => new() { State = WaitForSelectorState.Detached };

    private static string Compact(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(JsonNode.Parse(json)));
}
