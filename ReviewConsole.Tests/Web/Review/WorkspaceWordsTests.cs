using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>Every visible word of the panes comes through a localizer; the rest is marked as a source's.</summary>
public sealed class WorkspaceWordsTests
{
    [Fact]
    public async Task The_panes_say_nothing_that_was_not_localised()
    {
        await using var context = new ConsoleTestContext(pseudo: true);
        context.Services.AddRendering();
        var proposal = Samples.Read(Samples.EveryKind);
        var gate = Samples.Gate(proposal, Risk.High, new Check("console:amount", "Declared amount differs", CheckResult.Fail, "1250.00 and 900.00", []));
        var words = context.Services.GetRequiredService<RenderWords>();
        var model = new ReviewModel(Guid.Parse("0199a000-0000-7000-8000-000000000001"), 1, proposal, gate, [.. proposal.Evidence.Select((item, i) => new EvidenceModel(
            item, i + 1, true, "/evidence/x", item.Kind == EvidenceKind.Image ? new ImageFacts("image/png", 500, 1000) : null, words))]);
        var pane = context.Render<EvidencePane>(p => p.Add(x => x.Model, model));
        Pseudo.AssertLocalized(pane.Nodes, [.. proposal.Evidence.Select(item => HiddenText.Plain(item.Label))]);
        Assert.Equal(proposal.Evidence.Count, pane.FindAll(".rc-tab-word").Count);
        Assert.All(pane.FindAll(".rc-tab-word"), static word => Assert.DoesNotContain("EvidenceKind.", word.TextContent, StringComparison.Ordinal));
        Pseudo.AssertLocalized(context.Render<ProposalPane>(p => p.Add(x => x.Model, model)).Nodes);
        Pseudo.AssertLocalized(context.Render<ChecksPane>(p => p.Add(x => x.Model, model)).Nodes);
    }
}
