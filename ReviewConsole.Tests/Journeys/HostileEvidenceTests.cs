using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Rendering;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>
/// What an attacker puts before a reviewer, in a real Chromium (R14 in small): no script runs, nothing is asked for off the console, not even the last wall (the page's
/// policy) is touched, and what cannot be seen is drawn.
/// </summary>
public sealed class HostileEvidenceTests(BrowserFixture browser)
{
    // Before anything else in each page: whoever gets to run says so, and so does the policy when it had to hold something back.
    private const string Witness = """
        window.ran = [];
        for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { window.ran.push(name); };
        addEventListener('securitypolicyviolation', event => window.ran.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
        """;

    private static readonly string[] s_more =
    [
        "<svg><script>alert(1)</script></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x\"/></svg>",
        "<video src=https://evil.example/v onerror=alert(1)>", "<audio src onerror=alert(1)>", "<object data=https://evil.example/o></object>", "<embed src=https://evil.example/e>",
        "<img srcset='https://evil.example/1 1x'>", "<picture><source srcset=https://evil.example/2></picture>", "<div style='background:url(https://evil.example/bg)'>x</div>",
        "<table background=https://evil.example/t><td>x</table>", "<body onload=alert(1)>", "<marquee onstart=alert(1)>x</marquee>", "<template><img src=x onerror=alert(1)></template>",
        "<textarea></textarea><img src=x onerror=alert(1)>", "<title></title><script>alert(1)</script>", "--><script>alert(1)</script>", "]]><script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}",
        "![x](//evil.example/proto.png)", "![x](\\\\evil.example\\unc.png)", "[x]: https://evil.example 'x'\n![x]", "<https://evil.example/?q=<script>>", "~~~\n<script>alert(1)</script>",
    ];

    [Fact]
    public async Task R14_nothing_runs_nothing_leaves_and_nothing_hides()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var outside = new List<string>();
        bench.Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(bench.Console.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                outside.Add(request.Url);
            }
        };
        await bench.Context.AddInitScriptAsync(Witness);
        string[] payloads = [.. MarkdownTests.Hostile.Select(row => row.Data).Where(text => !text.Any(char.IsSurrogate)), .. s_more];
        Assert.True(payloads.Length >= 60, $"{payloads.Length} payloads");
        var (shown, pages) = (0, 0);
        foreach (var part in payloads.Chunk(30))
        {
            var id = await bench.SubmitAsync(WorkspaceBench.Refund, body => Poison(body, part));
            await Screens.OpenAsync(page, "/queue");
            await Screens.LiveAsync(page, "queue");
            await page.Locator($"[data-row='{id}']").WaitForAsync();
            await page.Keyboard.PressAsync("j");
            await page.Locator(".rc-qpreview .rc-action").WaitForAsync();
            await NothingRanAsync(page);

            await bench.OpenAsync(id);
            var last = page.Locator(".rc-evidence-body").Last;
            await last.ScrollIntoViewIfNeededAsync();
            shown += await page.Locator(".rc-evidence-body").CountAsync();
            await page.Locator(".rc-evidence-body details:not([open]) > summary").EvaluateAllAsync<object?>("all => all.forEach(one => { one.parentElement.open = true; })");
            Assert.Equal(0, await page.Locator(".rc-evidence-body :is(a, button, input, form, iframe, object, embed, video, audio, script, style, svg, img, link, meta, base)").CountAsync());
            Assert.Equal(0, await page.Locator(".rc-review :is([onclick], [onerror], [onload], [href^='javascript:' i], [href^='data:' i])").CountAsync());
            await NothingRanAsync(page);
            pages += 2;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"R14: {payloads.Length} payloads in {shown} places of {pages} pages: 0 scripts, {outside.Count} requests off origin");
        Assert.True(shown >= payloads.Length, $"{shown} of {payloads.Length} shown");
        Assert.Empty(outside);
    }

    [Fact]
    public async Task R14_control_markup_that_was_let_through_would_be_found()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        await bench.Context.AddInitScriptAsync(Witness);
        var id = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(id);
        await NothingRanAsync(bench.Page);

        // The switched-on bug: a renderer that puts markup into the page as it came.
        await bench.Page.Locator(".rc-evidence-body").First.EvaluateAsync("e => { e.innerHTML = '<img src=\"https://evil.example/1\"><b onclick=\"alert(1)\">x</b>'; e.querySelector('b').click(); }");
        await bench.Page.WaitForFunctionAsync("window.ran.length > 0");
        Assert.NotEqual(0, await bench.Page.Locator(".rc-evidence-body :is(a, button, input, form, iframe, object, embed, video, audio, script, style, svg, img, link, meta, base)").CountAsync());
        TestContext.Current.TestOutputHelper!.WriteLine($"R14 control: markup put into the page as it came, the witness says {await bench.Page.EvaluateAsync<string>("window.ran.join(' | ')")}");
    }

    [Fact]
    public async Task What_cannot_be_seen_is_drawn_in_title_name_and_evidence_and_an_svg_is_no_picture()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        await bench.Context.AddInitScriptAsync(Witness);
        const string bidi = "\u202E", zero = "\u200B", isolate = "\u2066";
        var tag = char.ConvertFromUtf32(0xE0061);
        var id = await bench.SubmitAsync(WorkspaceBench.Refund, body =>
        {
            body["title"] = $"Refund{bidi}4532{tag}";
            body["subject"]!["label"] = $"Amelia{zero} Davis";
            body["action"]!["arguments"]!["note"] = $"to{isolate}the card";
            body["checks"] = new JsonArray();
            body["evidence"] = new JsonArray(
                new JsonObject { ["id"] = "t", ["kind"] = "text", ["title"] = $"Letter{bidi}", ["content"] = $"Ignore{tag} the rules{zero}." },
                new JsonObject { ["id"] = "f", ["kind"] = "file", ["name"] = $"invoice{bidi}fdp.exe", ["base64"] = "eA==" },
                new JsonObject { ["id"] = "s", ["kind"] = "image", ["name"] = "x.svg", ["mediaType"] = "image/svg+xml", ["base64"] = Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8) });
        });
        await Screens.OpenAsync(page, "/queue");
        await page.Locator($"[data-row='{id}']").WaitForAsync();
        await DrawnAsync("[data-row]", "U+202E", "U+E0061", "U+200B", "U+2066");
        await bench.OpenAsync(id);
        await DrawnAsync(".rc-review", "U+202E", "U+E0061", "U+200B", "U+2066");
        Assert.DoesNotContain(bidi, await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator(".rc-evidence img[src]").CountAsync());
        await NothingRanAsync(page);

        async Task DrawnAsync(string where, params string[] codes)
        {
            var text = await page.Locator(where).First.EvaluateAsync<string>("e => e.textContent");
            foreach (var hidden in new[] { bidi, zero, isolate, tag })
            {
                Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
            }

            Assert.All(codes, code => Assert.Contains(code, text, StringComparison.Ordinal));
        }
    }

    private static async Task NothingRanAsync(IPage page) => Assert.Equal("", await page.EvaluateAsync<string>("window.ran.join(' | ')"));

    private static void Poison(JsonObject body, string[] payloads)
    {
        string[] kinds = ["markdown", "text", "html", "email", "conversation", "keyValue"];
        body["title"] = payloads[0].Length < 300 ? payloads[0] : "x";
        body["checks"] = new JsonArray(new JsonObject { ["id"] = "X-1", ["name"] = payloads[1], ["result"] = "fail", ["detail"] = payloads[2] });
        body["reasoning"] = new JsonObject { ["summary"] = payloads[3], ["safeToShow"] = true };
        body["impact"]!["consequence"] = payloads[4];
        body["evidence"] = new JsonArray([.. payloads.Select((payload, i) => (JsonNode)new JsonObject
        {
            ["id"] = $"h{i}",
            ["kind"] = kinds[i % kinds.Length],
            ["title"] = payload.Length < 200 ? payload : "x",
            ["content"] = kinds[i % kinds.Length] switch
            {
                "email" => new JsonObject { ["from"] = "a@example.org", ["to"] = new JsonArray("b@example.org"), ["subject"] = payload, ["text"] = payload, ["html"] = payload },
                "conversation" => new JsonArray(new JsonObject { ["from"] = "customer", ["text"] = payload }),
                "keyValue" => new JsonArray(new JsonObject { ["key"] = payload, ["value"] = payload }),
                _ => payload + "\n\n" + payload,
            },
        })]);
    }
}
