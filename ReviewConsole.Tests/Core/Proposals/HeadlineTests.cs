using System.Text.Json;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class HeadlineTests
{
    // Numbers as they are sealed: the seal is what a rebuild makes the line of, and two that are one action have one line.
    [Theory]
    [InlineData("""{"reservation_id":"4OG6T3"}""", "act 4OG6T3")]
    [InlineData("{}", "act")]
    [InlineData("""{"order":"4711","amount":"9.00"}""", "act 9.00 4711")]
    [InlineData("""{"amount":1250.00,"currency":"USD","flag":true,"none":null,"list":[1],"deep":{"a":1}}""", "act 1250 USD")]
    [InlineData("""{"a":1.50,"b":47.11e2,"c":-0,"d":1e21,"e":0.00000015}""", "act 1.5 4711 0 1e+21 1.5e-7")]
    [InlineData("""{"a":"two\nlines","b":"","c":"12345678901234567890123456789012345678901","d":"ok"}""", "act ok")]
    public void Is_the_name_and_the_short_arguments_by_name(string arguments, string headline) =>
        Assert.Equal(headline, Headline.Of(new ProposedAction("act", JsonElement.Parse(arguments))));

    [Fact]
    public void Ends_visibly_when_there_are_many()
    {
        var arguments = "{" + string.Join(",", Enumerable.Range(0, 30).Select(i => $"\"a{i}\":\"value number {i}\"")) + "}";

        var headline = Headline.Of(new ProposedAction("act", JsonElement.Parse(arguments)));

        Assert.EndsWith(" …", headline, StringComparison.Ordinal);
        Assert.InRange(headline.Length, 140, 165);
    }
}
