using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Policies;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Verbs;
using ReviewConsole.SignIn;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;
using Run = ReviewConsole.Components.Policies.BacktestRun;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>What a back-test says on the screen and in the shell of what it cannot know, and of the signal that it was asked about.</summary>
public sealed class BacktestPartTests : IAsyncLifetime
{
    private readonly ConsoleTestContext _context = new();
    private readonly TestDesk _desk;

    public BacktestPartTests()
    {
        _desk = new TestDesk(_context.Time);
        _context.AddAuthorization();
        _context.Services.AddSingleton(_desk.Policies).AddSingleton(new PastReviews(_desk.Store.Database, _context.Time)).AddSingleton<Changes>()
            .AddSingleton<PeopleDirectory>().AddSingleton<SessionPrincipal>().AddScoped<CurrentPerson>();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public void An_estimate_says_for_how_many_it_speaks_and_three_that_nobody_looked_at_do_not_blank_it()
    {
        var report = Report(null);

        var page = Page(report);
        Assert.Equal("look", page.Find(".rc-banner").GetAttribute("data-tone"));
        Assert.Contains("None of the 40 judged ones", page.Find(".rc-banner").TextContent, StringComparison.Ordinal);
        Assert.Contains("This speaks for 40 of the 43; of the other 3 nobody looked at one of their kind.", page.Find(".rc-banner").TextContent, StringComparison.Ordinal);
        Assert.Contains("0 of 40, 0 % (0–8.8), speaks for 40 of 43", page.Find("section[aria-labelledby=frontier-head] tbody").TextContent, StringComparison.Ordinal);
        // At the worst all of the three are wrong.
        Assert.Equal(3 + (40 * WilsonInterval.Of(0, 40).High), BacktestFigures.Mark(Words(), report.Frontier[0]).High, 6);
        Assert.EndsWith(",40\r\n", Uri.UnescapeDataString(BacktestFigures.Csv(report.Frontier)), StringComparison.Ordinal);
        Assert.Contains(
            "errors among what is let through: 0 of 40 labelled, 0.0 % (0.0 to 8.8), 3 more have no label; it speaks for 40 of 43, of the other 3 nobody knows", BacktestText.Lines(report, []));
    }

    [Fact]
    public void The_signal_that_was_asked_about_is_named_and_can_be_left_also_where_no_other_is_known()
    {
        var select = Page(Report("model")).Find("#frontier-signal");
        Assert.Equal(["by the lowest signal of each", "model"], select.QuerySelectorAll("option").Select(static option => option.TextContent.Trim()));
        Assert.Equal("model", select.GetAttribute("value"));

        // Of other days no review has it any more: still it is what was drawn by, or not.
        var gone = Page(Report("judge"));
        Assert.Equal("judge", gone.Find("#frontier-signal").GetAttribute("value"));
        Assert.Contains("No item has this signal.", gone.Markup, StringComparison.Ordinal);
        Assert.Empty(Page(Report(null)).FindAll("#frontier-signal"));
    }

    private static BacktestReport Report(string? signal)
    {
        var backtest = new Backtest(PolicyReader.Default, signal);
        for (var i = 0; i < 43; i++)
        {
            var proposal = GateCases.Certain("agent_decision", string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{i}}}""")) with { Signals = [new Signal("model", 0.9m)] };
            backtest.Add(new BacktestItem(
                "i", proposal, new Facts(GateCases.Now, 0.5), ActionKey.Of(proposal.Effective.Digest), i < 40 ? Label.Right : Label.None,
                new EarlierVerdict(i < 40 ? Verdict.Review : Verdict.Proceed, Risk.Low, 1440, false) { Drawn = i < 40 ? null : 0.001m }));
        }

        return backtest.Report();
    }

    private IStringLocalizer<PolicyWords> Words() => _context.Services.GetRequiredService<IStringLocalizer<PolicyWords>>();

    private IRenderedComponent<BacktestPart> Page(BacktestReport report) => _context.Render<BacktestPart>(part => part
        .Add(static page => page.Number, 1).Add(static page => page.Digest, report.Policy.Digest)
        .Add(static page => page.Kept, new Run { Signal = report.Signal ?? "", Report = new PastReport(report, 0, ["model"]) }));
}
