using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;
using Xunit;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Long records by keyboard alone: a tree is searched and folded, a table scrolled under its head.</summary>
public sealed class LongEvidenceTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_tree_is_searched_by_name_and_value_and_its_parts_fold()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var orders = new JsonObject();
        for (var i = 1; i <= 400; i++)
        {
            orders[string.Create(CultureInfo.InvariantCulture, $"order{i}")] = new JsonObject
            {
                ["note"] = new string('n', 130),
                ["paid"] = new JsonObject { ["by"] = new JsonObject { ["card"] = new JsonObject { ["bank"] = i % 100 == 0 ? "Bank of Larch" : "Bank of Oak", ["remark"] = new string('r', 130) } } },
            };
        }
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, body => body["evidence"]![1]!["content"] = new JsonObject { ["orders"] = orders, ["total"] = JsonNode.Parse("1250.10") });
        await bench.OpenAsync(id);
        var evidence = bench.Page.Locator("#evidence-2");
        await evidence.GetByRole(AriaRole.Searchbox).FocusAsync();
        await bench.Page.Keyboard.TypeAsync("larch");
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(evidence.Locator("[data-hit-at]")).ToHaveTextAsync("1 of 4");
        await Assertions.Expect(evidence.Locator("[data-hit][data-current]")).ToBeInViewportAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(evidence.Locator("[data-hit-at]")).ToHaveTextAsync("3 of 4");
        await Assertions.Expect(evidence.Locator("[data-hit][data-current]")).ToBeInViewportAsync();
        await Assertions.Expect(evidence.Locator(".rc-json-part", new LocatorLocatorOptions { Has = bench.Page.Locator("[data-hit][data-current]") }).Nth(1).Locator("dt").First).ToHaveTextAsync("order300");

        // A part closes and opens by its summary.
        var part = evidence.Locator("details").First;
        await part.Locator("summary").First.FocusAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        Assert.Null(await part.GetAttributeAsync("open"));
        await evidence.GetByRole(AriaRole.Searchbox).FocusAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(evidence.Locator("[data-hit-at]")).ToHaveTextAsync("4 of 4");
        await Assertions.Expect(evidence.Locator("[data-hit][data-current]")).ToBeInViewportAsync();

        await bench.Page.Keyboard.PressAsync("Control+a");
        await bench.Page.Keyboard.TypeAsync("1250.1");
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(evidence.Locator("[data-hit-at]")).ToHaveTextAsync("1 of 1");
        await Axe.AssertCleanAsync(bench.Page, "a tree that is searched");
    }

    [Fact]
    public async Task A_table_of_five_thousand_rows_opens_with_its_beginning_keeps_its_head_and_every_row_can_be_reached()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var rows = new JsonArray([.. Enumerable.Range(1, 5_000).Select(i => new JsonArray($"SKU-{i}", "Larch timber, planed", i, "EUR"))]);
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, body => body["evidence"]![1] = new JsonObject
        {
            ["id"] = "reservation", ["kind"] = "table", ["title"] = "Prices", ["required"] = true, ["content"] = new JsonObject { ["columns"] = new JsonArray("sku", "name", "price", "currency"), ["rows"] = rows },
        });
        await bench.OpenAsync(id);
        var evidence = bench.Page.Locator("#evidence-2");
        await Assertions.Expect(evidence.Locator(".rc-table-count")).ToHaveTextAsync("Table, 5,000 rows");
        Assert.Equal(200, await evidence.Locator("tbody tr").CountAsync());
        await evidence.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show all" }).FocusAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(evidence.Locator("tbody tr")).ToHaveCountAsync(5_000);
        await evidence.Locator(".rc-scroll").FocusAsync();
        await bench.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(evidence.Locator("tbody tr").Last).ToBeInViewportAsync();
        await Assertions.Expect(evidence.Locator("tbody tr").Last).ToContainTextAsync("SKU-5000");
        await Assertions.Expect(evidence.Locator("th").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_long_conversation_is_heard_in_order_searched_and_read_to_its_end()
    {
        const int Turns = 200;
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var turns = new JsonArray([.. Enumerable.Range(1, Turns).Select(i => new JsonObject
        {
            ["from"] = i % 2 == 0 ? "agent" : "customer", ["text"] = $"Turn {i}. {(i == 170 ? "The parcel is in Larch Street." : "Where is it, and since when?")}",
        })]);
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, body => body["evidence"]![0]!["content"] = turns);
        await bench.OpenAsync(id);

        // What nobody has come near is drawn a moment later, and read out in its place.
        var session = await bench.Context.NewCDPSessionAsync(bench.Page);
        string[] heard = [];
        await Eventually.HoldsAsync("every turn is read out", async () => (heard = await HeardAsync(session)).Length == Turns);
        Assert.Equal(Enumerable.Range(1, Turns).Select(static i => $"Turn {i}"), heard);

        var evidence = bench.Page.Locator("#evidence-1");
        await evidence.GetByRole(AriaRole.Searchbox).FocusAsync();
        await bench.Page.Keyboard.TypeAsync("larch street");
        await bench.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(evidence.Locator("[data-hit-at]")).ToHaveTextAsync("1 of 1");
        await Assertions.Expect(evidence.Locator("[data-hit][data-current]")).ToBeInViewportAsync();

        await bench.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Claim" }).First.ClickAsync();
        await bench.ReadAllAsync(2);
    }

    private static async Task<string[]> HeardAsync(ICDPSession session) => [.. (await session.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray()
        .Where(static node => node.TryGetProperty("role", out var role) && role.GetProperty("value").GetString() == "StaticText")
        .Select(static node => node.GetProperty("name").GetProperty("value").GetString()!).Where(static name => name.StartsWith("Turn ", StringComparison.Ordinal))
        .Select(static name => name[..name.IndexOf('.', StringComparison.Ordinal)])];
}
