using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Components.Queue;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Queue;

/// <summary>The parts of the queue: what a row says, what is drawn again, and that every word came through a localizer.</summary>
public sealed class QueuePartsTests : IDisposable
{
    private readonly ConsoleTestContext _context = new();
    private readonly ConsoleTestContext _pseudo = new(pseudo: true);

    public QueuePartsTests()
    {
        foreach (var context in new[] { _context, _pseudo })
        {
            var people = new PeopleDirectory();
            people.Replace([new Person(7, "priya", "priya@example.org", "Priya Nair", System.Collections.Frozen.FrozenSet.Create(Role.Reviewer), true)], []);
            context.Services.AddSingleton(people);
        }
    }

    public void Dispose()
    {
        _context.Dispose();
        _pseudo.Dispose();
    }

    [Fact]
    public void A_row_says_the_action_first_and_the_agents_title_second()
    {
        var row = Row(QueueWindowTests.Item(1));
        Assert.Equal("issue_refund 4711 1250.00 USD", row.Find(".rc-qaction").TextContent);
        Assert.Equal("Agent says, not verified", row.Find(".rc-qsays svg").GetAttribute("aria-label"));
        Assert.Contains("Refund the order", row.Find(".rc-qabout").TextContent, StringComparison.Ordinal);
        Assert.Contains("orders-agent 3.2", row.Find(".rc-qabout").TextContent, StringComparison.Ordinal);
        Assert.Equal("1,250.00 USD", row.Find(".rc-qmoney").TextContent.Trim());
        Assert.Equal(["fail", "more"], row.FindAll(".rc-check").Select(chip => chip.GetAttribute("data-result")));
        Assert.Equal("not calibrated", row.Find(".rc-qconf").TextContent.Trim());
        Assert.Equal("0", row.Find("[data-band]").GetAttribute("data-band"));
    }

    [Fact]
    public void A_row_says_what_people_made_of_such_a_lowest_signal_and_nothing_before_a_first_judgement()
    {
        for (var i = 0; i < 24; i++)
        {
            _context.Calibration.Add("orders-agent", "3.2", [new Signal("model", 0.4m), new Signal("judge", 0.9m)], approved: i < 10);
        }

        var row = Row(QueueWindowTests.Item(1));
        Assert.Equal("42 % of 24", row.Find(".rc-qconf").TextContent.Trim());
        Assert.Equal("With such a signal 10 of 24 that people decided were approved unchanged", row.Find(".rc-qconf [title]").GetAttribute("title"));
        Assert.Equal("—", Row(QueueWindowTests.Item(1) with { Withheld = true }).Find(".rc-qconf").TextContent.Trim());
        Assert.Equal("not calibrated", Row(QueueWindowTests.Item(1) with { Confidence = 0.5 }).Find(".rc-qconf").TextContent.Trim());
    }

    [Fact]
    public void A_title_that_only_repeats_the_action_is_left_out() =>
        Assert.Empty(Row(QueueWindowTests.Item(1) with { Title = "issue_refund 4711 1250.00 USD" }).FindAll(".rc-qsays"));

    [Fact]
    public void A_row_says_which_skill_whoever_reads_it_lacks()
    {
        Assert.Equal("needs the skill german, medical", Row(QueueWindowTests.Item(1) with { Lacks = ["german", "medical"] }).Find("[data-locked]").TextContent.Trim());
        Assert.Empty(Row(QueueWindowTests.Item(1)).FindAll("[data-locked]"));
    }

    [Fact]
    public void A_row_says_who_has_it_that_it_waits_or_that_it_is_held()
    {
        Assert.Equal("Priya Nair", Row(QueueWindowTests.Item(1) with { ClaimBy = "p7" }).Find(".rc-avatar").GetAttribute("aria-label"));
        Assert.NotNull(Row(QueueWindowTests.Item(1) with { AssignedTo = "p7" }).Find(".rc-avatar").GetAttribute("data-away"));
        Assert.Equal("paused", Row(QueueWindowTests.Item(1) with { Status = "waitingOnSource" }).Find(".rc-sla").GetAttribute("data-state"));
        Assert.Equal("1772442000000", Row(QueueWindowTests.Item(1) with { Status = "held", ReleasesAt = 1_772_442_000_000 }).Find("[data-until]").GetAttribute("data-until"));
    }

    [Fact]
    public void Hidden_characters_of_a_source_are_drawn_in_a_row() =>
        Assert.Contains("U+202E", Row(QueueWindowTests.Item(1) with { Headline = "pay \u202e100" }).Find(".rc-qaction").TextContent, StringComparison.Ordinal);

    [Fact]
    public void A_row_is_drawn_again_only_when_it_differs()
    {
        var shown = new ShownReview(QueueWindowTests.Item(1));
        var row = _context.Render<QueueRow>(p => p.Add(c => c.Row, shown).Add(c => c.Now, 1));
        row.Render(p => p.Add(c => c.Row, shown).Add(c => c.Now, 2));
        Assert.Equal(1, row.RenderCount);
        shown.Take(QueueWindowTests.Item(1) with { ChangedSeq = 9, Revision = 2 });
        row.Render(p => p.Add(c => c.Row, shown).Add(c => c.Now, 3));
        Assert.Equal(2, row.RenderCount);
        Assert.Contains("changed", row.Find(".rc-qmark").TextContent, StringComparison.Ordinal);
        row.Render(p => p.Add(c => c.Row, shown).Add(c => c.Selected, true).Add(c => c.Reachable, true));
        Assert.Equal("true", row.Find("[role=option]").GetAttribute("aria-selected"));
    }

    [Fact]
    public void Tabs_are_links_with_their_counts()
    {
        var tabs = _context.Render<QueueTabs>(p => p.Add(c => c.Filter, QueueFilter.Everything with { View = QueueView.Breach, Risks = ["high"] }).Add(c => c.Counts, new QueueCounts(41, 3, 34, 19, 23, 2, 4)));
        var breach = tabs.Find("a[aria-current=page]");
        Assert.Equal("queue?view=breach&risk=high", breach.GetAttribute("href"));
        Assert.Equal("Next to breach 19", breach.TextContent.Trim());
        Assert.Equal("queue?risk=high", tabs.FindAll("a")[0].GetAttribute("href"));
    }

    [Fact]
    public void A_filter_says_what_it_keeps_and_gives_the_new_one()
    {
        QueueFilter? chosen = null;
        var filters = _context.Render<QueueFilters>(p => p.Add(c => c.Filter, QueueFilter.Everything with { Risks = ["high"], Text = "4XGCCM" }).Add(c => c.Sources, ["orders-agent"]).Add(c => c.KindNames, ["refund"])
            .Add(c => c.OnChange, EventCallback.Factory.Create<QueueFilter>(this, filter => chosen = filter)));
        Assert.Contains("Risk: High", filters.Find("[data-active] summary").TextContent, StringComparison.Ordinal);
        filters.FindAll("input[type=checkbox]").First(box => box.ParentElement!.TextContent.Contains("Medium", StringComparison.Ordinal)).Change(true);
        Assert.Equal(["high", "medium"], chosen!.Risks);
        filters.FindAll(".rc-filter-clear").First().Click();
        Assert.Empty(chosen.Risks);
        Assert.Equal("4XGCCM", chosen.Text);
    }

    [Fact]
    public void Every_part_speaks_through_a_localizer()
    {
        Pseudo.AssertLocalized(_pseudo.Render<QueueTabs>(p => p.Add(c => c.Counts, QueueCounts.None)).Nodes);
        Pseudo.AssertLocalized(_pseudo.Render<QueueFilters>(p => p.Add(c => c.Filter, QueueFilter.Everything with { Risks = ["high"], Check = "A-1", Text = "x", Sources = ["s"] })).Nodes);
        foreach (var item in new[] { QueueWindowTests.Item(1), QueueWindowTests.Item(1) with { Status = "held", Approvals = 1, ClaimBy = "p7" } })
        {
            var shown = new ShownReview(item);
            shown.Take(item with { Revision = 2, ChangedSeq = 5 });
            Pseudo.AssertLocalized(_pseudo.Render<QueueRow>(p => p.Add(c => c.Row, shown)).Nodes, "Z", "Priya Nair", "LOOKUP-1");
            shown.Take(null);
            Pseudo.AssertLocalized(_pseudo.Render<QueueRow>(p => p.Add(c => c.Row, shown)).Nodes, "Z", "Priya Nair", "LOOKUP-1");
        }
    }

    private IRenderedComponent<QueueRow> Row(QueueItem item) => _context.Render<QueueRow>(p => p.Add(c => c.Row, new ShownReview(item)).Add(c => c.Now, 1_772_441_500_000));
}
