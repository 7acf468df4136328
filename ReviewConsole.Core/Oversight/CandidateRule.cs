using System.Globalization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// A candidate as one rule more in the text of a policy: stricter than the class that it comes from (the same version of the source, the same band, no lower signal than people have seen, every
/// check passes), with a share that people still look at. Everything else of the text stays as it is written, but for the number of its version.
/// </summary>
internal static class CandidateRule
{
    /// <summary>The share that still goes to a person, for its author to change.</summary>
    public const double Sample = 0.1;

    private const string Name = "automation";

    /// <param name="text">Of a policy that can be read.</param>
    /// <param name="version">The number of the draft's version.</param>
    /// <param name="taken">Names that no new rule takes, beside those in the text: a rule that was demoted is another one.</param>
    /// <returns>Null where the text has no place for it.</returns>
    public static string? Draft(string text, AutomationClass found, int version, IEnumerable<string> taken)
    {
        if (RuleText.Open(text) is not { } rules || PolicyReader.Read(text).Policy is not { } policy)
        {
            return null;
        }

        var names = policy.Rules.Select(static rule => rule.Name).Concat(taken).ToHashSet(StringComparer.Ordinal);
        var name = Enumerable.Range(1, names.Count + 1).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{Name}-{i}")).First(free => !names.Contains(free));
        var draft = rules.Insert(0, Write(found, name));
        return YamlPart.Read(draft) is { Entries: not null } root ? YamlEdit.Set(draft, root, "version", version.ToString(CultureInfo.InvariantCulture)) : null;
    }

    private static string Write(AutomationClass found, string name)
    {
        var (agreement, low) = (found.Agreement, found.Agreement.Interval?.Low ?? 0);
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"# Out of the automation candidates: {found.Decisions} decisions about {agreement.Of} different actions, {agreement.Count} of these approved"),
            string.Create(CultureInfo.InvariantCulture, $"# unchanged, and it stood: at least {Math.Floor(low * 1000) / 10:0.0} % with 95 % certainty. A share of what it lets through still goes to a person;"),
            "# one that is corrected, rejected or undone demotes the rule by itself, until another version is published.",
            $"- rule: {name}",
            "  when:",
            "    all:",
            .. Conditions(found).Select(static condition => $"      - {condition}"),
            "  then: { verdict: proceed }",
            string.Create(
                CultureInfo.InvariantCulture, $"  automation: {{ instead: [{string.Join(", ", found.Key.Asked.Select(static rule => YamlScalar.Of(rule)))}], sample: {Sample} }}"),
            "  reason: People approved such actions unchanged",
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Conditions(AutomationClass found)
    {
        var key = found.Key;
        yield return Text("kind", key.Kind);
        yield return Text("action.name", key.Action);
        yield return Text("source.system", key.System);
        yield return Text("source.version", key.Version!);
        if (key.Band is { } band)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{{ field: impact.amount, atLeast: {band.From} }}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{{ field: impact.amount, below: {band.Below} }}");
            yield return "{ field: impact.inPolicyCurrency, equals: true }";
        }
        else
        {
            yield return "{ field: impact.amount, missing: true }";
        }

        if (found.Signals.Lowest is { } lowest)
        {
            var atLeast = string.Create(CultureInfo.InvariantCulture, $"{{ field: signals.lowest, atLeast: {lowest} }}");
            yield return found.Signals.SomeWithout ? $"any: [ {atLeast}, {{ field: signals.lowest, missing: true }} ]" : atLeast;
        }

        yield return "{ field: checks.failed, equals: 0 }";
        yield return "{ field: checks.warned, equals: 0 }";
        yield return "{ field: checks.notRun, equals: 0 }";
        yield return "{ field: impact.legallySensitive, equals: false }";
        yield return "{ field: impact.affectsTrust, equals: false }";
    }

    private static string Text(string field, string value) => $"{{ field: {field}, equals: {YamlScalar.Of(value, quoted: true)} }}";
}
