using System.Collections.Frozen;
using System.Globalization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Oversight;

/// <summary>What is known about a proposal: by the truth of a set, or by what a person decided.</summary>
internal enum Label
{
    /// <summary>Nobody said: it proceeded, was blocked, expired, was cancelled, or is still open.</summary>
    None,

    /// <summary>It was the right action, or a person approved it unchanged.</summary>
    Right,

    /// <summary>It was not, or a person corrected or rejected it.</summary>
    Wrong,
}

/// <summary>One proposal of the past, with what the gate could know then and what is known now.</summary>
/// <param name="Id">The external id, else the review's.</param>
/// <param name="Facts">As recorded with the verdict.</param>
/// <param name="Action">From <see cref="ActionKey"/>.</param>
/// <param name="Before">What its own policy said; null where the set does not tell.</param>
internal sealed record BacktestItem(string Id, Proposal Proposal, Facts Facts, ulong Action, Label Label, EarlierVerdict? Before = null)
{
    /// <summary>The review in this console; null for a line of a set.</summary>
    public Guid? Review { get; init; }

    /// <summary>Approved, corrected or rejected by people; null where none of them decided.</summary>
    public OutcomeDecision? Decided { get; init; }

    /// <summary>What was allowed failed when it ran, or was to be undone.</summary>
    public bool Reversed { get; init; }

    /// <summary>Milliseconds of work of whoever decided; null where nobody recorded it.</summary>
    public long? Dwell { get; init; }

    /// <summary>The policy whose windows were counted; null where nobody knows it any more.</summary>
    public GatePolicy? Judge { get; init; }

    public LabelPart Part => Stratum == Stratum.LetThrough ? new LabelPart(Stratum, Before!.Drawn) : new LabelPart(Stratum, 0);

    public Stratum Stratum => Before switch
    {
        { Verdict: Verdict.Proceed } or { AuditSample: true } => Stratum.LetThrough,
        { Verdict: Verdict.Block } => Stratum.Blocked,
        _ => Stratum.Judged,
    };

    /// <summary>
    /// What a policy could have known, with every line running: how a line was kept back for a while is no merit of a policy, and no fault. Of another policy than the one that judged it, a window of the
    /// same name that counts something else, or adds up in another currency, was never counted and is not known, and nobody has found fault with its automation rules.
    /// </summary>
    public Facts FactsFor(GatePolicy policy) => (Facts.Windows.Count == 0 && Facts.Demoted.Count == 0) || Judge?.Digest == policy.Digest ? Facts.OnRunningLine() : Facts.OnRunningLine() with
    {
        Demoted = [],
        Windows = Facts.Windows.Where(counted => Judge?.Currency == policy.Currency && Judge.Windows.Any(window => window.Name == counted.Key && policy.Windows.Contains(window)))
            .ToFrozenDictionary(StringComparer.Ordinal),
    };
}

/// <summary>What the policy that judged an item made of it.</summary>
/// <param name="AuditSample">It would have proceeded, and was drawn to be looked at: a draw that fell on what a person had to see anyway is none.</param>
internal sealed record EarlierVerdict(Verdict Verdict, Risk Risk, int DueMinutes, bool AuditSample)
{
    /// <summary>Of what proceeded, and of what was drawn instead: the share of all draws that would have drawn it. Null where nobody has that policy any more.</summary>
    public decimal? Drawn { get; init; }
}

/// <summary>
/// The first 64 bits of an action digest, by which distinct actions are counted: among a million of them the chance that any two fall together is less than one in thirty million.
/// </summary>
internal static class ActionKey
{
    private const int Prefix = 7;

    /// <param name="digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
    public static ulong Of(string digest) => ulong.Parse(digest.AsSpan(Prefix, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
