using System.Globalization;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>The effects of a rule in the words of the file, each as a line: <c>notBy editor, policyAuthor</c>.</summary>
internal static class EffectLines
{
    public static IEnumerable<string> Of(PolicyRule rule)
    {
        IEnumerable<(string Effect, string? Value)> effects =
        [
            ("verdict", rule.Verdict?.Wire()),
            ("risk", rule.Risk?.Wire()),
            ("queue", Text(rule.Queue)),
            ("approvals", Number(rule.Approvals)),
            ("skill", Listed(rule.Skills)),
            ("notBy", Listed(new[] { (NotBy.Editor, "editor"), (NotBy.PolicyAuthor, "policyAuthor") }.Where(who => rule.NotBy.HasFlag(who.Item1)).Select(static who => who.Item2))),
            ("evidence", Listed(rule.Evidence.Select(static demand => Text(demand.Word)!))),
            ("hold", Number(rule.HoldSeconds, "s")),
            ("sla", Number(rule.DueMinutes, "min")),
            ("expiry after", Number(rule.ExpiryMinutes, "min")),
            ("expiry outcome", rule.ExpiryOutcome?.Wire()),
            ("rationale", Number(rule.Rationale)),
            .. rule.ReasonCodes.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => ("reasons " + entry.Key, Listed(entry.Value.Select(static code => Text(code)!)))),
            ("message", Text(rule.Message)),
            ("sample", rule.Sample ? "true" : null),
            ("commitFirst", Share(rule.CommitFirst)),
            ("automation instead", Listed(rule.Automation?.Instead.Select(static name => Text(name)!) ?? [])),
            ("automation sample", Share(rule.Automation?.Sample)),
        ];
        return effects.Where(static effect => effect.Value is not null).Select(static effect => $"{effect.Effect} {effect.Value}");
    }

    // Nothing in it breaks the line, and nothing is unseen.
    private static string? Text(string? text) => text is null ? null : YamlScalar.Of(text);

    private static string? Number(int? number, string unit = "") => number is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known} {unit}").TrimEnd() : null;

    private static string? Share(double? share) => share?.ToString(CultureInfo.InvariantCulture);

    private static string? Listed(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } listed ? listed : null;
}
