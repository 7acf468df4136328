using System.Globalization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>Policies as people write them, each in another way: with braces or line by line, quoted or plain, with comments everywhere; and forms that somebody might ask for.</summary>
internal sealed class RuleTexts(Random random)
{
    private static readonly string[] s_words =
        ["refund", "10,000.00 USD, two people", "it's \"quoted\"", "Grün: # kein Kommentar", "- dash", "{ brace }", "😀 e\u0301", "tab\there", "true", "007", "a\u200Bb", " padded ", "two\nlines", "null", "x: y", "100 %"];

    private int _comments;

    public string Policy()
    {
        var line = random.Next(4) == 0 ? "\r\n" : "\n";
        var indent = random.Next(3) == 0 ? "" : "  ";
        var rules = Enumerable.Range(0, random.Next(1, 6)).ToList();
        var gap = random.Next(2) == 0;
        var lines = new List<string> { "# The policy of a test", "extends: default", "policy: any   # named", "version: 1" };
        if (random.Next(5) == 0)
        {
            lines.Add($"rules: [{string.Join(", ", rules.Select(i => Rule(i, flow: true)[0]))}] {Comment()}");
        }
        else
        {
            lines.Add("rules: " + Comment());
            foreach (var i in rules)
            {
                lines.AddRange(gap && i > 0 ? [""] : []);
                lines.AddRange(random.Next(4) == 0 ? [indent + "# about rule " + Text(i)] : []);
                lines.AddRange(Rule(i, random.Next(4) == 0).Select((text, at) => indent + (at == 0 ? "- " : "  ") + text));
            }
        }

        if (random.Next(2) == 0)
        {
            lines.AddRange(["# behind the rules", "hold: 7 s"]);
        }

        // Without a line break at its end, the last text of several lines would be another one than with it.
        return string.Join(line, lines) + (random.Next(6) == 0 && !lines[^1].EndsWith("lines", StringComparison.Ordinal) && !lines[^1].EndsWith("text", StringComparison.Ordinal) ? "" : line);
    }

    /// <summary>What somebody makes of a form: one thing or several.</summary>
    public RuleForm Changed(RuleForm form)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            form = random.Next(9) switch
            {
                0 => form with { Name = Word() },
                1 => form with { Reason = random.Next(3) == 0 ? "" : Word() },
                2 when form.Match != RuleMatch.Other => form with { Match = form.Match == RuleMatch.All ? RuleMatch.Any : RuleMatch.All },
                3 or 4 when form.Match != RuleMatch.Other => form with { Clauses = form.Clauses.ToList() is var list && random.Next(list.Count + 1) is var at ? [.. list[..at], Clause(), .. list[at..]] : [] },
                5 when form.Clauses.Count > 0 => form with { Clauses = [.. form.Clauses.Where((_, at) => at != form.Clauses.Count - 1 - (i % form.Clauses.Count))] },
                6 when form.Clauses.Count > 0 && random.Next(form.Clauses.Count) is var at && form.Clauses[at].Written is null => form.With(at, Clause()),
                7 => form.With(RuleEffect.Names[random.Next(RuleEffect.Names.Count)], ""),
                _ => Changed(form, RuleEffect.All[random.Next(RuleEffect.All.Count)]),
            };
        }

        return form;
    }

    // A word that leaves a list takes the comment behind it along: here none does.
    private RuleForm Changed(RuleForm form, RuleEffect effect) => !effect.IsList ? form.With(effect.Name, Word())
        : form.Words(effect.Name) is { Count: > 0 } words && random.Next(2) == 0 ? form.With(effect.Name, [.. words.SkipLast(1), Word()])
        : form.With(effect.Name, Word(), isThere: true);

    private RuleClause Clause()
    {
        var field = new[] { "kind", "impact.amount", "arguments/to", "signals/model", "tags" }[random.Next(5)];
        var op = Comparison.Ops[random.Next(Comparison.Ops.Count)];
        var list = op is "oneOf" or "between";
        var value = new WrittenValue(list ? [.. Enumerable.Range(0, random.Next(4)).Select(_ => Word())] : [Word()], list);
        return new RuleClause(field, op, value, field == "arguments/to" && value.Items.Any(YamlScalar.IsAmbiguous) && random.Next(2) == 0);
    }

    private List<string> Rule(int number, bool flow)
    {
        var name = Text(number);
        if (flow)
        {
            return [$"{{ rule: {name}, {When(true)[0]}, then: {{ verdict: review, risk: {Any("low", "'medium'", "high")}{Any("", ", approvals: 2", ", x-kept: {{ a: 1 }}")} }}{Any("", $", reason: {YamlScalar.Of(Word(), true)}")} }}"];
        }

        var parts = new List<List<string>> { new() { $"rule: {name} {Comment()}" }, When(false), Then() };
        if (random.Next(2) == 0)
        {
            parts.Add(random.Next(4) == 0 ? ["reason: >-", "  folded", "  text"] : [$"reason: {Any(YamlScalar.Of(Word()), "Amount at or above 10,000.00 USD, two people approve", "\"a \\\"b\\\"\"")} {Comment()}"]);
        }

        if (random.Next(4) == 0)
        {
            parts.Reverse();
        }

        return [.. parts.SelectMany(part => random.Next(6) == 0 ? part.Append("# in between " + Text(_comments++)) : part)];
    }

    private List<string> Then() => random.Next(5) == 0
        ? ["then:", "  verdict: review", $"  notBy: {Any("[editor]", "[ policyAuthor, 'editor' ]")} {Comment()}", $"  skill: {Any("german", "[ 'german', legal ]")} {Comment()}", "  evidence:", $"    - email {Comment()}", "    # the order too", $"    - 'id/order' {Comment()}",
            .. random.Next(2) == 0 ? new[] { "  expiry:", $"    after: 2 h {Comment()}", "    outcome: reject", $"  reasons: {{ approve: [POLICY_MET] }} {Comment()}" } : [$"  expiry: {{ outcome: escalate }} {Comment()}", "  reasons:", $"    approve: [ A, B ] {Comment()}", "    reject:", $"      - C {Comment()}"]]
        : random.Next(3) == 0
        ? ["then:", $"  verdict: review {Comment()}", .. random.Next(2) == 0 ? new[] { "  # why so risky", $"  risk: {Any("high", "\"medium\"")} {Comment()}" } : [], .. random.Next(3) == 0 ? new[] { "  message: |", "    two", "    lines" } : []]
        : [$"then: {{ {Any("verdict: review, risk: high", "risk: low", "queue: legal, hold: 30 s", "sample: true,  verdict: review")} }} {Comment()}"];

    private List<string> When(bool flow)
    {
        var leaf = Leaf();
        return (flow ? random.Next(4) : random.Next(9)) switch
        {
            0 or 1 => [$"when: {leaf}{(flow ? "" : " " + Comment())}"],
            2 => [$"when: {{ {Any("all", "any")}: [{leaf}, {Leaf()}] }}"],
            3 => [$"when: {Any($"{{ not: {leaf} }}", $"{{ all: [ {{ not: {leaf} }}, {Leaf()} ] }}", "{ any: [] }")}"],
            4 => ["when:", $"  field: impact.amount {Comment()}", "  atLeast: 100"],
            5 => ["when:", $"  {Any("all", "any")}: {Comment()}", $"    - {leaf} {Comment()}", "    # one more", $"    - {Leaf()} {Comment()}"],
            6 => ["when:", "  any:", "  - field: kind", "    oneOf:", "    - refund", "    - email", $"  - {leaf}"],
            7 => ["when:", "  all:", $"    - any: [ {leaf}, {Leaf()} ]", "    -", "      field: kind", $"      equals: refund {Comment()}"],
            _ => ["when: { all: [", $"    {leaf}, {Comment()}", $"    {Leaf()} ] }}"],
        };
    }

    private string Leaf() => Any(
        "{ field: kind, equals: refund }", "{ equals: 'refund', field: kind }", "{field: impact.amount, atLeast: 1000}", "{ field: arguments/to, equals: \"12\" }", "{ field: arguments/to, equals: 12 }",
        "{ field: arguments/to, oneOf: [ 'a', b, 3 ] }", "{ field: kind, oneOf: [refund, email] }", "{ field: impact.amount, between: [ 1, 2 ] }", "{ field: target/to, matches: '@example\\.org$' }", "{ \"field\": kind, \"missing\": true }");

    private string Word() => s_words[random.Next(s_words.Length)];

    private string Comment() => random.Next(3) == 0 ? $"# comment {_comments++}" : "";

    private string Any(params string[] texts) => texts[random.Next(texts.Length)];

    private static string Text(int number) => "r" + number.ToString(CultureInfo.InvariantCulture);
}
