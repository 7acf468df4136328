using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// With what share of all draws a policy shows an item to a person that it would let through otherwise. The gate is asked at one draw between each two numbers that its rules compare the draw with:
/// what else they ask for is as the facts have it.
/// </summary>
internal sealed class AuditShare(GatePolicy policy)
{
    private readonly GatePolicy? _undrawn = AuditDraw.Undrawn(policy);
    private readonly decimal[] _ends = [.. AuditDraw.Ends(policy).Append(0).Append(1).Where(static end => end is >= 0 and <= 1).Distinct().Order()];

    public GatePolicy Policy => policy;

    /// <summary>A sampling rule says that it matched also of what another rule, a stopped line or an earlier review would have shown to a person.</summary>
    public bool WouldHaveProceeded(Proposal proposal, Facts facts) => _undrawn is not null && Gate.Gate.Evaluate(_undrawn, proposal, facts).Verdict == Verdict.Proceed;

    /// <param name="facts">Those of an item that proceeded, or would have if it had not been drawn.</param>
    public decimal Of(Proposal proposal, Facts facts) => _ends.Zip(_ends.Skip(1), static (from, to) => (From: from, To: to))
        .Where(part => Gate.Gate.Evaluate(policy, proposal, facts with { SampleDraw = (double)(part.From + part.To) / 2 }).Verdict == Verdict.Review)
        .Sum(static part => part.To - part.From);
}
