using System.Globalization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>Catalogues as people write them, each in another way, and forms that somebody might ask for.</summary>
internal sealed class CatalogueTexts(Random random)
{
    private static readonly string[] s_words =
        ["refund", "/amount", "/payment/0/amount", "it's \"quoted\"", "Grün: # kein Kommentar", "- dash", "{ brace }", "😀 e\u0301", "tab\there", "true", "007", "a\u200Bb", " padded ", "two\nlines", "null", "x: y", "? odd"];

    private int _comments;

    public string Policy()
    {
        var line = random.Next(4) == 0 ? "\r\n" : "\n";
        var actions = Enumerable.Range(0, random.Next(1, 6)).ToList();
        var (indent, gap) = (random.Next(3) == 0 ? "    " : "  ", random.Next(2) == 0);
        var lines = new List<string> { "# The policy of a test", "extends: default", "policy: any   # named", "version: 1" };
        if (random.Next(5) == 0)
        {
            lines.Add($"catalogue: {{ {string.Join(", ", actions.Select(i => $"{Name(i)}: {Flow()}"))} }} {Comment()}");
        }
        else
        {
            lines.Add("catalogue: " + Comment());
            foreach (var i in actions)
            {
                lines.AddRange(gap && i > 0 ? [""] : []);
                lines.AddRange(random.Next(4) == 0 ? [indent + "# about action " + Number(i)] : []);
                lines.AddRange(Action(i).Select(text => indent + text));
            }
        }

        if (random.Next(2) == 0)
        {
            lines.AddRange(["# behind the catalogue", "hold: 7 s"]);
        }

        return string.Join(line, lines) + (random.Next(6) == 0 ? "" : line);
    }

    /// <summary>What somebody makes of a form: one thing or several.</summary>
    public ActionForm Changed(ActionForm form)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var member = ActionMember.Fields[random.Next(ActionMember.Fields.Count)];
            form = random.Next(6) switch
            {
                0 => form with { Name = Word() },
                1 => form.With(member.Name, new WrittenValue("")),
                2 => form.With("evidence", Any("email", "pdf", "table", "odd: one"), random.Next(2) == 0),
                _ when member.Kind == ActionMemberKind.Evidence => form.With(member.Name, new WrittenValue([Word(), Word()], IsList: true)),
                _ => form.With(member.Name, new WrittenValue(Word())),
            };
        }

        return form;
    }

    private List<string> Action(int number) => random.Next(8) switch
    {
        0 => [$"{Name(number)}: {Flow()} {Comment()}"],
        1 => [$"{Name(number)}: {Comment()}"],
        2 => [$"{Name(number)}:", $"  {{ kind: refund, {Comment()}", "    external: true }"],
        _ => [$"{Name(number)}: {Comment()}", .. Members().OrderBy(_ => random.Next()).SelectMany(static member => member).Select(static text => "  " + text)],
    };

    private List<string[]> Members()
    {
        var members = new List<string[]> { new[] { $"kind: {Any("refund", "'email'", "\"accountChange\"")} {Comment()}" } };
        members.AddRange(random.Next(2) == 0 ? [["# how bad it gets", $"risk: {Any("low", "high", "'medium'")}   {Comment()}"]] : []);
        members.AddRange(random.Next(2) == 0 ? [[$"amount: {Any("/amount", "'/payment/0/amount'", "amount")} {Comment()}", "currency: /currency"]] : []);
        members.AddRange(random.Next(2) == 0 ? [[$"reversible: {Any("true", "false", "maybe")} {Comment()}"]] : []);
        members.AddRange(random.Next(5) == 0 ? [["subject: >-", "  folded", "  text"]] : []);
        members.AddRange(random.Next(5) switch
        {
            0 => [["arguments:   # what fits", "  type: object", "", "  properties:   # in this order", "    amount: { type: number, maximum: 0100 }", "  additionalProperties: false"]],
            1 => [["arguments: { required: [order] } " + Comment()]],
            2 => [["arguments: none"]],
            _ => [],
        });
        members.AddRange(random.Next(6) == 0 ? [[$"x-owner: {Any("me", "{ a: [1] }")} {Comment()}"]] : []);
        members.AddRange(random.Next(3) switch
        {
            0 => [[$"evidence: {Any("[email, pdf]", "[ email ]", "[]", "email")} {Comment()}"]],
            1 => [["evidence:", $"  - email {Comment()}", "  # a second one", $"  - pdf {Comment()}"]],
            _ => [],
        });
        return members;
    }

    private string Flow() => Any("{ kind: refund, external: true }", "{}", "{kind: email}", "{ kind: 'refund', evidence: [ email, pdf ], x-kept: { a: 1 } }", "{ \"risk\": high }");

    private string Name(int number) => Any("", "'", "\"") is var quote ? $"{quote}act.{Number(number)}{quote}" : "";

    private string Word() => s_words[random.Next(s_words.Length)];

    private string Comment() => random.Next(3) == 0 ? $"# comment {_comments++}" : "";

    private string Any(params string[] texts) => texts[random.Next(texts.Length)];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
