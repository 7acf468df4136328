using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Rendering;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>From one review to the next, and the room that a person gives to each pane.</summary>
public sealed class GoingOnTests(BrowserFixture browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_review_is_read_while_the_current_one_is_open_and_nothing_is_recorded_of_it()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var (first, second) = (await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Refund));
        var (contents, queue) = (bench.Console.Services.GetRequiredService<ContentReader>(), bench.Console.Services.GetRequiredService<QueueReader>());
        var size = await queue.LedgerSizeAsync(Cancellation);
        Assert.Equal(0, contents.Count);
        await bench.OpenAsync(first);
        await Eventually.HoldsAsync("the next review was read", () => contents.Count == 2);
        Assert.Null(bench.State(second).Claim);
        Assert.Equal(size, await queue.LedgerSizeAsync(Cancellation));
    }

    [Theory]
    [InlineData("u")]
    [InlineData("j")]
    [InlineData("k")]
    public async Task What_was_prepared_is_what_opens(string key)
    {
        var log = PreparedOnes();
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: log.Use);
        var first = await bench.SubmitAsync(WorkspaceBench.Refund);
        var second = await bench.SubmitAsync(WorkspaceBench.Refund, static body => body["evidence"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "scan", ["kind"] = "image", ["name"] = "receipt.png",
            ["base64"] = Convert.ToBase64String(File.ReadAllBytes(Path.Join(Repository.Root, "wwwroot-assets", "demo", "receipt-bramble.png"))),
        }));
        await bench.OpenAsync(first);
        await log.HeardAsync(first);

        // Now only who has read it before knows that it is a picture.
        var scan = await bench.BlobOfAsync(second, "scan");
        File.Delete(scan);
        await bench.Page.Keyboard.PressAsync(key);
        await Screens.AtAsync(bench.Page, $"/reviews/{second}");
        await bench.Page.Locator("#evidence-4 .rc-scan").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        Assert.Equal(key == "u", bench.State(second).Claim is not null);
    }

    [Fact]
    public async Task What_was_prepared_of_an_earlier_revision_does_not_open()
    {
        var log = PreparedOnes();
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: log.Use);
        var (first, second) = (await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Refund));
        await bench.OpenAsync(first);
        await log.HeardAsync(first);
        await bench.ReviseAsync(second, WorkspaceBench.Refund, static body => body["evidence"]![2]!["content"] = "The policy as it is now.");
        await bench.Page.Keyboard.PressAsync("j");
        await Screens.AtAsync(bench.Page, $"/reviews/{second}");
        await Assertions.Expect(bench.Page.Locator("#evidence-3 .rc-evidence-body")).ToHaveTextAsync("The policy as it is now.");
    }

    [Fact]
    public async Task A_review_that_was_left_while_it_was_read_does_not_come_back()
    {
        await PdfPagesTests.InstallAsync();
        // Nobody has read the document before the page does.
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: static settings => settings with
        {
            Services = static services => services.AddSingleton<FindUnshowable>(static (_, _) => ValueTask.FromResult(FrozenSet<string>.Empty)),
        });
        var first = await bench.SubmitAsync(WorkspaceBench.Refund);
        var slow = await bench.SubmitAsync(WorkspaceBench.Mail, static body => body["evidence"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "contract", ["kind"] = "pdf", ["name"] = "contract.pdf", ["base64"] = Convert.ToBase64String(PdfFile.Of([["Clause 1"]])),
        }));
        var held = new CancellationTokenSource();
        var slots = HoldPoppler(bench.Console.Services.GetRequiredService<Poppler>(), held.Token);
        await bench.OpenAsync(first);
        await bench.Page.Keyboard.PressAsync("j");
        await Screens.AtAsync(bench.Page, $"/reviews/{slow}");
        await bench.Page.Locator(".rc-loading").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await bench.Page.GoBackAsync();
        await Screens.AtAsync(bench.Page, $"/reviews/{first}");
        await bench.Page.Locator("h1").GetByText("issue_refund").WaitForAsync();

        // The document is there, the page has heard of it, and obeys a key after it.
        await held.CancelAsync();
        await slots;
        Assert.NotNull(await bench.Console.Services.GetRequiredService<PdfPages>().ReadAsync(Path.GetFileName(await bench.BlobOfAsync(slow, "contract")), Cancellation));
        await Screens.LiveAsync(bench.Page, "workspace");
        await bench.Page.Keyboard.PressAsync("m");
        await bench.Page.Locator("#note:focus").WaitForAsync();
        await Assertions.Expect(bench.Page.Locator("h1")).ToContainTextAsync("issue_refund");
        held.Dispose();
    }

    [Fact]
    public async Task Who_comes_back_finds_it_as_it_opened_and_not_as_it_was_left()
    {
        var log = PreparedOnes();
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: log.Use);
        var rows = new JsonArray([.. Enumerable.Range(1, 300).Select(i => new JsonArray($"SKU-{i}"))]);
        var first = await bench.SubmitAsync(WorkspaceBench.Refund, body => body["evidence"]![1] = new JsonObject
        {
            ["id"] = "reservation", ["kind"] = "table", ["title"] = "Prices", ["content"] = new JsonObject { ["columns"] = new JsonArray("sku"), ["rows"] = rows },
        });
        var second = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(first);
        var drawn = bench.Page.Locator("#evidence-2 tbody tr");
        await bench.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show all" }).ClickAsync();
        await Assertions.Expect(drawn).ToHaveCountAsync(300);
        await bench.Page.Keyboard.PressAsync("j");
        await Screens.AtAsync(bench.Page, $"/reviews/{second}");
        await log.HeardAsync(second);
        await bench.Page.Keyboard.PressAsync("k");
        await Screens.AtAsync(bench.Page, $"/reviews/{first}");
        await Assertions.Expect(drawn).ToHaveCountAsync(200);
    }

    [Fact]
    public async Task Keys_pressed_faster_than_reviews_open_lead_as_far_as_they_say()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var ids = new[] { await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Mail) };
        await bench.OpenAsync(ids[0]);
        foreach (var key in "jjkjkkjj")
        {
            await bench.Page.Keyboard.PressAsync(key.ToString());
        }

        await Screens.AtAsync(bench.Page, $"/reviews/{ids[2]}");
        await bench.Page.GetByText("3 of 3").WaitForAsync();
    }

    [Fact]
    public async Task The_item_bar_says_where_the_review_stands_and_leads_to_its_neighbours()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var ids = new[] { await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Mail) };
        await bench.OpenAsync(ids[0]);
        await bench.Page.GetByText("1 of 3").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("j");
        await Screens.AtAsync(bench.Page, $"/reviews/{ids[1]}");
        await bench.Page.GetByText("2 of 3").WaitForAsync();
        await bench.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Next item, by due time" }).ClickAsync();
        await Screens.AtAsync(bench.Page, $"/reviews/{ids[2]}");
        await bench.Page.GetByText("3 of 3").WaitForAsync();
        await Screens.LiveAsync(bench.Page, "workspace");
        await bench.Page.Keyboard.PressAsync("j");
        await Screens.AtAsync(bench.Page, $"/reviews/{ids[0]}");
        await bench.Page.GetByText("1 of 3").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("k");
        await Screens.AtAsync(bench.Page, $"/reviews/{ids[2]}");
        Assert.All(ids, id => Assert.Null(bench.State(id).Claim));
    }

    [Fact]
    public async Task Panes_are_moved_by_mouse_and_keys_and_remembered_for_each_layout()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var (refund, mail) = (await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Mail));
        await bench.OpenAsync(refund);
        var (evidence, proposal, checks) = await WidthsAsync(page);
        var first = page.Locator(".rc-splitter").Nth(0);
        await first.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal((evidence + 32, proposal - 32, checks), await WidthsAsync(page));
        Assert.Equal(Math.Round(100.0 * (evidence + 32) / (evidence + proposal)), double.Parse((await first.GetAttributeAsync("aria-valuenow"))!, System.Globalization.CultureInfo.InvariantCulture));

        var second = (await page.Locator(".rc-splitter").Nth(1).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(second.X + 12, second.Y + 24);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(second.X + 52, second.Y + 24);
        await page.Mouse.MoveAsync(second.X + 92, second.Y + 24);
        await page.Mouse.UpAsync();
        Assert.Equal((evidence + 32, proposal + 48, checks - 80), await WidthsAsync(page));
        await Pictures.TakeAsync(page, "panes");
        await Axe.AssertCleanAsync(page, "panes");

        await bench.OpenAsync(mail);
        var draft = await WidthsAsync(page);
        await bench.OpenAsync(refund);
        Assert.Equal((evidence + 32, proposal + 48, checks - 80), await WidthsAsync(page));
        await page.Keyboard.PressAsync("1");
        await Screens.LiveAsync(page, "sheet");
        Assert.Equal(checks - 80, (int)Math.Round((await page.Locator(".rc-sheet").BoundingBoxAsync())!.Width));
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        // Neither goes below what can be read.
        await first.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        Assert.True((await WidthsAsync(page)).Evidence >= 256);
        await first.DblClickAsync();
        Assert.Equal((evidence, proposal, checks), await WidthsAsync(page));
        await bench.OpenAsync(mail);
        Assert.Equal(draft, await WidthsAsync(page));
    }

    private static LogEar PreparedOnes() => new("ReviewConsole.Components.Review.ReviewPage", "LogPrepared");

    // As many documents as can be read at once are being read, until they are let go.
    private static Task HoldPoppler(Poppler poppler, CancellationToken letGo) => Task.WhenAll(Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(async _ =>
    {
        try
        {
            while (true)
            {
                await poppler.RunAsync("sleep", ["60"], 1, letGo);
            }
        }
        catch (OperationCanceledException)
        {
            // Let go.
        }
    }));

    private static async Task<(int Evidence, int Proposal, int Checks)> WidthsAsync(IPage page)
    {
        var widths = await page.EvaluateAsync<int[]>("['evidence', 'proposal', 'checks'].map(pane => Math.round(document.querySelector('.rc-pane-' + pane).getBoundingClientRect().width))");
        return (widths[0], widths[1], widths[2]);
    }
}
