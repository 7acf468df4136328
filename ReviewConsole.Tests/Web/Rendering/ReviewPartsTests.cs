using System.Globalization;
using Xunit;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Components.Review;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class ReviewPartsTests : BunitContext
{
    private readonly ReviewModel _model = Samples.Model(Samples.Read(Samples.EveryKind), Risk.High, new Check("console:amount", "Declared amount differs", CheckResult.Fail, "1250.00 and 900.00", []));

    private readonly Calibration _calibration = new() { IsWhole = true };

    public ReviewPartsTests()
    {
        _ = RenderingSupport.Words;
        Services.AddLocalization();
        Services.AddSingleton(_calibration);
        Services.AddRendering();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Evidence_of_every_kind_stands_in_its_numbered_frame_and_says_whether_it_was_seen()
    {
        var pane = Render<EvidencePane>(p => p.Add(x => x.Model, _model).Add(x => x.Seen, new Dictionary<string, long> { ["e1"] = 14_000 }));
        Assert.Equal(13, pane.FindAll("section.rc-evidence").Count);
        Assert.Contains("seen 14 s", pane.Find("#evidence-1 header").TextContent, StringComparison.Ordinal);
        Assert.Contains("not seen yet", pane.Find("#evidence-2 header").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 hidden or disguised character in evidence 1.", pane.Find(".rc-banner b").TextContent);
    }

    [Fact]
    public void No_control_of_a_source_and_no_target_off_the_console_is_in_the_page()
    {
        var markup = Render<EvidencePane>(p => p.Add(x => x.Model, _model)).Markup + Render<ProposalPane>(p => p.Add(x => x.Model, _model)).Markup + Render<ChecksPane>(p => p.Add(x => x.Model, _model)).Markup;
        var page = RenderingSupport.Parse(markup);
        Assert.Empty(page.QuerySelectorAll("script, iframe:not([sandbox=\"\"]), object, embed, form, style, link, base"));
        Assert.All(page.QuerySelectorAll("[href], [src]"), e => Assert.StartsWith("/evidence/0199a000-", e.GetAttribute("href") ?? e.GetAttribute("src"), StringComparison.Ordinal));
        Assert.DoesNotContain(page.QuerySelectorAll("*").SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
        foreach (var time in page.QuerySelectorAll("time").ToArray())
        {
            // Our own clock times carry a narrow space in English.
            time.Remove();
        }
        Assert.Empty(Unseen(page.Body!.TextContent));
        Assert.DoesNotContain(page.QuerySelectorAll("*").SelectMany(e => e.Attributes), a => Unseen(a.Value).Any());

        // A letter of another alphabet stays, with its chip behind it.
        static IEnumerable<HiddenSpot> Unseen(string text) => HiddenText.Find(text).Where(static spot => spot.Length > 0);
    }

    [Fact]
    public void A_download_has_a_name_that_hides_nothing()
    {
        var links = Render<EvidencePane>(p => p.Add(x => x.Model, _model)).FindAll("a[download]");
        Assert.Equal(["scan.jpg", "contract.pdf", "passwd"], links.Select(a => a.GetAttribute("download")));
        Assert.EndsWith("/1/11?download", links[1].GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_that_does_not_occur_is_said() =>
        Assert.Contains("never said", Render<EvidencePane>(p => p.Add(x => x.Model, _model)).Find(".rc-quote-missing").TextContent, StringComparison.Ordinal);

    [Fact]
    public void An_image_that_is_none_is_uninspectable()
    {
        var item = _model.Evidence.Single(e => e.Item.Kind == EvidenceKind.Image);
        var broken = new EvidenceModel(item.Item, 11, true, item.Path, null, RenderingSupport.Words);
        var view = Render<EvidenceView>(p => p.Add(x => x.Model, broken));
        Assert.Contains("Evidence 11 cannot be shown.", view.Find(".rc-uninspectable").TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll("img"));
    }

    [Fact]
    public void Box_and_field_share_number_and_state_and_a_box_chooses_its_field()
    {
        string? chosen = null;
        var scan = Render<ScanView>(p => p.Add(x => x.Model, _model.Evidence.Single(e => e.IsScan)).Add(x => x.Fields, _model.Fields.Where(f => f.Field.Box is not null).ToArray())
            .Add(x => x.Active, "total").Add(x => x.ActiveChanged, name => chosen = name));
        var box = scan.Find("g.rc-box");
        Assert.Equal("412", box.QuerySelector("rect")!.GetAttribute("x"));
        Assert.Equal("true", box.GetAttribute("data-active"));
        box.Click();
        Assert.Equal("total", chosen);
        Assert.Equal("0 0 500 1000", scan.Find("svg").GetAttribute("viewBox"));
    }

    [Fact]
    public void Fields_say_what_is_wrong_with_them()
    {
        var list = Render<FieldList>(p => p.Add(x => x.Model, _model));
        var fields = list.FindAll(".rc-field");
        Assert.Equal(["read", "invalid", "invalid"], fields.Select(f => f.GetAttribute("data-state")));
        Assert.Contains("Source unsure, 0.41", fields[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("This is no date that we know", fields[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("no value", fields[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("no place in the image", fields[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_field_shows_what_was_and_what_is()
    {
        var list = Render<FieldList>(p => p.Add(x => x.Model, _model).Add(x => x.Editing, true));
        list.Find("#field-1 input").Change("90.00");
        Assert.Equal("−9.00", list.Find("#field-1 del").TextContent);
        Assert.Equal("+90.00", list.Find("#field-1 ins").TextContent);
        Assert.Equal("changed", list.Find("#field-1").GetAttribute("data-state"));
    }

    [Fact]
    public void The_proposal_shows_action_money_draft_consequence_alternative_and_the_agent_apart()
    {
        var pane = Render<ProposalPane>(p => p.Add(x => x.Model, _model));
        Assert.Contains("U+202E", pane.Find(".rc-action").TextContent, StringComparison.Ordinal);
        Assert.Equal("1,250.00", pane.Find(".rc-money-figure b").TextContent);
        Assert.Equal(["Irreversible", "Visible outside", "Legally sensitive", "Affects trust"], pane.FindAll(".rc-chip").Select(c => c.TextContent));
        Assert.Equal("blocked link: javascript", pane.Find(".rc-consequence .rc-blocked").TextContent);
        Assert.Contains("transfer_to_human", pane.FindAll(".rc-action")[1].TextContent, StringComparison.Ordinal);
        Assert.NotNull(pane.Find(".rc-diffview del"));
        Assert.Contains("not verified", pane.Find(".rc-agent-head").TextContent, StringComparison.Ordinal);
        Assert.False(pane.Find(".rc-agent details").HasAttribute("open"));
    }

    [Fact]
    public void Reasoning_that_is_not_safe_is_not_in_the_page_and_that_is_said()
    {
        foreach (var safe in new[] { false, (bool?)null })
        {
            var model = Samples.Model(_model.Proposal with { Reasoning = new Reasoning("secret chain", safe) });
            var pane = Render<ProposalPane>(p => p.Add(x => x.Model, model));
            Assert.DoesNotContain("secret chain", pane.Markup, StringComparison.Ordinal);
            Assert.Contains("not safe to show", pane.Find("section.rc-agent").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Failed_checks_stand_first_and_say_who_reported_them()
    {
        var pane = Render<ChecksPane>(p => p.Add(x => x.Model, _model));
        Assert.Equal(["fail", "fail", "notRun", "pass"], pane.FindAll(".rc-checkbox").Select(c => c.GetAttribute("data-result")));
        Assert.Contains("reported by the source", pane.FindAll(".rc-checkbox")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("checked here", pane.FindAll(".rc-checkbox")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("2 failed, 1 not run, 1 passed", pane.Find("header small").TextContent);
    }

    [Fact]
    public void A_check_leads_to_its_evidence()
    {
        var shown = 0;
        var pane = Render<ChecksPane>(p => p.Add(x => x.Model, _model).Add(x => x.OnEvidence, number => shown = number));
        pane.Find(".rc-linkbutton").Click();
        Assert.Equal(2, shown);
    }

    [Fact]
    public void A_signal_is_never_a_bare_number()
    {
        var part = Render<SignalsPart>(p => p.Add(x => x.Model, _model)).Find(".rc-signal").TextContent;
        Assert.Contains("not calibrated", part, StringComparison.Ordinal);
        Assert.Contains("the source puts itself high, 0.97 of 1.", part, StringComparison.Ordinal);
        Assert.Contains("self-reported", part, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_says_what_people_made_of_such_ones_and_a_replay_what_was_known_then()
    {
        var (source, signal) = (_model.Proposal.Source, _model.Proposal.Signals[0]);
        for (var i = 0; i < 45; i++)
        {
            Assert.Contains(i < 20 ? "not calibrated" : "0.9–1.0", Text(false), StringComparison.Ordinal);
            _calibration.Add(source.System, source.Version, [signal], approved: i < 41);
        }

        Assert.Contains("91 % of 45", Text(false), StringComparison.Ordinal);
        Assert.Contains("0.9–1.0: 41 of 45 were approved unchanged, 91\u00a0%, 79 to 96 with 95\u00a0% certainty; all that people decided of this version.", Text(false), StringComparison.Ordinal);

        // It was the same screen for whoever decided: nothing was known.
        Assert.Contains("not calibrated", Text(true), StringComparison.Ordinal);
        var knew = new CalibratedFact(20, 20, 0.838m);
        var then = new ReviewModel(_model.Id, 1, _model.Proposal, _model.Gate with { Facts = _model.Gate.Facts with { Calibrated = new Dictionary<string, CalibratedFact> { [signal.Name] = knew } } }, []);
        Assert.Contains("0.9–1.0: 20 of 20 were approved unchanged", Render<SignalsPart>(p => p.Add(x => x.Model, then).Add(x => x.Then, true)).Markup, StringComparison.Ordinal);

        string Text(bool then) => Render<SignalsPart>(p => p.Add(x => x.Model, _model).Add(x => x.Then, then)).Find(".rc-signal").TextContent;
    }

    [Fact]
    public void The_gates_trace_is_said_in_words()
    {
        var part = Render<GateReasons>(p => p.Add(x => x.Model, _model));
        Assert.Equal("Amount at or above 1,000.00 USD", part.Find(".rc-because li").TextContent);
        Assert.Contains("impact.amount at least 1,000.00: seen 1,250.00, so yes", part.Markup, StringComparison.Ordinal);
        Assert.Contains("not known, so a person looks", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_line_asks_for_is_said_with_who_and_until_when()
    {
        var people = new PeopleDirectory();
        people.Replace([new Person(3, "s", "sam@example.org", "Sam", [], true)], []);
        Services.AddSingleton(people);
        Services.AddSingleton(TimeProvider.System);
        var gate = _model.Gate with
        {
            Reasons = [.. _model.Gate.Reasons, ReviewConsole.Core.Gate.OwnReasons.EverythingToReview, ReviewConsole.Core.Gate.OwnReasons.TwoPerson],
            Facts = _model.Gate.Facts with { EverythingToReview = new LineFact("p3", 1_800_000_000_000), TwoPerson = new LineFact("p4", null) },
        };

        var lines = Render<GateReasons>(p => p.Add(x => x.Model, new ReviewModel(_model.Id, 1, _model.Proposal, gate, _model.Evidence))).FindAll(".rc-because li").Select(li => li.TextContent.Trim()).ToArray();

        Assert.StartsWith("Everything on this line goes to a person (Sam, until ", lines[1], StringComparison.Ordinal);
        Assert.Equal("Two people approve or correct on this line (p4)", lines[2]);
    }

    [Theory]
    [InlineData("en", "No rule of the policy covers this|Not known: a, b|Evidence is missing: id/x|An earlier revision went to a person|People found fault with what it lets through, so this automation rule is demoted: auto-1|Audit sample of the automation rule “a”, “b”|May be drawn as an audit sample, which is not known before it is submitted: then a person looks first|The line is stopped|Everything on this line goes to a person|Two people approve or correct on this line|Not known, said its author")]
    [InlineData("de", "Keine Regel des Regelwerks deckt das ab|Nicht bekannt: a, b|Belege fehlen: id/x|Eine frühere Fassung ging an einen Menschen|Menschen fanden Fehler in dem, was sie durchlässt, also ist diese Automatikregel zurückgestuft: auto-1|Stichprobe der Automatikregel “a”, “b”|Wird vielleicht als Stichprobe gezogen, was vor dem Einreichen niemand weiß: Dann sieht zuerst ein Mensch hin|Die Linie ist angehalten|Auf dieser Linie geht alles zu einem Menschen|Auf dieser Linie geben zwei Personen frei oder korrigieren|Not known, said its author")]
    public void Each_of_the_gates_own_reasons_is_said_in_the_readers_language_and_an_authors_as_it_was_written(string culture, string said)
    {
        var gaps = new Dictionary<string, string>(StringComparer.Ordinal) { ["NotKnown"] = "a, b", ["EvidenceMissing"] = "id/x", ["Demoted"] = "auto-1", ["Drawn"] = "“a”, “b”" };
        var reasons = OwnReasons.All.Select(own => OwnReasons.Of(own.Value, [gaps.GetValueOrDefault(own.Key, "")])).Append("Not known, said its author").ToArray();
        var model = new ReviewModel(_model.Id, 1, _model.Proposal, _model.Gate with { Reasons = reasons }, _model.Evidence);
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            var lines = Render<GateReasons>(p => p.Add(x => x.Model, model)).FindAll(".rc-because li").ToArray();

            Assert.Equal(said, string.Join('|', lines.Select(static line => string.Join(' ', line.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));
            Assert.Equal([.. gaps.Values, reasons[^1]], lines.SelectMany(static line => line.QuerySelectorAll("[data-text=source]")).Select(static source => source.TextContent));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void The_diff_goes_through_its_three_modes()
    {
        var diff = Render<DiffView>(p => p.Add(x => x.Texts, new DiffTexts("a old", "a new")).Add(x => x.BeforeTitle, "L").Add(x => x.AfterTitle, "R").Add(x => x.Label, "Texts"));
        Assert.NotNull(diff.Find(".rc-diff-side"));
        diff.FindAll(".rc-segment")[1].Click();
        Assert.Equal(2, diff.FindAll("tr").Count);
        diff.FindAll(".rc-segment")[2].Click();
        Assert.Empty(diff.FindAll("del"));
    }

    [Fact]
    public void A_title_draws_what_it_hides() =>
        Assert.Equal("pay <span class=\"rc-codepoint\" title=\"RIGHT-TO-LEFT OVERRIDE\">U+202E</span>&lt;b&gt;", Render<SafeText>(p => p.Add(x => x.Value, "pay \u202E<b>")).Find("bdi").InnerHtml);

    [Fact]
    public void Every_review_there_is_draws_its_three_panes()
    {
        foreach (var (name, proposal) in Samples.All())
        {
            var model = Samples.Model(proposal);
            Assert.Equal(proposal.Evidence.Count, Render<EvidencePane>(p => p.Add(x => x.Model, model)).FindAll("section.rc-evidence").Count);
            Assert.NotEmpty(Render<ProposalPane>(p => p.Add(x => x.Model, model)).Find(".rc-action").TextContent);
            Assert.True(Render<ChecksPane>(p => p.Add(x => x.Model, model)).FindAll(".rc-checkbox").Count >= proposal.Checks.Count, name);
        }
    }
}
