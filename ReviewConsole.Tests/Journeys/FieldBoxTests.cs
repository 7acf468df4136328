using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Fields and their boxes on the picture, by mouse and by key; the boxes that a person drew are kept with the correction.</summary>
public sealed class FieldBoxTests(BrowserFixture browser)
{
    [Fact]
    public async Task Boxes_are_moved_drawn_and_turned_with_their_picture()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var keys = new Presses(page);
        var id = await bench.SubmitAsync(Receipt());
        await bench.OpenAsync(id);
        await page.Locator("#evidence-1 img").EvaluateAsync("e => e.decode()");

        // Zoomed, turned and fitted by key.
        await keys.PressAsync("+");
        await page.GetByText("150 %").WaitForAsync();
        // A drag moves the picture, sideways and up and down, and no box with it. A picture that has grown keeps its middle: it moves once more by itself.
        await Screens.DrawnAsync(page);
        var frame = (await page.Locator("#evidence-1 .rc-scan").BoundingBoxAsync())!;
        const string at = "e => e.scrollLeft + ' ' + e.closest('.rc-pane-body').scrollTop";
        var before = await page.Locator("#evidence-1 .rc-scan").EvaluateAsync<string>(at);
        await page.Mouse.MoveAsync(frame.X + 300, frame.Y + 400);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(frame.X + 240, frame.Y + 300, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        var (from, to) = (Numbers(before), Numbers(await page.Locator("#evidence-1 .rc-scan").EvaluateAsync<string>(at)));
        Assert.Equal((60, 100), (Math.Round(to[0] - from[0]), Math.Round(to[1] - from[1])));
        await keys.PressAsync("r");
        await page.Locator("#evidence-1 .rc-scan-turn[data-turn='1']").WaitForAsync(Attached());
        await keys.PressAsync("0");
        await page.Locator("#evidence-1 .rc-scan-turn[data-turn='0']").WaitForAsync(Attached());

        await keys.PressAsync("2");
        await page.Locator("#correction").WaitForAsync();
        await page.GetByText("The source gave no place in the image.").WaitForAsync();

        // Typed, where the source had none.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add box for field 2" }).ClickAsync();
        await page.GetByText("Box of field 2: drag it, or type").ClickAsync();
        await Side(page, 2, 0).FillAsync("40");
        await page.Locator("#box-2 .rc-box-frame[x='40']").WaitForAsync(Attached());

        // Dragged: pixels of the screen become pixels of the picture, upright and turned.
        await page.Locator("#box-1 .rc-box-frame").ClickAsync();
        await page.Locator("#box-1[data-editing]").WaitForAsync(Attached());
        Assert.Equal((100, 200), await DragAsync(page, 0, 0));
        var scale = await page.Locator("#evidence-1 .rc-scan svg").EvaluateAsync<double>("e => e.getBoundingClientRect().width / e.viewBox.baseVal.width");
        var (x, y) = await DragAsync(page, 30, 12);
        Assert.Equal(100 + (30 / scale), x, 1.0);
        Assert.Equal(200 + (12 / scale), y, 1.0);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Turn to the right" }).ClickAsync();
        await page.Locator("#evidence-1 .rc-scan-turn[data-turn='1']").WaitForAsync(Attached());
        await Screens.DrawnAsync(page);
        scale = await page.Locator("#evidence-1 .rc-scan svg").EvaluateAsync<double>("e => e.getBoundingClientRect().width / e.viewBox.baseVal.height");
        var (x2, y2) = await DragAsync(page, 0, 20);
        Assert.Equal(x + (20 / scale), x2, 1.0);
        Assert.Equal(y, y2, 1.0);
        await Pictures.TakeAsync(page, "boxes-turned");
        await Axe.AssertCleanAsync(page, "boxes");

        // There and back by key.
        await page.Locator("#field-1").FocusAsync();
        await keys.PressAsync("b");
        await page.Locator("#evidence-1 .rc-scan:focus").WaitForAsync();
        await page.Locator("html:not([data-waiting])").WaitForAsync(Attached());
        await keys.PressAsync("b");
        await page.Locator("#field-1-value:focus").WaitForAsync();

        // A box alone is no correction; with a value it goes with it.
        await page.Locator("#sheet").GetByText("A moved box alone changes nothing that runs").WaitForAsync();
        await keys.WriteAsync("19.00");
        await page.Locator("#field-1 ins").WaitForAsync();
        await page.Locator(".rc-reason").Nth(1).ClickAsync();
        await bench.ReadAllAsync(1);
        await page.Locator("#rationale").FocusAsync();
        await keys.WriteAsync("Read from the scan: the box had the wrong line.");
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await Pictures.TakeAsync(page, "boxes");
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        var decided = bench.Console.Services.GetRequiredService<ReviewReader>().Content(bench.State(id))!.Effective.Fields!;
        Assert.Equal(["\"19.00\"", "\"Bramble\""], decided.Select(field => field.Value!.Value.GetRawText()));
        Assert.Equal((x2, y2), (decided[0].Box!.Value.X, decided[0].Box!.Value.Y));
        Assert.Equal(40, decided[1].Box!.Value.X);
    }

    private static async Task<(double X, double Y)> DragAsync(IPage page, float right, float down)
    {
        var box = (await page.Locator("#box-1 .rc-box-frame").BoundingBoxAsync())!;
        var before = await page.Locator("#box-1 .rc-box-frame").EvaluateAsync<string>("e => e.getAttribute('x') + ' ' + e.getAttribute('y')");
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + right, box.Y + (box.Height / 2) + down, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        var now = await page.Locator("#box-1 .rc-box-frame").EvaluateAsync<string>("e => e.getAttribute('x') + ' ' + e.getAttribute('y')");
        Assert.Equal(right == 0 && down == 0, before == now);
        var sides = Numbers(now);
        // Its numbers say the same, once the server has drawn it.
        await Assertions.Expect(Side(page, 1, 0)).ToHaveValueAsync(sides[0].ToString("0.##", CultureInfo.InvariantCulture));
        await Assertions.Expect(Side(page, 1, 1)).ToHaveValueAsync(sides[1].ToString("0.##", CultureInfo.InvariantCulture));
        return (sides[0], sides[1]);
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    private static ILocator Side(IPage page, int field, int side) => page.Locator($"#field-{field}-box-{side}");

    private static LocatorWaitForOptions Attached() => new() { State = WaitForSelectorState.Attached };

    private static string Receipt() => new JsonObject
    {
        ["source"] = new JsonObject { ["system"] = "orders-agent" },
        ["kind"] = "extraction",
        ["action"] = new JsonObject { ["name"] = "post_receipt", ["arguments"] = new JsonObject { ["ledger"] = "travel" } },
        ["evidence"] = new JsonArray(new JsonObject
        {
            ["id"] = "scan", ["kind"] = "image", ["title"] = "Receipt", ["required"] = true, ["name"] = "receipt.png",
            ["base64"] = Convert.ToBase64String(File.ReadAllBytes(Path.Join(Repository.Root, "wwwroot-assets", "demo", "receipt-bramble.png"))),
        }),
        ["fields"] = new JsonArray(
            new JsonObject { ["name"] = "total", ["type"] = "money", ["value"] = "9.00", ["required"] = true, ["evidence"] = "scan", ["box"] = new JsonArray(100, 200, 120, 40) },
            new JsonObject { ["name"] = "shop", ["type"] = "text", ["value"] = "Bramble", ["evidence"] = "scan" }),
    }.ToJsonString();
}
