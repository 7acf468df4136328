using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>A clause of a rule as it was evaluated: how far in, what was asked and seen, and what it came to; null where nobody knows.</summary>
internal sealed record TraceLine(int Depth, string Text, bool? Holds)
{
    /// <summary>Every clause of a rule, those that join others too; the first is the whole condition.</summary>
    /// <param name="words">Of the studio.</param>
    /// <param name="gate">Of the workspace, where people read the same conditions.</param>
    public static IReadOnlyList<TraceLine> Of(IStringLocalizer words, IStringLocalizer gate, PolicyRule rule, RuleTrace trace)
    {
        var lines = new List<TraceLine>();
        var seen = new Queue<ConditionTrace>(trace.Conditions);
        Add(rule.When, 0);
        return lines;

        bool? Add(Condition condition, int depth)
        {
            if (condition is FieldCondition or ChangedCondition)
            {
                // Every leaf is evaluated, in order.
                var leaf = seen.Dequeue();
                lines.Add(new TraceLine(depth, Leaf(words, gate, leaf), leaf.Holds));
                return leaf.Holds;
            }

            var at = lines.Count;
            bool? holds = condition switch
            {
                AllCondition all => all.Parts.Select(part => Add(part, depth + 1)).ToList().Aggregate((bool?)true, static (sum, part) => sum & part),
                AnyCondition any => any.Parts.Select(part => Add(part, depth + 1)).ToList().Aggregate((bool?)false, static (sum, part) => sum | part),
                NotCondition not => !Add(not.Part, depth + 1),
                _ => null,
            };
            lines.Insert(at, new TraceLine(depth, words[condition switch { AllCondition => "When.All", AnyCondition => "When.Any", _ => "When.Not" }], holds));
            return holds;
        }
    }

    private static string Leaf(IStringLocalizer words, IStringLocalizer gate, ConditionTrace leaf)
    {
        var asked = leaf.Op switch
        {
            "missing" => words[leaf.Value.Flag ? "When.Missing" : "When.There", leaf.Field],
            Comparison.Changed => words[leaf.Value.Flag ? "When.Changed" : "When.Unchanged", leaf.Field],
            _ => words["When.Field", GateSentence.Asked(gate, leaf.Field, leaf.Op, leaf.Value)],
        };
        return words["Trace.Seen", asked, GateSentence.Say(gate, leaf.Seen)];
    }
}
