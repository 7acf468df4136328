using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web;

/// <summary>Each shared part says what picture 9 says, and says it through a localizer.</summary>
public sealed class SharedPartsTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly ConsoleTestContext _context = new(pseudo: true);

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData(Risk.Low, 1)]
    [InlineData(Risk.Medium, 2)]
    [InlineData(Risk.High, 3)]
    public void Risk_is_bars_and_a_word(Risk risk, int bars)
    {
        var mark = _context.Render<RiskMark>(p => p.Add(c => c.Risk, risk));
        Assert.Equal(bars, mark.FindAll("rect.f").Count);
        Assert.Equal($"⟦{risk} risk⟧", mark.Find("span span").TextContent);
        Assert.Equal("img", _context.Render<RiskMark>(p => p.Add(c => c.Risk, risk).Add(c => c.Short, true)).Find("svg").GetAttribute("role"));
    }

    [Theory]
    [InlineData(64 * 60, "ok", "1 h 04")]
    [InlineData(15 * 60, "soon", "15 min")]
    [InlineData(10.5 * 60, "soon", "11 min")]
    [InlineData(0, "over", "1 min over")]
    [InlineData(-18 * 60, "over", "18 min over")]
    [InlineData(26 * 3600, "ok", "1 d 2 h")]
    public void Due_is_plain_then_a_clock_then_the_solid_badge(double seconds, string state, string text)
    {
        using var words = new ConsoleTestContext();
        var badge = words.Render<SlaBadge>(p => p.Add(c => c.Due, s_now.AddSeconds(seconds)).Add(c => c.Now, s_now));
        Assert.Equal(state, badge.Find(".rc-sla").GetAttribute("data-state"));
        Assert.Equal(text, badge.Find("[data-due-text]").TextContent);
        Assert.Equal(s_now.AddSeconds(seconds).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), badge.Find(".rc-sla").GetAttribute("data-due"));
    }

    [Fact]
    public void A_stopped_clock_says_so() => Assert.Equal("⟦paused⟧", _context.Render<SlaBadge>(p => p.Add(c => c.Paused, true)).Find("[data-state=paused]").TextContent);

    [Theory]
    [InlineData(0, 0, 0, "not calibrated")]
    [InlineData(4, 7, 0, "4 of 7 too few")]
    [InlineData(12, 19, 0, "12 of 19 too few")]
    [InlineData(4, 69, 1, "6 % of 69")]
    [InlineData(10, 24, 2, "42 % of 24")]
    [InlineData(10, 20, 3, "50 % of 20")]
    [InlineData(36, 40, 4, "90 % of 40")]
    public void Confidence_is_the_observed_share_and_its_number(int right, int of, int band, string text)
    {
        using var words = new ConsoleTestContext();
        var cells = words.Render<ConfidenceCells>(p => p.Add(c => c.Right, right).Add(c => c.Of, of));
        Assert.Equal(band.ToString(System.Globalization.CultureInfo.InvariantCulture), cells.Find(".rc-conf").GetAttribute("data-band"));
        Assert.Equal(band, cells.FindAll("rect.f").Count);
        Assert.Equal(text, cells.Find(".rc-conf").TextContent.Trim());
    }

    [Fact]
    public void More_than_two_failed_checks_become_a_number()
    {
        CheckMark[] marks = [new("A-1", "a", CheckResult.Fail), new("B-1", "b", CheckResult.Warn), new("C-1", "c", CheckResult.NotRun)];
        var list = _context.Render<CheckList>(p => p.Add(c => c.NotPassed, marks).Add(c => c.Total, 5));
        Assert.Equal(["fail", "more"], list.FindAll(".rc-check").Select(chip => chip.GetAttribute("data-result")));
        Assert.Contains("+2", list.Markup, StringComparison.Ordinal);
        Assert.Contains("all passed", _context.Render<CheckList>(p => p.Add(c => c.Total, 2)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_is_complete_canonical_and_long_texts_open_in_place()
    {
        var text = new string('x', 300);
        using var arguments = JsonDocument.Parse($$"""{"z": 1.50, "payment": [{"amount": 1625}], "a b": {}, "note": "{{text}}"}""");
        var block = _context.Render<ActionBlock>(p => p.Add(c => c.Name, "cancel_reservation").Add(c => c.Arguments, arguments.RootElement));
        Assert.Equal(["[\"a b\"]", "note", "payment[0].amount", "z"], block.FindAll("dt").Select(term => term.TextContent));
        Assert.Equal("1.5", block.FindAll("dd")[3].TextContent.Trim());
        Assert.Contains(text, block.Find("details > bdi").TextContent, StringComparison.Ordinal);
        Assert.Contains("302", block.Find("summary small").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_says_its_number_its_origin_and_whether_it_was_seen()
    {
        var frame = _context.Render<EvidenceFrame>(p => p.Add(c => c.Id, "e1").Add(c => c.Number, 1).Add(c => c.Title, "Chat").Add(c => c.Kind, "⟦Conversation⟧").Add(c => c.Origin, "crm").Add(c => c.Required, true)
            .Add(c => c.SeenMilliseconds, 999).AddChildContent("words of the source"));
        Assert.Equal("e1", frame.Find("section").GetAttribute("data-evidence"));
        Assert.Equal("⟦Conversation⟧ · crm", frame.Find(".rc-origin").TextContent);
        Assert.Equal("crm", frame.Find(".rc-origin [data-text=source]").TextContent);
        Assert.Equal("⟦required⟧ · ⟦not seen yet⟧", frame.Find(".rc-seen").TextContent.Trim());
        frame.Render(p => p.Add(c => c.SeenMilliseconds, 14_200));
        Assert.Equal("⟦required⟧ · ⟦seen 14 s⟧", frame.Find(".rc-seen").TextContent.Trim());
        Pseudo.AssertLocalized(frame.Nodes);
        frame.Render(p => p.Add(c => c.Open, false).Add(c => c.OnToggle, EventCallback.Factory.Create(this, () => { })));
        Assert.Empty(frame.FindAll(".rc-evidence-body"));
        Assert.Equal("false", frame.Find("button").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void What_the_agent_says_is_captioned_and_its_reasoning_closed()
    {
        var says = _context.Render<AgentSays>(p => p.Add(c => c.Says, "Cancel it").Add(c => c.Words, 62).AddChildContent("because"));
        Assert.Contains("not verified", says.Find(".rc-agent-head").TextContent, StringComparison.Ordinal);
        Assert.False(says.Find("details").HasAttribute("open"));
        Pseudo.AssertLocalized(says.Nodes);
        Assert.Contains("not safe", _context.Render<AgentSays>(p => p.Add(c => c.Withheld, true)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_says_that_nothing_was_decided_and_can_be_tried_again()
    {
        var tried = 0;
        var part = _context.Render<ErrorPart>(p => p.Add(c => c.Title, "⟦Evidence 3⟧").Add(c => c.Reference, "7f3a").Add(c => c.OnRetry, () => tried++));
        Assert.Contains("Nothing was decided", part.Markup, StringComparison.Ordinal);
        part.Find("button").Click();
        Assert.Equal(1, tried);
        Pseudo.AssertLocalized(part.Nodes);
    }

    [Fact]
    public void A_decision_that_is_not_ready_can_still_be_pressed()
    {
        var pressed = 0;
        var button = _context.Render<DecisionButton>(p => p.Add(c => c.Text, "⟦Approve⟧").Add(c => c.Key, "1").Add(c => c.Ready, false).Add(c => c.OnChoose, () => pressed++));
        Assert.Equal("true", button.Find("button").GetAttribute("aria-disabled"));
        button.Find("button").Click();
        Assert.Equal(1, pressed);
    }

    [Fact]
    public void Keys_are_drawn_one_by_one() =>
        Assert.Equal(["Ctrl", "Enter"], _context.Render<KeyCap>(p => p.Add(c => c.Keys, "Ctrl+Enter")).FindAll("kbd").Select(key => key.TextContent));

    [Fact]
    public void Every_part_speaks_through_a_localizer()
    {
        using var arguments = JsonDocument.Parse("{}");
        RenderFragment all = builder =>
        {
            Add<SlaBadge>(builder, ("Due", s_now), ("Now", s_now));
            Add<Countdown>(builder, ("Until", s_now), ("Now", s_now));
            Add<Age>(builder, ("Since", s_now), ("Now", s_now));
            Add<TimeText>(builder, ("At", s_now));
            Add<CheckChip>(builder, ("Id", "REF-2"), ("Result", CheckResult.NotRun));
            Add<KindIcon>(builder, ("Kind", "refund"), ("Words", true));
            Add<Avatar>(builder, ("Name", "⟦⟧"));
            Add<Banner>(builder, ("Tone", Tone.Look), ("Title", "⟦⟧"));
            Add<EmptyState>(builder, ("Title", "⟦⟧"));
            Add<LoadingRows>(builder, ("What", "⟦⟧"));
            Add<ActionBlock>(builder, ("Name", "x"), ("Arguments", arguments.RootElement));
            Add<TextEditor>(builder, ("Id", "t"), ("Key", "k"), ("Label", "⟦⟧"));
            Add<KeyTable>(builder);
        };
        Pseudo.AssertLocalized(_context.Render(all).Nodes, "2026-03-02 09:00:00Z");
    }

    private static void Add<T>(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, params (string Name, object Value)[] parameters)
        where T : IComponent
    {
        builder.OpenComponent<T>(0);
        foreach (var (name, value) in parameters)
        {
            builder.AddComponentParameter(1, name, value);
        }

        builder.CloseComponent();
    }
}
