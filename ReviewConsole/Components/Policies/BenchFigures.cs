using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

/// <summary>What two policies came to, side by side: the results line by line, and every rule of either.</summary>
internal static class BenchFigures
{
    public static IEnumerable<BenchLine> Results(IStringLocalizer words, IStringLocalizer sentences, BenchAnswer answer)
    {
        var (asked, current) = (answer.Asked, answer.InForce);
        yield return Line("Verdict", static (sentences, gate) => sentences["Then.Verdict." + gate.Verdict]);
        yield return Line("Risk", static (sentences, gate) => sentences["Then.Risk." + gate.Risk]);
        yield return Line("Queue", static (_, gate) => gate.Queue);
        yield return Line("Approvals", static (_, gate) => gate.Approvals.ToString(CultureInfo.CurrentCulture));
        yield return Line("Hold", (_, gate) => words["Result.Seconds", gate.HoldSeconds]);
        yield return Line("Due", (_, gate) => words["Result.Minutes", gate.DueMinutes]);
        foreach (var line in new[]
        {
            Line("Rationale", static (_, gate) => gate.RationaleMinimum == 0 ? "" : gate.RationaleMinimum.ToString(CultureInfo.CurrentCulture)),
            Line("Sample", (_, gate) => gate.AuditSample ? words["Result.Yes"] : ""),
            Line("CommitFirst", (_, gate) => gate.CommitFirst ? words["Result.Yes"] : ""),
            Line("Message", static (_, gate) => gate.Message ?? ""),
        })
        {
            // What neither says is no line.
            if (line.Asked.Length + line.Current.Length > 0)
            {
                yield return line with { Asked = line.Asked.Length > 0 ? line.Asked : words["Result.No"], Current = line.Current.Length > 0 ? line.Current : words["Result.No"] };
            }
        }

        BenchLine Line(string name, Func<IStringLocalizer, GateResult, string> say) => new(words["Result." + name], say(sentences, asked), say(sentences, current));
    }

    /// <summary>The rules of the policy on the bench, then those that only the one in force has.</summary>
    public static IReadOnlyList<BenchRule> Rules(IStringLocalizer sentences, IStringLocalizer gate, BenchAnswer answer)
    {
        var asked = Traced(sentences, gate, answer.Policy, answer.Asked);
        var current = Traced(sentences, gate, answer.Current, answer.InForce);
        return
        [
            .. asked.Select(rule => new BenchRule(rule.Name, rule, current.FirstOrDefault(other => other.Name == rule.Name))),
            .. current.Where(rule => asked.All(other => other.Name != rule.Name)).Select(static rule => new BenchRule(rule.Name, null, rule)),
        ];
    }

    private static List<TracedRule> Traced(IStringLocalizer sentences, IStringLocalizer gate, GatePolicy policy, GateResult result) =>
        [.. result.Trace.Join(policy.Rules, static trace => trace.Rule, static rule => rule.Name, (trace, rule) => new TracedRule(rule.Name, TraceLine.Of(sentences, gate, rule, trace), string.Join(" · ", RuleSentence.Then(sentences, rule))))];
}

/// <summary>One thing that both policies say something of.</summary>
internal sealed record BenchLine(string What, string Asked, string Current)
{
    public bool Differs => Asked != Current;
}

/// <summary>A rule as each policy has it; null where one has none of that name.</summary>
internal sealed record BenchRule(string Name, TracedRule? Asked, TracedRule? Current)
{
    /// <summary>It says something else, or comes to something else.</summary>
    public bool Differs => Asked is null || Current is null || Asked.Then != Current.Then || !Asked.Lines.SequenceEqual(Current.Lines);
}

internal sealed record TracedRule(string Name, IReadOnlyList<TraceLine> Lines, string Then)
{
    public bool? Holds => Lines[0].Holds;
}
