using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;

namespace ReviewConsole.Tests.Core.Queue;

/// <summary>The sentence on <see cref="Likeness"/>, clause by clause.</summary>
public sealed class LikenessTests
{
    [Theory]
    [InlineData("""{"a":"x","b":1}""", """{"b":1,"a":"x"}""", 1.0)]
    [InlineData("""{"a":"x"}""", """{"a":"y"}""", 0.0)]
    [InlineData("""{"a":"x","b":"y"}""", """{"a":"x","c":"y"}""", 1.0 / 3)]
    [InlineData("""{"amount":"900.00"}""", """{"amount":"1000.00"}""", 0.45)]
    [InlineData("""{"amount":900}""", """{"amount":1000}""", 0.45)]
    [InlineData("""{"amount":-900}""", """{"amount":1000}""", 0.0)]
    [InlineData("""{"order":"4711"}""", """{"order":"4712"}""", 0.0)]
    [InlineData("""{"to":{"city":"Linz","street":"x"}}""", """{"to":{"city":"Linz","street":"y"}}""", 0.5)]
    [InlineData("""{"legs":[1,2]}""", """{"legs":[1,3]}""", 0.0)]
    [InlineData("{}", "{}", 1.0)]
    public void Arguments_agree_leaf_by_leaf_among_all_that_either_side_has(string ours, string theirs, double share)
    {
        Assert.Equal(share + 1, Of(ours).To(Of(theirs)), 10);
        Assert.Equal(share + 1, Of(theirs).To(Of(ours)), 10);
    }

    [Fact]
    public void Checks_agree_when_they_came_out_the_same_and_one_of_ours_that_passed_says_nothing()
    {
        var ours = Of("{}", ("A", CheckResult.Pass), ("B", CheckResult.Fail), ("console:x", CheckResult.Pass));
        var theirs = Of("{}", ("A", CheckResult.Pass), ("B", CheckResult.Pass), ("console:y", CheckResult.Fail));
        Assert.Equal(1 + (1.0 / 3), ours.To(theirs), 10);
        Assert.Equal(
            [("B", CheckResult.Pass, CheckResult.Fail), ("console:y", CheckResult.Fail, null)],
            ours.Checks(theirs).Select(static check => (check.Id, check.Theirs, check.Ours)));
    }

    [Fact]
    public void What_differs_is_named_with_both_sides()
    {
        var differences = Of("""{"amount":"900.00","to":{"city":"Linz","zip":null}}""").Arguments(Of("""{"amount":"900.00","to":{"city":"Graz"},"note":"x"}"""));
        Assert.Equal(
            [("note", "\"x\"", null), ("to.city", "\"Graz\"", "\"Linz\""), ("to.zip", null, "null")],
            differences.Select(static difference => (difference.Path, difference.Theirs?.GetRawText(), difference.Ours?.GetRawText())));
    }

    private static Likeness Of(string arguments, params (string Id, CheckResult Result)[] checks) =>
        new(JsonElement.Parse(arguments), checks.Select(static check => (check.Id, "check " + check.Id, check.Result)));
}
