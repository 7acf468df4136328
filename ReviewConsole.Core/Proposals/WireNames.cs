using System.Collections.Frozen;

namespace ReviewConsole.Core.Proposals;

/// <summary>The words of the wire for the enumerations of a proposal, both ways.</summary>
internal static class WireNames
{
    public static readonly FrozenDictionary<string, EvidenceKind> EvidenceKinds = Of<EvidenceKind>();
    public static readonly FrozenDictionary<string, CheckResult> CheckResults = Of<CheckResult>();
    public static readonly FrozenDictionary<string, DraftFormat> DraftFormats = Of<DraftFormat>();
    public static readonly FrozenDictionary<string, ExpiryOutcome> ExpiryOutcomes = Of<ExpiryOutcome>();

    public static readonly FrozenSet<string> EvidenceRoles =
        new[] { "original", "before", "after", "plan", "environments", "limits", "history", "question", "policy" }.ToFrozenSet(StringComparer.Ordinal);

    public static string Wire(this EvidenceKind kind) => Camel(kind.ToString());

    public static string Wire(this CheckResult result) => Camel(result.ToString());

    public static string Wire(this DraftFormat format) => Camel(format.ToString());

    public static string Wire(this ExpiryOutcome outcome) => Camel(outcome.ToString());

    private static FrozenDictionary<string, T> Of<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(value => Camel(value.ToString()), StringComparer.Ordinal);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
