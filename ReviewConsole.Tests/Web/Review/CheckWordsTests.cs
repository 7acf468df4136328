using System.Globalization;
using Bunit;
using ReviewConsole.Components.Review;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>What the console itself checked is said in the reader's language; what a source checked stays as it was sent.</summary>
public sealed class CheckWordsTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;
    private readonly ConsoleTestContext _context = new();

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = _before;
        _context.Dispose();
    }

    [Theory]
    [InlineData("en", "console:declared-amount", "Amount differs")]
    [InlineData("de", "console:declared-amount", "Betrag anders")]
    [InlineData("de", "console:arguments", "Argumente passen nicht")]
    [InlineData("de", "evidence:extract", "Nicht zeigbar")]
    [InlineData("de", "evidence", "Ohne Belege")]
    [InlineData("de", "LIM-1", "LIM-1")]
    [InlineData("de", "console:yet-unknown", "console:yet-unknown")]
    public void A_chip_names_a_check_of_the_console_shortly(string language, string id, string shown)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(shown, _context.Render<CheckChip>(p => p.Add(c => c.Id, id).Add(c => c.Result, CheckResult.Fail)).Find(".rc-check-id").TextContent);
    }

    [Theory]
    [InlineData("en", "Declared amount differs from the arguments", "Declared 5.00 USD, the arguments have 955.00 USD; the greater counts.")]
    [InlineData("de", "Angegebener Betrag weicht von den Argumenten ab", "Angegeben 5.00 USD, in den Argumenten 955.00 USD; das Größere zählt.")]
    public void The_pane_says_what_the_console_recorded_in_the_readers_language(string language, string name, string detail)
    {
        var proposal = GateCases.Certain("post_invoice", """{"amount":"955.00","currency":"USD"}""", """{"amount":{"value":"5.00","currency":"USD"},"reversible":true,"externallyVisible":false}""");
        var check = GateCases.Ask(proposal).ConsoleChecks.Single();
        var model = Samples.Model(proposal, Risk.Medium, check);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var box = _context.Render<ChecksPane>(p => p.Add(x => x.Model, model)).Find(".rc-checkbox[data-result=fail]");

        Assert.Equal(name, box.QuerySelector("b")!.TextContent);
        Assert.Equal(detail, box.QuerySelector(".rc-text")!.TextContent);
        Assert.DoesNotContain("console:", box.TextContent, StringComparison.Ordinal);
    }
}
