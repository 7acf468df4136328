using System.Text.Json.Nodes;
using Bunit;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Identity;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>Whoever lacks a skill that a free review asks for reads which one, and is not offered what the server would refuse.</summary>
public sealed class SkillBarsTests
{
    [Fact]
    public async Task Only_who_has_the_skill_is_offered_the_claim()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy("rules:\n  - { rule: german, when: { field: tags, contains: german }, then: { verdict: review, skill: german } }\n"));
        await using var context = new ConsoleTestContext();
        var review = await desk.SubmitAsync(static body => body["tags"] = new JsonArray("german"));

        var (bar, footer) = Bars(await desk.PersonAsync("mia", ["german"]));
        Assert.Contains("Claim", bar, StringComparison.Ordinal);
        Assert.Contains("Claim it to decide", footer, StringComparison.Ordinal);

        (bar, footer) = Bars(await desk.PersonAsync("jonas", ["medical"]));
        Assert.DoesNotContain("Claim", bar, StringComparison.Ordinal);
        Assert.Contains("You need the skill german", footer, StringComparison.Ordinal);
        Assert.DoesNotContain("Claim it", footer, StringComparison.Ordinal);

        (string Bar, string Footer) Bars(PersonActor person)
        {
            var work = desk.Open(review.Id, person);
            return (context.Render<ItemBar>(bar => bar.Add(x => x.Work, work)).Find("header").TextContent, context.Render<DecisionBar>(bar => bar.Add(x => x.Work, work)).Find("footer").TextContent);
        }
    }
}
