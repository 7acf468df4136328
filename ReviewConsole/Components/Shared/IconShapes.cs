using System.Collections.Frozen;

namespace ReviewConsole.Components.Shared;

/// <summary>
/// Our own 16 px icons, drawn on a 16 × 16 grid with a stroke of 1.5 in the current colour. What is filled uses <c>class="f"</c>, so that forced
/// colours keep it.
/// </summary>
internal static class IconShapes
{
    public static readonly FrozenDictionary<string, string> All = new Dictionary<string, string>
    {
        // The console
        ["brand"] = """<path d="M2.5 2.5h11v8.5H8.6L6 13.5V11H2.5z"/><path d="m5.4 6.7 1.9 1.9 3.5-3.6"/>""",
        ["queue"] = """<path d="M2 4h12M2 8h12M2 12h7.5"/>""",
        ["flag"] = """<path d="M3.5 14.2V2.2h9.3L10.6 5.6l2.2 3.4H3.5"/>""",
        ["history"] = """<path d="M2.4 5.4A6 6 0 1 1 2 8.6"/><path d="M2 2.4v3.2h3.2M8 4.8V8l2.3 1.6"/>""",
        ["policies"] = """<path d="M2 4.2h6.2M11.8 4.2H14M2 11.8h2.2M7.8 11.8H14M2 8h0"/><circle cx="10" cy="4.2" r="1.8"/><circle cx="6" cy="11.8" r="1.8"/>""",
        ["insights"] = """<path d="M2.2 2v11.8H14"/><path d="m4.8 10.2 2.6-3.1 2.3 1.8L13.4 4"/>""",
        ["admin"] = """<circle cx="8" cy="8" r="2.4"/><path d="M8 1.6v2M8 12.4v2M1.6 8h2M12.4 8h2M3.5 3.5l1.4 1.4M11.1 11.1l1.4 1.4M12.5 3.5l-1.4 1.4M4.9 11.1l-1.4 1.4"/>""",
        ["menu"] = """<path d="M2 4h12M2 8h12M2 12h12"/>""",
        ["more"] = """<circle class="f" cx="3.4" cy="8" r="1.2"/><circle class="f" cx="8" cy="8" r="1.2"/><circle class="f" cx="12.6" cy="8" r="1.2"/>""",
        ["help"] = """<circle cx="8" cy="8" r="6.2"/><path d="M6.2 6.4a1.9 1.9 0 1 1 2.9 1.6c-.7.4-1.1.8-1.1 1.4"/><circle class="f" cx="8" cy="11.5" r=".9"/>""",
        ["contrast"] = """<circle cx="8" cy="8" r="6.2"/><path class="f" d="M8 1.8a6.2 6.2 0 0 1 0 12.4z"/>""",
        ["sign-out"] = """<path d="M6.2 2.4H2.8v11.2h3.4M6.4 8h7.4M10.8 4.8 14 8l-3.2 3.2"/>""",
        ["search"] = """<circle cx="6.8" cy="6.8" r="4.4"/><path d="m10.2 10.2 4 4"/>""",
        ["filter"] = """<path d="M2 3h12L9.6 8.4v4.8l-3.2-1.6V8.4z"/>""",
        ["sort"] = """<path d="M4.4 2.6v10.6M2 10.8l2.4 2.6 2.4-2.6M8.6 4h5.6M8.6 8H13M8.6 12h2.6"/>""",
        ["link"] = """<path d="M6.7 9.3 9.3 6.7M7 4.6l1.9-1.9a3.1 3.1 0 0 1 4.4 4.4L11.4 9M9 11.4l-1.9 1.9a3.1 3.1 0 0 1-4.4-4.4L4.6 7"/>""",
        ["external"] = """<path d="M6.4 3H2.8v10.2H13V9.6M9.4 2.6h4v4M13.2 2.8 7.4 8.6"/>""",
        ["refresh"] = """<path d="M13.6 8a5.6 5.6 0 1 1-1.7-4"/><path d="M13.8 1.8v3.4h-3.4"/>""",
        ["copy"] = """<rect x="5.4" y="5.4" width="8" height="8.2" rx="1"/><path d="M10.6 5.2V2.6H2.6v8h2.6"/>""",
        ["download"] = """<path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.4 13.6h11.2"/>""",
        ["print"] = """<path d="M4.4 5.4V2.2h7.2v3.2M4.4 11.4H2.2v-6h11.6v6h-2.2"/><path d="M4.4 9.4h7.2v4.4H4.4z"/>""",
        ["play"] = """<path d="M4.4 2.6 12.6 8l-8.2 5.4z"/>""",
        ["pause"] = """<path d="M5.6 3v10M10.4 3v10"/>""",
        ["chevron-down"] = """<path d="m3.6 6 4.4 4.4L12.4 6"/>""",
        ["chevron-up"] = """<path d="M3.6 10 8 5.6l4.4 4.4"/>""",
        ["chevron-left"] = """<path d="M10 3.6 5.6 8l4.4 4.4"/>""",
        ["chevron-right"] = """<path d="M6 3.6 10.4 8 6 12.4"/>""",
        ["close"] = """<path d="m3.4 3.4 9.2 9.2M12.6 3.4l-9.2 9.2"/>""",
        ["plus"] = """<path d="M8 2.6v10.8M2.6 8h10.8"/>""",
        ["minus"] = """<path d="M2.6 8h10.8"/>""",
        ["check"] = """<path d="m2.8 8.6 3.4 3.4 7-7.6"/>""",
        ["turn"] = """<path d="m10.6 2.8 2.8 2.8-2.8 2.8M13.2 5.6H6.8a4 4 0 0 0 0 8H10"/>""",
        ["undo"] = """<path d="M5.4 2.8 2.6 5.6l2.8 2.8M2.8 5.6h6.4a4 4 0 0 1 0 8H6"/>""",
        ["edit"] = """<path d="m2.6 13.4.8-3.2 7.4-7.4 2.4 2.4-7.4 7.4z"/>""",
        ["zoom-in"] = """<circle cx="6.8" cy="6.8" r="4.4"/><path d="m10.2 10.2 4 4M4.8 6.8h4M6.8 4.8v4"/>""",
        ["zoom-out"] = """<circle cx="6.8" cy="6.8" r="4.4"/><path d="m10.2 10.2 4 4M4.8 6.8h4"/>""",
        ["fit"] = """<path d="M2.4 5.6V2.4h3.2M10.4 2.4h3.2v3.2M13.6 10.4v3.2h-3.2M5.6 13.6H2.4v-3.2"/>""",

        // Status
        ["clock"] = """<circle cx="8" cy="8" r="6.2"/><path d="M8 4.4V8l2.4 1.6"/>""",
        ["alert"] = """<circle cx="8" cy="8" r="6.2"/><path d="M8 4.4v4.4"/><circle class="f" cx="8" cy="11.3" r=".9"/>""",
        ["pass"] = """<circle cx="8" cy="8" r="6.2"/><path d="m5.2 8.3 2 2 3.7-4"/>""",
        ["warn"] = """<path d="M8 2 14.4 13.4H1.6z"/><path d="M8 6.4v3.4"/><circle class="f" cx="8" cy="11.6" r=".8"/>""",
        ["fail"] = """<path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z"/><path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"/>""",
        ["none"] = """<circle cx="8" cy="8" r="6.2" stroke-dasharray="2.6 2.3" stroke-linecap="butt"/><path d="M5.4 8h5.2"/>""",
        ["stop"] = """<circle cx="8" cy="8" r="6.2"/><path d="M4.8 8h6.4"/>""",
        ["eye"] = """<path d="M1.4 8S3.8 3.6 8 3.6 14.6 8 14.6 8 12.2 12.4 8 12.4 1.4 8 1.4 8z"/><circle cx="8" cy="8" r="2"/>""",
        ["eye-off"] = """<path d="M4.4 4.6A10.6 10.6 0 0 0 1.4 8S3.8 12.4 8 12.4a6.4 6.4 0 0 0 3-.7M6.6 3.8A6.6 6.6 0 0 1 8 3.6c4.2 0 6.6 4.4 6.6 4.4a10.6 10.6 0 0 1-1.6 2.2M2.2 2.2l11.6 11.6"/>""",
        ["lock"] = """<rect x="3" y="7" width="10" height="6.8" rx="1"/><path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>""",
        ["shield"] = """<path d="M8 1.6 13.2 3.4v4.4c0 3.2-2.2 5.4-5.2 6.6-3-1.2-5.2-3.4-5.2-6.6V3.4z"/><path d="m5.6 7.8 1.8 1.8 3-3.2"/>""",
        ["consequence"] = """<path d="M1.8 8h9.4M8 4.8 11.2 8 8 11.2M14 3v10"/>""",
        ["person"] = """<circle cx="8" cy="5" r="2.8"/><path d="M2.8 14c.4-3.2 2.4-4.8 5.2-4.8s4.8 1.6 5.2 4.8"/>""",
        ["people"] = """<circle cx="6" cy="5.2" r="2.4"/><path d="M1.6 13.6c.3-2.9 2-4.3 4.4-4.3s4.1 1.4 4.4 4.3M10.4 3.2a2.4 2.4 0 0 1 0 4.2M12 9.9c1.5.6 2.3 1.8 2.5 3.7"/>""",
        ["agent"] = """<rect x="2.6" y="5.4" width="10.8" height="7.8" rx="1.6"/><path d="M8 5.2V2.4M6.6 2.4h2.8M.9 8.2v2.4M15.1 8.2v2.4M6 10.8h4"/><circle class="f" cx="5.6" cy="8.4" r=".9"/><circle class="f" cx="10.4" cy="8.4" r=".9"/>""",

        // Kinds of proposal (WIRE.md §1)
        ["refund"] = """<rect x="1.4" y="3.6" width="13.2" height="8.8" rx="1"/><circle cx="8" cy="8" r="2"/><circle class="f" cx="4.2" cy="8" r=".8"/><circle class="f" cx="11.8" cy="8" r=".8"/>""",
        ["booking"] = """<path d="M1.6 3.8h12.8v2.6a1.6 1.6 0 0 0 0 3.2v2.6H1.6V9.6a1.6 1.6 0 0 0 0-3.2z"/><path d="M9.8 6v1M9.8 9v1"/>""",
        ["email"] = """<rect x="1.6" y="3.2" width="12.8" height="9.6" rx="1"/><path d="m2 4 6 4.8L14 4"/>""",
        ["accountChange"] = """<circle cx="6" cy="4.8" r="2.6"/><path d="M1.4 13.6c.3-3 2-4.6 4.6-4.6 1 0 1.9.3 2.6.8M9.4 12h5M12.4 9.8l2.2 2.2-2.2 2.2"/>""",
        ["deployment"] = """<path d="M8 10.4V2M4.8 5 8 1.8 11.2 5M2.2 9.4v4.4h11.6V9.4"/>""",
        ["extraction"] = """<path d="M3 1.8h10v12.4l-1.7-1.2-1.6 1.2L8 13l-1.7 1.2L4.7 13 3 14.2z"/><path d="M5.4 5h5.2M5.4 7.6h5.2M5.4 10.2h2.6"/>""",
        ["agentDecision"] = """<path d="M2 2.4h12v8.8H8.4L5.6 14v-2.8H2z"/><path d="M6.5 5.6a1.5 1.5 0 1 1 2.3 1.2c-.5.3-.8.6-.8 1.1"/><circle class="f" cx="8" cy="9.5" r=".7"/>""",
        ["other"] = """<path d="M8 1.8 13.6 5v6L8 14.2 2.4 11V5z"/><path d="M2.6 5.2 8 8.2l5.4-3M8 8.2V14"/>""",

        // Kinds of evidence
        ["conversation"] = """<path d="M2 2.6h12v8.4H7.8L5 13.8V11H2z"/>""",
        ["table"] = """<rect x="1.8" y="2.6" width="12.4" height="10.8" rx="1"/><path d="M2 6.2h12M2 9.8h12M6 6.2v7"/>""",
        ["text"] = """<path d="M3 1.8h6.8L13 5v9.2H3z"/><path d="M9.6 1.8V5.2H13M5.4 8h5.2M5.4 10.8h5.2"/>""",
        ["json"] = """<path d="M6 2.2c-1.8 0-2 .8-2 2v1.6C4 7.2 3.4 8 2.2 8 3.4 8 4 8.8 4 10.2v1.6c0 1.2.2 2 2 2M10 2.2c1.8 0 2 .8 2 2v1.6c0 1.4.6 2.2 1.8 2.2-1.2 0-1.8.8-1.8 2.2v1.6c0 1.2-.2 2-2 2"/>""",
        ["image"] = """<rect x="1.8" y="2.6" width="12.4" height="10.8" rx="1"/><path d="m2 11.4 3.6-3.8 2.8 2.8 2-1.8 3.6 3.4"/><circle cx="10.6" cy="5.8" r="1.2"/>""",
        ["file"] = """<path d="M3 1.8h6.8L13 5v9.2H3z"/><path d="M9.6 1.8V5.2H13"/>""",
        ["diff"] = """<path d="M4.8 2v5.6M2 4.8h5.6M8.8 11.2H14M13 2.6 3.4 13.6"/>""",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
