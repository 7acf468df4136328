using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;
using ReviewConsole.Rendering;

namespace ReviewConsole.Components.Policies;

/// <summary>A rule in words: its condition as lines, each as far in as it is nested, and its effects.</summary>
internal static class RuleSentence
{
    /// <param name="words">Of the studio.</param>
    /// <param name="gate">Of the workspace, where people read the same conditions with what was seen.</param>
    public static IEnumerable<(int Depth, string Text)> When(IStringLocalizer words, IStringLocalizer gate, Condition condition, int depth = 0)
    {
        return condition switch
        {
            AllCondition all => Nested("When.All", all.Parts),
            AnyCondition any => Nested("When.Any", any.Parts),
            NotCondition not => Nested("When.Not", [not.Part]),
            ChangedCondition changed => Line(words[changed.Wanted ? "When.Changed" : "When.Unchanged", changed.Field.Name]),
            FieldCondition { Comparison.Op: "missing" } field => Line(words[field.Comparison.Value.Flag ? "When.Missing" : "When.There", field.Field.Name]),
            FieldCondition field => Line(words["When.Field", GateSentence.Asked(gate, field.Field.Name, field.Comparison.Op, field.Comparison.Value)]),
            _ => [],
        };

        IEnumerable<(int, string)> Line(string text) => [(depth, text)];

        IEnumerable<(int, string)> Nested(string key, IReadOnlyList<Condition> parts) => [(depth, words[key]), .. parts.SelectMany(part => When(words, gate, part, depth + 1))];
    }

    public static IEnumerable<string> Then(IStringLocalizer words, PolicyRule rule)
    {
        if (rule.Verdict is { } verdict)
        {
            yield return words["Then.Verdict." + verdict];
        }

        if (rule.Risk is { } risk)
        {
            yield return words["Then.Risk." + risk];
        }

        if (rule.Queue is { } queue)
        {
            yield return words["Then.Queue", HiddenText.Plain(queue)];
        }

        if (rule.Approvals is { } approvals)
        {
            yield return words["Then.Approvals", approvals];
        }

        if (rule.Skills.Count > 0)
        {
            yield return words["Then.Skill", string.Join(", ", rule.Skills)];
        }

        foreach (var barred in new[] { NotBy.Editor, NotBy.PolicyAuthor }.Where(barred => rule.NotBy.HasFlag(barred)))
        {
            yield return words["Then.NotBy." + barred];
        }

        if (rule.Evidence.Count > 0)
        {
            yield return words["Then.Evidence", HiddenText.Plain(string.Join(", ", rule.Evidence.Select(static demand => demand.Word)))];
        }

        if (rule.HoldSeconds is { } hold)
        {
            yield return words["Then.Hold", hold];
        }

        if (rule.Sample)
        {
            yield return words["Then.Sample"];
        }

        if (rule.DueMinutes is { } due)
        {
            yield return words["Then.Due", due];
        }

        if (rule.ExpiryMinutes is { } after)
        {
            yield return words["Then.Expiry.After", after];
        }

        if (rule.ExpiryOutcome is { } outcome)
        {
            yield return words["Then.Expiry." + outcome];
        }

        if (rule.Rationale is { } characters)
        {
            yield return words["Then.Rationale", characters];
        }

        foreach (var (decision, codes) in rule.ReasonCodes.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            yield return words["Then.Reasons", decision, HiddenText.Plain(string.Join(", ", codes))];
        }

        if (rule.Message is { } message)
        {
            yield return words["Then.Message", HiddenText.Plain(message)];
        }

        if (rule.Automation is { } automation)
        {
            yield return words["Then.Automation", (automation.Sample * 100).ToString("0.##", CultureInfo.CurrentCulture)];
            if (automation.Instead.Count > 0)
            {
                yield return words["Then.Instead", string.Join(", ", automation.Instead.Select(HiddenText.Plain))];
            }
        }

        if (rule.CommitFirst is { } share)
        {
            yield return words["Then.CommitFirst", (share * 100).ToString("0.##", CultureInfo.CurrentCulture)];
        }
    }
}
