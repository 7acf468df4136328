using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>
/// What an attacker puts before a reviewer, in a real Chromium (R14): no script runs, nothing is asked for off the console, not even the last wall (the page's
/// policy) is touched, and what cannot be seen is drawn.
/// </summary>
public sealed class HostileEvidenceTests(BrowserFixture browser, ITestOutputHelper output)
{
    // Before anything else in each page: whoever gets to run says so, and so does the policy when it had to hold something back.
    private const string Witness = """
        window.ran = [];
        for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { window.ran.push(name); };
        addEventListener('securitypolicyviolation', event => window.ran.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
        """;

    private static readonly int s_payloads = int.Parse(Environment.GetEnvironmentVariable("RC_R14_PAYLOADS") ?? "500", CultureInfo.InvariantCulture);

    [Fact]
    public async Task R14_nothing_runs_nothing_leaves_and_nothing_hides()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var outside = await WatchAsync(bench.Context, bench.Console.Address);
        var payloads = HostilePayloads.Of(s_payloads);
        var (pages, shown, frames) = (0, 0, 0);
        foreach (var part in payloads.Chunk(20))
        {
            var id = await bench.SubmitAsync(WorkspaceBench.Refund, body => Poison(body, part));
            await Screens.OpenAsync(page, "/queue");
            await Screens.LiveAsync(page, "queue");
            await page.Locator($"[data-row='{id}']").WaitForAsync();
            await page.Keyboard.PressAsync("j");
            await page.Locator(".rc-qpreview .rc-action").WaitForAsync();
            await NothingRanAsync(page);

            await bench.OpenAsync(id);
            shown += await page.Locator(".rc-evidence-body").CountAsync();
            await page.Locator(".rc-evidence-body details:not([open]) > summary").EvaluateAllAsync<object?>("all => all.forEach(one => { one.parentElement.open = true; })");
            // Frames load when they come near the window: all of them at once.
            frames += await page.EvaluateAsync<int>("""
                async () => { const all = [...document.querySelectorAll('.rc-evidence-body iframe')];
                  await Promise.all(all.map(frame => new Promise(done => { frame.addEventListener('load', done, { once: true }); frame.loading = 'eager'; frame.src = frame.src; })));
                  return all.length; }
                """);
            Assert.Equal(0, await page.Locator(".rc-evidence-body :is(a, button, input, form, object, embed, video, audio, script, style, svg, img, link, meta, base)").CountAsync());
            Assert.Equal(0, await page.Locator(".rc-evidence-body iframe:not([sandbox=''])").CountAsync());
            Assert.Equal(0, await page.Locator(".rc-review :is([onclick], [onerror], [onload], [href^='javascript:' i], [href^='data:' i])").CountAsync());
            await NothingRanAsync(page);
            pages++;
        }

        output.WriteLine($"R14: {payloads.Count} hostile payloads in {shown} pieces of evidence and {frames} frames on {pages} pages, 0 scripts run, {outside.Count} requests off origin");
        Assert.True(shown >= payloads.Count, $"{shown} of {payloads.Count} shown");
        Assert.True(frames >= payloads.Count / 4, $"{frames} frames");
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
        output.WriteLine($"R14 control: markup put into the page as it came, the witness says {await bench.Page.EvaluateAsync<string>("window.ran.join(' | ')")}");
    }

    [Fact]
    public async Task R14_control_the_same_payloads_without_the_walls_run_and_leave()
    {
        await using var context = await browser.NewContextAsync("http://127.0.0.1/");
        var outside = await WatchAsync(context, new Uri("http://127.0.0.1/"));
        var page = await context.NewPageAsync();
        var ran = 0;
        // One that leads the page itself away would end the experiment.
        foreach (var payload in HostilePayloads.Of(80).Where(payload => !payload.Contains("refresh", StringComparison.Ordinal)))
        {
            await page.SetContentAsync($"<!doctype html><body><div>{payload}</div>");
            ran += await page.EvaluateAsync<int>("window.ran.splice(0).length");
        }

        output.WriteLine($"R14 control: of 80 raw payloads {ran} ran and {outside.Count} asked elsewhere");
        Assert.True(ran >= 5 && outside.Count >= 5);
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

    private static async Task<List<string>> WatchAsync(IBrowserContext context, Uri home)
    {
        var outside = new List<string>();
        await context.AddInitScriptAsync(Witness);
        await context.RouteAsync(
            url => !url.StartsWith(home.ToString(), StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal),
            async route =>
            {
                outside.Add(route.Request.Url);
                await route.AbortAsync();
            });
        return outside;
    }

    private static async Task NothingRanAsync(IPage page) => Assert.Equal("", await page.EvaluateAsync<string>("window.ran.join(' | ')"));

    private static void Poison(JsonObject body, string[] payloads)
    {
        string[] kinds = ["markdown", "text", "html", "email", "conversation", "keyValue"];
        body["title"] = Short(payloads[0]);
        body["checks"] = new JsonArray(new JsonObject { ["id"] = "X-1", ["name"] = Short(payloads[1]), ["result"] = "fail", ["detail"] = Short(payloads[2]) });
        body["reasoning"] = new JsonObject { ["summary"] = Short(payloads[3]), ["safeToShow"] = true };
        body["impact"]!["consequence"] = Short(payloads[4]);
        body["evidence"] = new JsonArray([.. payloads.Select((payload, i) => (JsonNode)new JsonObject
        {
            ["id"] = $"h{i}",
            ["kind"] = kinds[i % kinds.Length],
            ["title"] = Short(payload),
            ["content"] = kinds[i % kinds.Length] switch
            {
                "email" => new JsonObject { ["from"] = "a@example.org", ["to"] = new JsonArray("b@example.org"), ["subject"] = Short(payload), ["text"] = payload, ["html"] = payload },
                "conversation" => new JsonArray(new JsonObject { ["from"] = "customer", ["text"] = payload }),
                "keyValue" => new JsonArray(new JsonObject { ["key"] = Short(payload), ["value"] = payload }),
                _ => payload + "\n\n" + payload,
            },
        })]);
    }

    private static string Short(string payload) => payload.Length <= 200 ? payload : payload[..200];
}
