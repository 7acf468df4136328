using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>The workspace in a real browser: each decision by keyboard, each state, both themes, axe.</summary>
public sealed class WorkspaceTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 320, 720)]
    public async Task A_refund_is_claimed_read_approved_and_taken_back_by_keyboard_and_is_clean_for_axe(ColorScheme theme, int width, int height)
    {
        await using var bench = await WorkspaceBench.StartAsync(browser, theme, width, height);
        var form = $"{width}-{theme}".ToLowerInvariant();
        var id = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(id);
        Assert.Null(bench.State(id).Claim);
        await Pictures.TakeAsync(bench.Page, "review-free-" + form);
        await Axe.AssertCleanAsync(bench.Page, "review free " + form);

        await bench.Page.Keyboard.PressAsync("1");
        await Screens.LiveAsync(bench.Page, "sheet");
        Assert.NotNull(bench.State(id).Claim);
        await Pictures.TakeAsync(bench.Page, "review-sheet-" + form);
        await Axe.AssertCleanAsync(bench.Page, "review sheet " + form);
        if (width > 320)
        {
            await bench.ReadAllAsync(3);
        }
        else
        {
            await bench.Page.Keyboard.PressAsync("Escape");
            await bench.Page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
            await bench.ReadAllAsync(3);
            await bench.Page.Keyboard.PressAsync("1");
            await Screens.LiveAsync(bench.Page, "sheet");
        }

        await bench.Page.Locator("#sheet").FocusAsync();
        await bench.Page.Keyboard.PressAsync("1");
        await bench.Page.Locator(".rc-reason[aria-pressed=true]").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("Control+Enter");
        await bench.Page.Locator("#acknowledge:focus").WaitForAsync();
        await bench.Page.Locator("#acknowledge input").CheckAsync();
        await bench.Page.Locator("#rationale").FillAsync("The customer asked for it and the fare allows it.");
        await bench.Page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await Pictures.TakeAsync(bench.Page, "review-ready-" + form);
        await bench.Page.Keyboard.PressAsync("Control+Enter");
        await bench.Page.GetByText("Approved by you.").WaitForAsync();
        Assert.Equal(ReviewStatus.Held, bench.State(id).Status);
        await Pictures.TakeAsync(bench.Page, "review-held-" + form);
        await Axe.AssertCleanAsync(bench.Page, "review held " + form);

        await bench.Page.Keyboard.PressAsync("z");
        await bench.Page.Locator("#decisions").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        Assert.Equal(ReviewStatus.Pending, bench.State(id).Status);
        if (width == 320)
        {
            await OpenDecisionsAsync(bench.Page);
        }
        await bench.Page.Keyboard.PressAsync("1");
        await Screens.LiveAsync(bench.Page, "sheet");
        await Assertions.Expect(bench.Page.Locator("#rationale")).ToHaveValueAsync("The customer asked for it and the fare allows it.");
    }

    // Where there is no room for five buttons one opens them, and closes behind the one that was chosen.
    private static async Task OpenDecisionsAsync(IPage page)
    {
        var (decide, five) = (page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Decide", Exact = true }), page.Locator("#decisions").GetByRole(AriaRole.Button));
        await Assertions.Expect(five).ToHaveCountAsync(0);
        await decide.ClickAsync();
        await Assertions.Expect(five).ToHaveCountAsync(5);
        await Pictures.TakeAsync(page, "review-decide-320");
        await Axe.AssertCleanAsync(page, "the five decisions at 320 px");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(five).ToHaveCountAsync(0);
        await Assertions.Expect(decide).ToBeFocusedAsync();
        await decide.ClickAsync();
        await five.Nth(0).ClickAsync();
        await page.Locator(".rc-sheet").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(decide).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task Reject_escalate_and_return_take_the_same_three_presses()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        foreach (var (key, word, status) in new[] { ("3", "Rejected by you.", ReviewStatus.Held), ("5", "Returned by you.", ReviewStatus.Held), ("4", null!, ReviewStatus.Pending) })
        {
            var id = await bench.SubmitAsync(WorkspaceBench.Refund);
            await bench.OpenAsync(id);
            await bench.Page.Keyboard.PressAsync(key);
            await Screens.LiveAsync(bench.Page, "sheet");
            await bench.Page.Locator("#sheet:focus").WaitForAsync();
            await bench.Page.Keyboard.PressAsync("1");
            await bench.Page.Locator(".rc-reason[aria-pressed=true]").WaitForAsync();
            await bench.Page.Locator("#rationale").FillAsync("A segment was flown before the request.");
            await bench.Page.Locator("#message").FillAsync("Which segments has the customer used?");
            await bench.Page.Locator(".rc-commit[data-ready]").WaitForAsync();
            if (key == "3")
            {
                await bench.Page.GetByText("Proposes this instead:").ClickAsync();
                await Pictures.TakeAsync(bench.Page, "review-reject");
            }
            await bench.Page.Keyboard.PressAsync("Control+Enter");
            if (word is not null)
            {
                await bench.Page.GetByText(word).WaitForAsync();
            }
            else
            {
                await bench.Page.GetByText("Escalated to experts.").First.WaitForAsync();
                Assert.Equal("experts", bench.State(id).Queue);
            }
            Assert.Equal(status, bench.State(id).Status);
            if (key == "3")
            {
                Assert.Equal(Instruction.Retry, bench.State(id).Held!.Instruction);
            }
        }
    }

    [Fact]
    public async Task A_draft_is_corrected_with_a_live_comparison_and_survives_a_reload()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await Pictures.TakeAsync(bench.Page, "review-mail");
        await bench.Page.Keyboard.PressAsync("e");
        await Screens.LiveAsync(bench.Page, "sheet");
        await bench.Page.Locator("#draft:focus").WaitForAsync();
        await bench.Page.Locator("#draft").FillAsync("Dear Ms Silva,\n\nWe check whether your trip qualifies for a travel certificate.\n\nKind regards");
        await bench.Page.Locator(".rc-diffview ins", new PageLocatorOptions { HasText = "We check whether" }).WaitForAsync();
        await bench.Page.Locator("#arguments").FillAsync("{ \"to\": \"sophia@example.com\", ");
        await bench.Page.Locator("#arguments-fault").GetByText("not JSON").WaitForAsync();
        await bench.Page.Locator("#arguments").FillAsync("{ \"to\": \"sophia.silva@example.com\" }");
        await bench.Page.Locator(".rc-changes del").GetByText("sophia@example.com").WaitForAsync();
        await bench.Page.Locator("#rationale").FillAsync("The profile says regular.");
        await Pictures.TakeAsync(bench.Page, "review-correct");
        await Axe.AssertCleanAsync(bench.Page, "review correct");
        await bench.Page.Locator("#sheet").FocusAsync();
        await bench.Page.Keyboard.PressAsync("1");
        await bench.Page.Locator(".rc-reason[aria-pressed=true]").WaitForAsync();
        var reason = (await bench.Page.Locator(".rc-reason[aria-pressed=true]").GetAttributeAsync("title"))!;
        await Eventually.HoldsAsync("the reason is kept", () => bench.Draft(id, "reviewer")?.Content.Contains(reason, StringComparison.Ordinal) == true);

        await bench.Page.ReloadAsync();
        await Screens.LiveAsync(bench.Page, "sheet");
        await Assertions.Expect(bench.Page.Locator("#draft")).ToHaveValueAsync(new Regex("We check whether", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(bench.Page.Locator("#rationale")).ToHaveValueAsync("The profile says regular.");
        await bench.Page.Keyboard.PressAsync("Escape");
        await bench.Page.GetByText("To correct").WaitForAsync();
        await Assertions.Expect(bench.Page.Locator(".rc-decision").First).ToHaveAttributeAsync("aria-disabled", "true");
        await bench.ReadAllAsync(1);
        await bench.Page.Keyboard.PressAsync("2");
        await Screens.LiveAsync(bench.Page, "sheet");
        await bench.Page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("Control+Enter");
        await bench.Page.GetByText("Corrected by you.").WaitForAsync();
        Assert.NotEqual(bench.State(id).ActionDigest, bench.State(id).EffectiveDigest);
    }

    [Fact]
    public async Task Fields_are_corrected_beside_the_scan_that_joins_them_by_number()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var id = await bench.SubmitAsync(Samples.EveryKind, body => body["evidence"]!.AsArray().Single(e => (string)e!["id"]! == "e11")!["base64"] = Scan);
        await bench.OpenAsync(id);
        await bench.Page.Locator("#field-2").ClickAsync();
        await bench.Page.Locator("#field-2[data-active]").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("e");
        await bench.Page.Locator("#field-2-value:focus").WaitForAsync();
        await bench.Page.Locator("#field-1-value").FillAsync("90.00");
        await bench.Page.Locator("#field-1-value").PressAsync("Tab");
        await bench.Page.Locator("#field-1 ins").GetByText("+90.00").WaitForAsync();
        await bench.Page.Locator("g.rc-box[data-field=total][data-state=changed]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await Pictures.TakeAsync(bench.Page, "review-fields");
        await Axe.AssertCleanAsync(bench.Page, "review fields");
        await bench.Page.Keyboard.PressAsync("Escape");
        await bench.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Undo changes" }).ClickAsync();
        await bench.Page.Locator("#field-1 ins").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Every_state_says_whose_turn_it_is()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var other = await bench.SomebodyAsync("Priya", Role.Reviewer);
        var taken = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.ClaimAsync(other, taken);
        await bench.OpenAsync(taken);
        await bench.Page.GetByText("Priya has this item.").WaitForAsync();
        Assert.Equal(0, await bench.Page.Locator(".rc-decision").CountAsync());
        await Pictures.TakeAsync(bench.Page, "review-another");
        await Axe.AssertCleanAsync(bench.Page, "review another");

        var changed = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(changed);
        await bench.Page.Keyboard.PressAsync("1");
        await Screens.LiveAsync(bench.Page, "sheet");
        await bench.Page.Locator("#rationale").FillAsync("Written before the change.");
        await bench.ReviseAsync(changed, WorkspaceBench.Refund, body => body["action"]!["arguments"]!["amount"] = "5174.00");
        await bench.Page.GetByText("orders-agent sent revision 2.").WaitForAsync();
        await bench.Page.Locator(".rc-change ins").GetByText("5174.00").WaitForAsync();
        Assert.Contains("5074.00", await bench.Page.Locator(".rc-pane-proposal .rc-action").First.TextContentAsync(), StringComparison.Ordinal);
        await Pictures.TakeAsync(bench.Page, "review-stale");
        await Axe.AssertCleanAsync(bench.Page, "review stale");
        await bench.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Look" , Exact = true }).ClickAsync();
        await bench.Page.Locator(".rc-pane-proposal .rc-action").First.GetByText("5174.00").WaitForAsync();
        Assert.NotNull(bench.Draft(changed, "reviewer"));

        var stopped = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(stopped);
        await bench.StopLineAsync("Two customers were refunded twice.");
        await bench.Page.GetByText("Two customers were refunded twice.").First.WaitForAsync();
        await bench.Page.Keyboard.PressAsync("1");
        await bench.Page.GetByText("The line is stopped: Two customers were refunded twice.").First.WaitForAsync();
        await Pictures.TakeAsync(bench.Page, "review-stopped");
        await Axe.AssertCleanAsync(bench.Page, "review stopped");

        await bench.Page.GotoAsync($"/reviews/{Guid.Empty}");
        await bench.Page.GetByText("There is no such review").WaitForAsync();
        await Axe.AssertCleanAsync(bench.Page, "review missing");
    }

    [Fact]
    public async Task R14_hostile_evidence_runs_nothing_and_asks_for_nothing_off_the_console()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var outside = new List<string>();
        var dialogs = 0;
        bench.Page.Dialog += (_, dialog) => { dialogs++; _ = dialog.DismissAsync(); };
        bench.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(bench.Console.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                outside.Add(request.Url);
            }
        };
        // Lone surrogates cannot come in; everything else stands in every kind of evidence that carries text.
        var payloads = MarkdownTests.Hostile.Select(row => row.Data).ToArray();
        var all = string.Join("\n\n", payloads);
        var evidence = new JsonArray([.. payloads.Take(38).Select((payload, i) => (JsonNode)new JsonObject
        {
            ["id"] = $"m{i}", ["kind"] = "markdown", ["title"] = payload.Length < 200 ? payload : "x", ["content"] = payload + "\n\n" + payload,
        })]);
        Add("markdown", all);
        Add("text", all);
        Add("html", all);
        Add("conversation", new JsonArray([.. payloads.Select(p => (JsonNode)new JsonObject { ["from"] = p, ["text"] = p })]));
        Add("json", new JsonObject(payloads.Select((p, i) => new KeyValuePair<string, JsonNode?>(i + p, new JsonObject { [p] = p }))));
        Add("table", new JsonObject { ["columns"] = new JsonArray("a", all[..200]), ["rows"] = new JsonArray([.. payloads.Select(p => (JsonNode)new JsonArray(p, p))]) });
        Add("keyValue", new JsonArray([.. payloads.Select(p => (JsonNode)new JsonObject { ["key"] = p, ["value"] = p })]));
        Add("email", new JsonObject { ["from"] = payloads[0], ["to"] = new JsonArray(payloads[1]), ["cc"] = new JsonArray(), ["date"] = payloads[2], ["subject"] = payloads[3], ["text"] = all, ["html"] = all });
        Add("diff", new JsonObject { ["before"] = all, ["after"] = string.Join("\n\n", payloads.Reverse()) });
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, body =>
        {
            body["title"] = payloads[0] + "<img src=x onerror=alert(1)>";
            body["impact"]!["consequence"] = all;
            body["reasoning"]!["summary"] = all;
            body["checks"] = new JsonArray(new JsonObject { ["id"] = payloads[30], ["name"] = payloads[31], ["result"] = "fail", ["detail"] = all });
            body["evidence"] = evidence;
        });
        await bench.OpenAsync(id);
        await bench.Page.Keyboard.PressAsync("w");
        await bench.Page.Locator(".rc-agent details[open]").WaitForAsync();
        await bench.Page.Locator($"#evidence-{evidence.Count}").ScrollIntoViewIfNeededAsync();
        Assert.Empty(outside);
        Assert.Equal(0, dialogs);
        Assert.Equal(0, await bench.Page.Locator(":is(.rc-evidence-body, .rc-agent [data-text], .rc-consequence) :is(a, input, form, iframe:not([sandbox='']), script, style, svg, img, object, embed)").CountAsync());
        TestContext.Current.TestOutputHelper!.WriteLine($"R14: {payloads.Length} payloads in {evidence.Count + 3} places of one page: 0 scripts, 0 requests off origin");
        await Pictures.TakeAsync(bench.Page, "review-hostile");

        void Add(string kind, JsonNode content) => evidence.Add(new JsonObject { ["id"] = kind, ["kind"] = kind, ["content"] = content });
    }

    [Fact]
    public async Task Bytes_of_evidence_are_served_to_who_may_read_and_an_image_that_is_none_has_to_be_answered()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, body => body["evidence"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "photo", ["kind"] = "image", ["name"] = "photo.png", ["mediaType"] = "image/png", ["base64"] = Convert.ToBase64String("<html onload=alert(1)>"u8),
        }));
        using var nobody = bench.Console.Anonymous();
        Assert.NotEqual(200, (int)(await nobody.GetAsync($"/evidence/{id}/1/3", TestContext.Current.CancellationToken)).StatusCode);
        using var key = await bench.Console.SourceAsync("orders-agent");
        Assert.NotEqual(200, (int)(await key.GetAsync($"/evidence/{id}/1/3", TestContext.Current.CancellationToken)).StatusCode);
        using var reader = await bench.Console.PersonAsync("compliance");
        var answer = await reader.GetAsync($"/evidence/{id}/1/3", TestContext.Current.CancellationToken);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        await bench.OpenAsync(id);
        await bench.Page.GetByText("Evidence 4 cannot be shown.").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("1");
        await Screens.LiveAsync(bench.Page, "sheet");
        await bench.Page.GetByText("I decide without this evidence").WaitForAsync();
        await Pictures.TakeAsync(bench.Page, "review-uninspectable");
    }

    // A PNG of 500 × 1000 pixels in two colours.
    private const string Scan =
        "iVBORw0KGgoAAAANSUhEUgAAAfQAAAPoAQAAAAAAJjHuAAAA/UlEQVR42u3YsQ0AMAgDQTbI/tOSLqKEdEjn/nrrI99Oc1kXPM/zPM/z/Fb/NZ7neZ7neX6t9595nud5nuf1P/+Z53me53le/+N5nud5nuf1P57neZ7neV7/43me53me5/U/nud5nud5Xv/jeZ7neZ7n9T+e53me53le/+N5nud5nuf1P57neZ7neV7/43me53me5/U/nud5nud53v/leZ7neZ7X//xnnud5nud5/c9/5nme53me1/94nud5nud5/Y/neZ7neZ7X/3ie53me53n9j+d5nud5ntf/eJ7neZ7nef2P53me53me1/94nud5nud5/Y/neZ7neZ4f+QvC6v/BlZlzQAAAAABJRU5ErkJggg==";
}
