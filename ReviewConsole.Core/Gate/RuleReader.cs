using System.Globalization;
using System.Text.RegularExpressions;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// Rules of a policy file:
/// <code>
/// - rule: large-amount
///   when: { field: impact.amount, atLeast: 1000 }      # or all: […], any: […], not: {…}
///   then: { verdict: review, risk: high, queue: payments, approvals: 2, hold: 30 s, sla: 1 h, rationale: 40, sample: true, commitFirst: 0.1 }      # and those of EffectReader
///   reason: Amount at or above 1,000.00 USD
/// </code>
/// and, of a rule that stands for people, <c>automation</c> (<see cref="AutomationReader"/>).
/// </summary>
internal static class RuleReader
{
    public static readonly IReadOnlyDictionary<string, Risk> Risks = Enum.GetValues<Risk>().ToDictionary(risk => risk.Wire(), StringComparer.Ordinal);

    private const int MaxHold = 120;
    private const int MaxNesting = 20;
    private const int MaxName = 100;
    private const int MaxReason = 300;
    private const int MaxRationale = 500;
    private const int MaxMessage = 2_000;
    private static readonly Dictionary<string, Verdict> s_verdicts = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict.Wire(), StringComparer.Ordinal);

    public static PolicyRule? Read(PolicyNode node, IReadOnlySet<string> queues, IReadOnlyList<PolicyWindow> windows, IReadOnlyDictionary<string, IReadOnlyList<PolicyReason>> reasons)
    {
        node.Only("rule", "when", "then", "automation", "reason");
        var name = node["rule"].Required().Text(MaxName);
        var when = Condition(node["when"].Required(), 0);
        var then = node["then"].Required().Only(EffectReader.Names);
        var queue = then["queue"].Text();
        if (queue is not null && !queues.Contains(queue))
        {
            then["queue"].Fail($"There is no queue “{queue}”.");
        }

        var hold = then["hold"].Seconds();
        if (hold > MaxHold)
        {
            then["hold"].Fail("Must be at most 120 s.");
        }

        var verdict = then["verdict"].Choice(s_verdicts);
        var expiry = EffectReader.Expiry(then["expiry"]);
        if (name is null || when is null)
        {
            return null;
        }

        var rule = new PolicyRule(
            name,
            when,
            verdict,
            then["risk"].Choice(Risks),
            queue,
            then["approvals"].Whole(1, 10),
            hold,
            then["sample"].Flag() ?? false,
            then["commitFirst"].Rate(),
            node["reason"].Text(MaxReason))
        {
            DueMinutes = then["sla"].Minutes(),
            Rationale = then["rationale"].Whole(1, MaxRationale),
            Message = then["message"].Text(MaxMessage),
            Automation = AutomationReader.Rule(node["automation"], verdict),
            ExpiryMinutes = expiry.Minutes,
            ExpiryOutcome = expiry.Outcome,
            Evidence = EffectReader.Evidence(then["evidence"]),
            NotBy = EffectReader.Barred(then["notBy"]),
            Skills = EffectReader.Skills(then["skill"]),
            ReasonCodes = EffectReader.Reasons(then["reasons"], reasons),
        };
        if (rule is { Message: not null, Verdict: not (Verdict.Proceed or Verdict.Block) })
        {
            then["message"].Fail("Belongs to a rule with verdict: block or proceed; to a review, the reviewer writes the message.");
        }

        foreach (var window in WindowReader.Names(when).Where(window => windows.All(known => known.Name != window)))
        {
            node["when"].Fail($"There is no window “{window}”. Write under “windows” what it counts.");
        }

        if (WindowReader.Turned(when) is { } turned)
        {
            node["when"].Fail($"Turns “{turned}” round, which would hold for every proposal that has no part in the window. Compare the other way: below for not atLeast, atMost for not above.");
        }

        if (!Upward.IsMonotone(rule))
        {
            node["when"].Fail("""
                Looks at what the rules above came to (risk, rules.matched) in such a way that a stricter rule above would undo what it stops or demands. Ask for what makes it necessary
                instead; only to proceed, or to review at low risk, may a rule look for a low risk or for nothing matched, and none may name a hold or an outcome of its expiry then.
                """.ReplaceLineEndings(" "));
        }

        return rule;
    }

    private static Condition? Condition(PolicyNode node, int depth)
    {
        if (!node.Exists)
        {
            return null;
        }

        if (depth > MaxNesting)
        {
            node.Fail("Is nested too deep.");
            return null;
        }

        var kinds = node.Map().Select(entry => entry.Key).ToList();
        switch (kinds)
        {
            case ["all"]:
                return Parts(node["all"], depth) is { } all ? new AllCondition(all) : null;
            case ["any"]:
                return Parts(node["any"], depth) is { } any ? new AnyCondition(any) : null;
            case ["not"]:
                return Condition(node["not"], depth + 1) is { } part ? new NotCondition(part) : null;
            default:
                return Leaf(node);
        }
    }

    private static List<Condition>? Parts(PolicyNode node, int depth)
    {
        var parts = node.Items().Select(item => Condition(item, depth + 1)).ToList();
        if (node.IsList && parts.Count == 0)
        {
            node.Fail("Must have at least one condition.");
        }

        return parts.Count == 0 || parts.Contains(null) ? null : [.. parts.Select(part => part!)];
    }

    private static Condition? Leaf(PolicyNode node)
    {
        node.Only(["field", .. Comparison.Ops]);
        var field = node["field"].Required().Text();
        var known = field is null ? null : GateField.Find(field);
        if (field is not null && known is null)
        {
            node["field"].Fail($"There is no field “{field}”. There are {string.Join(", ", GateField.Names)}.");
        }

        var ops = Comparison.Ops.Where(op => node[op].Exists).ToList();
        if (ops.Count != 1)
        {
            node.Fail($"Must have one of {string.Join(", ", Comparison.Ops)}.");
            return null;
        }

        if (known is null)
        {
            return null;
        }

        if (ops[0] == Comparison.Changed)
        {
            return node[Comparison.Changed].Flag() is { } wanted ? new ChangedCondition(known, wanted) : null;
        }

        return Compare(node[ops[0]], ops[0], known) is { } comparison ? new FieldCondition(known, comparison) : null;
    }

    private static Comparison? Compare(PolicyNode node, string op, GateField field)
    {
        switch (op)
        {
            case "missing":
                return node.Flag() is { } missing ? new Comparison(op, GateValue.Of(missing)) : null;
            case "matches":
                return node.Text() is { } pattern ? Matches(node, pattern, field) : null;
            case "oneOf" or "between":
                var items = node.Items().Select(item => Value(item, field, op == "between")).ToList();
                if (op == "between" && items.Count != 2)
                {
                    node.Fail("Must be a list of the two ends.");
                    return null;
                }

                if (node.IsList && items.Count == 0)
                {
                    node.Fail("Must have at least one value.");
                }

                if (items.Count == 0 || items.Contains(null))
                {
                    return null;
                }

                if (op == "between" && items[0]!.Value.Number > items[1]!.Value.Number)
                {
                    node.Fail("The first end is above the second, so nothing lies between; turn them round, or write two conditions under “any”.");
                    return null;
                }

                return new Comparison(op, GateValue.Of([.. items.Select(item => item!.Value)]));
            default:
                return Value(node, field, op is "atLeast" or "atMost" or "above" or "below") is { } value ? new Comparison(op, value) : null;
        }
    }

    private static Comparison? Matches(PolicyNode node, string pattern, GateField field)
    {
        if (field.Kind is not (GateValueKind.Text or GateValueKind.Unknown))
        {
            node.Fail($"{field.Name} is not a text.");
            return null;
        }

        if (PatternWeight.Of(pattern) is not { } weight)
        {
            node.Fail("What the pattern weighs cannot be told. Write it without comments, without the option x, without \\c, and a [ inside of brackets as \\[.");
            return null;
        }

        if (weight > PatternWeight.Most)
        {
            node.Fail($"The pattern is too heavy: written out without its counts it has more than {PatternWeight.Most} parts. Make it shorter, or its counts smaller.");
            return null;
        }

        try
        {
            return new Comparison("matches", GateValue.Of(pattern), new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            node.Fail($"Not a regular expression that runs in linear time: {fault.Message}");
            return null;
        }
    }

    // A field has a type, except where the arguments decide: there a quoted value is a text and a plain one what it looks like.
    private static GateValue? Value(PolicyNode node, GateField field, bool number)
    {
        if (node.Text() is not { } text)
        {
            return null;
        }

        var isNumber = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && text.Count(char.IsAsciiDigit) <= 15;
        var kind = field.Kind switch
        {
            GateValueKind.List => GateValueKind.Text,
            GateValueKind.Unknown when number || (isNumber && node.IsPlain) => GateValueKind.Number,
            GateValueKind.Unknown when node.IsPlain && text is "true" or "false" => GateValueKind.Flag,
            GateValueKind.Unknown => GateValueKind.Text,
            var known => known,
        };
        if (number && kind is not (GateValueKind.Number or GateValueKind.Money))
        {
            node.Fail($"{field.Name} is not a number.");
            return null;
        }

        switch (kind)
        {
            case GateValueKind.Money when isNumber:
                return GateValue.Money(value);
            case GateValueKind.Number when isNumber:
                return GateValue.Of(value);
            case GateValueKind.Flag when text is "true" or "false":
                return GateValue.Of(text == "true");
            case GateValueKind.Text when field.Words is { } words && !words.Contains(text, StringComparer.Ordinal):
                node.Fail($"Must be one of {string.Join(", ", words)}.");
                return null;
            case GateValueKind.Text:
                return GateValue.Of(text);
            default:
                node.Fail(kind == GateValueKind.Flag ? "Must be true or false." : "Must be a plain number of at most 15 digits.");
                return null;
        }
    }
}
