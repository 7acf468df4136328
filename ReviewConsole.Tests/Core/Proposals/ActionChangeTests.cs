using System.Text.Json;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class ActionChangeTests
{
    [Theory]
    [InlineData("""{"amount":1250}""", """{"amount":900}""", "/arguments/amount: 1250 > 900")]
    [InlineData("""{"a":1.0}""", """{"a":1}""", "")]
    [InlineData("""{"a":{"b":{"c":1,"d":2}}}""", """{"a":{"b":{"c":1,"d":3}}}""", "/arguments/a/b/d: 2 > 3")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,3]}""", "/arguments/a: [1,2] > [1,3]")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2]}""", "")]
    [InlineData("""{"a":1}""", """{}""", "/arguments/a: 1 > -")]
    [InlineData("""{}""", """{"a":null}""", "/arguments/a: - > null")]
    [InlineData("""{"a":null}""", """{"a":"x"}""", "/arguments/a: null > \"x\"")]
    [InlineData("""{}""", """{"a":{"b":1,"c":[]}}""", "/arguments/a/b: - > 1; /arguments/a/c: - > []")]
    [InlineData("""{"a":{}}""", """{}""", "/arguments/a: {} > -")]
    [InlineData("""{"a":{"b":1}}""", """{"a":5}""", "/arguments/a: {\"b\":1} > 5")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", "/arguments/a/b: 1 > -")]
    [InlineData("""{"a/b":1,"m~n":1}""", """{"a/b":2,"m~n":2}""", "/arguments/a~1b: 1 > 2; /arguments/m~0n: 1 > 2")]
    public void Arguments_change_leaf_by_leaf_and_arrays_whole(string was, string value, string changes) =>
        Assert.Equal(changes, Print(Action(was), Action(value)));

    [Fact]
    public void Draft_content_format_and_target_change_each()
    {
        var draft = new Draft(DraftFormat.Text, "old", "baseline", Json("""{"to":"a","cc":null}"""));

        Assert.Equal(
            "/draft/format: \"text\" > \"markdown\"; /draft/content: \"old\" > \"new\"; /draft/target/cc: null > -; /draft/target/bcc: - > \"b\"",
            Print(Action("{}", draft), Action("{}", new Draft(DraftFormat.Markdown, "new", null, Json("""{"to":"a","bcc":"b"}""")))));
        Assert.Equal("", Print(Action("{}", draft), Action("{}", draft with { Baseline = "other" })));
    }

    [Fact]
    public void Fields_change_by_name()
    {
        var before = Action("{}", fields: [Field("a/b", "1"), Field("gone", "2"), Field("same", "3")]);
        var after = Action("{}", fields: [Field("a/b", "9"), Field("same", "3"), new Field("new", "text", null)]);

        Assert.Equal("/fields/a~1b/value: \"1\" > \"9\"; /fields/gone/value: \"2\" > -; /fields/new/value: - > null", Print(before, after));
    }

    [Fact]
    public void Two_actions_have_changes_exactly_when_their_digests_differ()
    {
        EffectiveAction[] actions =
        [
            Action("{}"), Action("""{"a":1}"""), Action("""{"a":"1"}"""), Action("""{"a":{}}"""), Action("""{"a":[]}"""), Action("{}", new Draft(DraftFormat.Text, "")),
            Action("{}", new Draft(DraftFormat.Text, "", null, Json("{}"))), Action("{}", fields: []), Action("{}", fields: [Field("a", "1")]),
            Action("{}", fields: [Field("a", "1"), Field("b", "1")]), Action("{}", fields: [Field("b", "1"), Field("a", "1")]), Action("{}", fields: [new Field("a", "text", null)]),
        ];

        foreach (var from in actions)
        {
            foreach (var to in actions)
            {
                Assert.Equal(from.Digest == to.Digest, ActionChange.Between(from, to).Count == 0);
            }
        }
    }

    [Fact]
    public void A_correction_keeps_the_order_of_what_was_there_and_never_the_name()
    {
        var action = Action("""{"a":1}""", new Draft(DraftFormat.Text, "old", "base"), [Field("x", "1") with { Label = "X" }, Field("y", "2"), Field("z", "3")]);

        var corrected = action.Correct(null, new Draft(DraftFormat.Text, "new"), [Field("n", "5"), Field("z", "3"), Field("x", "9")]);

        Assert.Equal(["x", "z", "n"], corrected.Fields!.Select(field => field.Name));
        Assert.Equal(("X", "9"), (corrected.Fields![0].Label, corrected.Fields[0].Value!.Value.GetString()));
        Assert.Equal(("base", "new"), (corrected.Draft!.Baseline, corrected.Draft.Content));
        Assert.Equal((action.Name, 1), (corrected.Name, corrected.Arguments.GetProperty("a").GetInt32()));
    }

    private static string Print(EffectiveAction from, EffectiveAction to) => string.Join(
        "; ", ActionChange.Between(from, to).Select(c => $"{c.Path}: {c.Was?.GetRawText() ?? "-"} > {c.Value?.GetRawText() ?? "-"}"));

    private static EffectiveAction Action(string arguments, Draft? draft = null, IReadOnlyList<Field>? fields = null) => new("act", Json(arguments), draft, fields);

    private static Field Field(string name, string value) => new(name, "text", JsonSerializer.SerializeToElement(value));

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
