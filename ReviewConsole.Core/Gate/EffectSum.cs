using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What matching rules come to, beside verdict and risk: of each effect the strictest. The queue and a message are those of the first rule that names one; a list of reason codes narrows
/// what the rules above left, unless nothing would be left.
/// </summary>
internal sealed class EffectSum(Proposal proposal)
{
    private readonly HashSet<string> _demanded = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private IEnumerable<string> _skills = [];
    private Dictionary<Verdict, string>? _messages;
    private Dictionary<string, IReadOnlyList<string>>? _codes;

    public string? Queue { get; private set; }

    public int Approvals { get; private set; } = 1;

    public NotBy NotBy { get; private set; }

    /// <summary>All that any of them asks for; null for none.</summary>
    public IReadOnlyList<string>? Skills => Skill.Listed(_skills);

    public int? HoldSeconds { get; private set; }

    public bool Sample { get; private set; }

    public double CommitFirst { get; private set; }

    public int DueMinutes { get; private set; } = int.MaxValue;

    public int ExpiryMinutes { get; private set; } = int.MaxValue;

    /// <summary>To end it wins over giving it to others, which prolongs it.</summary>
    public ExpiryOutcome? ExpiryOutcome { get; private set; }

    public int Rationale { get; private set; }

    /// <summary>Ids, in submitted order.</summary>
    public IReadOnlyList<string> Demanded => _demanded.Count == 0 ? [] : [.. proposal.Evidence.Select(static item => item.Id).Where(_demanded.Contains)];

    /// <summary>Demands that no evidence meets.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Codes => _codes;

    public string? MessageOf(Verdict verdict) => _messages?.GetValueOrDefault(verdict);

    public void Add(PolicyRule rule)
    {
        Queue ??= rule.Queue;
        Approvals = Math.Max(Approvals, rule.Approvals ?? 1);
        NotBy |= rule.NotBy;
        _skills = rule.Skills.Count == 0 ? _skills : _skills.Union(rule.Skills, StringComparer.Ordinal);
        HoldSeconds = rule.HoldSeconds is { } seconds ? Math.Max(HoldSeconds ?? 0, seconds) : HoldSeconds;
        Sample |= rule.Sample;
        CommitFirst = Math.Max(CommitFirst, rule.CommitFirst ?? 0);
        DueMinutes = Math.Min(DueMinutes, rule.DueMinutes ?? int.MaxValue);
        ExpiryMinutes = Math.Min(ExpiryMinutes, rule.ExpiryMinutes ?? int.MaxValue);
        ExpiryOutcome = ExpiryOutcome == Proposals.ExpiryOutcome.Reject ? ExpiryOutcome : rule.ExpiryOutcome ?? ExpiryOutcome;
        Rationale = Math.Max(Rationale, rule.Rationale ?? 0);
        if (rule is { Message: { } message, Verdict: { } verdict })
        {
            (_messages ??= []).TryAdd(verdict, message);
        }

        foreach (var demand in rule.Evidence)
        {
            Demand(demand);
        }

        foreach (var (decision, codes) in rule.ReasonCodes)
        {
            Narrow(decision, codes);
        }
    }

    private void Demand(EvidenceDemand demand)
    {
        var wanted = proposal.Evidence.Where(demand.Wants).Select(static item => item.Id).ToList();
        _demanded.UnionWith(wanted);
        if (wanted.Count == 0 && !_missing.Contains(demand.Word))
        {
            _missing.Add(demand.Word);
        }
    }

    private void Narrow(string decision, IReadOnlyList<string> codes)
    {
        _codes ??= new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var left = _codes.GetValueOrDefault(decision) is { } before ? before.Where(codes.Contains).ToList() : codes;
        _codes[decision] = left.Count > 0 ? left : _codes[decision];
    }
}
