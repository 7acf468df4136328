using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Playwright;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web;

/// <summary>Every shared part with the product's style sheets in a real browser, as picture 9 of the design shows them: clean for axe in each theme.</summary>
public sealed class VocabularyTests(BrowserFixture browser)
{
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task The_vocabulary_is_clean_for_axe(ColorScheme theme, bool contrast)
    {
        using var words = new ConsoleTestContext();
        var markup = words.Render(Vocabulary).Markup;
        await using var console = await RunningConsole.StartAsync();
        await using var context = await browser.NewContextAsync(console.Address.ToString(), theme, 900, 1360);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/not-found");
        await page.EvaluateAsync(
            "([markup, contrast]) => { document.body.removeAttribute('data-clock'); const main = document.querySelector('main'); main.className = 'rc-page'; main.style.background = 'var(--rc-surface)'; main.innerHTML = `<h1>Vocabulary</h1><h2>Parts</h2>${markup}`; if (contrast) document.documentElement.dataset.contrast = 'more'; }",
            new object[] { markup, contrast });
        var name = $"vocabulary-{theme}{(contrast ? "-contrast" : "")}".ToLowerInvariant();
        await Pictures.TakeAsync(page, name);
        await Axe.AssertCleanAsync(page, name);
    }

    private static void Vocabulary(RenderTreeBuilder builder)
    {
        using var arguments = JsonDocument.Parse($$"""{"reservation_id": "4XGCCM", "payment": [{"amount": 1625}], "summary": "{{new string('x', 235)}}"}""");
        var root = arguments.RootElement.Clone();
        Row(builder, row =>
        {
            Part<RiskMark>(row, ("Risk", Risk.Low));
            Part<RiskMark>(row, ("Risk", Risk.Medium));
            Part<RiskMark>(row, ("Risk", Risk.High));
            Part<RiskMark>(row, ("Risk", Risk.High), ("Short", true));
        });
        Row(builder, row =>
        {
            Part<SlaBadge>(row, ("Due", s_now.AddMinutes(64)), ("Now", s_now));
            Part<SlaBadge>(row, ("Due", s_now.AddMinutes(11)), ("Now", s_now));
            Part<SlaBadge>(row, ("Due", s_now.AddMinutes(-18)), ("Now", s_now));
            Part<SlaBadge>(row, ("Paused", true));
        });
        Row(builder, row =>
        {
            Part<CheckList>(row, ("Total", 3));
            Part<CheckChip>(row, ("Id", "CONFIRM-1"), ("Result", CheckResult.Warn));
            Part<CheckChip>(row, ("Id", "LOOKUP-1"), ("Result", CheckResult.Fail));
            Part<CheckChip>(row, ("Id", "PAY-1"), ("Result", CheckResult.NotRun));
        });
        Row(builder, row =>
        {
            foreach (var (right, of) in new[] { (4, 69), (10, 24), (13, 21), (36, 40), (4, 7), (0, 0) })
            {
                Part<ConfidenceCells>(row, ("Right", right), ("Of", of));
            }
        });
        Row(builder, row =>
        {
            foreach (var kind in new[] { "refund", "booking", "email", "accountChange", "deployment", "extraction", "agentDecision", "parcel" })
            {
                Part<KindIcon>(row, ("Kind", kind));
            }
        });
        Row(builder, row =>
        {
            foreach (var icon in IconShapes.All.Keys.Order(StringComparer.Ordinal))
            {
                Part<Icon>(row, ("Name", icon));
            }
        });
        Row(builder, row =>
        {
            Part<Avatar>(row, ("Name", "Priya Nair"), ("Alone", true));
            Part<Avatar>(row, ("Name", "Jonas Weber"), ("Mine", true), ("Alone", true));
            Part<Avatar>(row, ("Name", "Mehmet Bayar"), ("Away", true), ("Alone", true));
            Part<Countdown>(row, ("Until", s_now.AddSeconds(7)), ("Now", s_now));
            Part<Countdown>(row, ("Until", s_now.AddSeconds(822)), ("Now", s_now), ("Clock", true));
            Part<KeyCap>(row, ("Keys", "Ctrl+Enter"));
        });
        Row(builder, row =>
        {
            Part<DecisionButton>(row, ("Text", "Reject"), ("Key", "3"));
            Part<DecisionButton>(row, ("Text", "Chosen"), ("Chosen", true));
            Part<DecisionButton>(row, ("Text", "Not yet"), ("Ready", false));
        });
        Part<EvidenceFrame>(builder, ("Id", "e1"), ("Number", 1), ("Title", "What a source sent"), ("Icon", "conversation"), ("Origin", "crm"), ("Required", true), ("SeenMilliseconds", 14_000L),
            ("ChildContent", Text("My user ID is amelia_davis_8890.")));
        Part<EvidenceFrame>(builder, ("Id", "e2"), ("Number", 2), ("Title", "Airline agent policy"), ("Required", true), ("Open", false));
        Part<AgentSays>(builder, ("Says", "Cancel reservation 4XGCCM and refund 5074.00 USD"), ("Words", 62), ("ChildContent", Text("because")));
        Part<ActionBlock>(builder, ("Name", "cancel_reservation"), ("Arguments", root));
        Part<Banner>(builder, ("Tone", Tone.Info), ("Title", "Whose turn it is."), ("ChildContent", Text("Claimed, commit first, new items")), ("Quiet", true));
        Part<Banner>(builder, ("Tone", Tone.Look), ("Title", "Look before you go on."), ("ChildContent", Text("Stale, connection lost, hidden text")), ("Quiet", true));
        Part<Banner>(builder, ("Tone", Tone.Good), ("Title", "VERIFIED-ANCHORED"), ("Quiet", true));
        Part<ErrorPart>(builder, ("Title", "Evidence 3 could not be drawn."), ("Reference", "7f3a-0914"), ("OnRetry", EventCallback.Factory.Create(new object(), () => { })));
        Part<EmptyState>(builder, ("Title", "Nothing is due in the next 2 hours"), ("ChildContent", Text("22 items wait with more time.")));
        Part<LoadingRows>(builder, ("What", "Next to breach"), ("Rows", 2));
        Part<TextEditor>(builder, ("Id", "rationale"), ("Key", "k"), ("Label", "Rationale"), ("Hint", "for the record, stays inside"), ("Value", "Flights of 3 and 4 May are past"));
    }

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    private static void Row(RenderTreeBuilder builder, RenderFragment content)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "style", "display:flex;flex-wrap:wrap;gap:12px;align-items:center");
        builder.AddContent(2, content);
        builder.CloseElement();
    }

    private static void Part<T>(RenderTreeBuilder builder, params (string Name, object Value)[] parameters)
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
