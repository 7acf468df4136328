using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>A proposal with what the policy's catalogue derives from it: all that conditions can ask for.</summary>
internal sealed class GateInput
{
    private List<string>? _unknown;
    private DateTimeOffset? _time;
    private GateValue?[]? _read;
    private byte[]? _judged;

    public GateInput(GatePolicy policy, Proposal proposal, Facts facts)
    {
        Policy = policy;
        Proposal = proposal;
        Facts = facts;
        Derived = new DerivedFacts(policy, proposal);
        ConsoleChecks = [.. Derived.Differences, .. ArgumentsCheck.Of(Derived.Action, proposal.Action.Arguments), .. EvidenceChecks.Of(proposal, Derived.Action, facts)];
    }

    public GatePolicy Policy { get; }

    public Proposal Proposal { get; }

    public Facts Facts { get; }

    public DerivedFacts Derived { get; }

    /// <summary>When it is asked, on the clocks of the policy's time zone.</summary>
    public DateTimeOffset Time => _time ??= TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(Facts.Now), Policy.Zone);

    public IReadOnlyList<Check> ConsoleChecks { get; }

    /// <summary>The strictest risk so far: the catalogue's floor and the rules above.</summary>
    public Risk Risk { get; set; }

    /// <summary>A rule above matched, or could not be judged.</summary>
    public bool Matched { get; set; }

    /// <summary>The value of a field: a thousand rules ask for the same few.</summary>
    public GateValue Read(GateField field)
    {
        if (field.Slot < 0)
        {
            return field.Read(this);
        }

        _read ??= new GateValue?[GateField.Slots];
        return _read[field.Slot] ??= field.Read(this);
    }

    /// <summary>What a comparison says, without a trace: each once, however many rules ask.</summary>
    public bool? Judged(FieldCondition leaf)
    {
        if (leaf.Table is null || leaf.Table != Policy.Leaves)
        {
            return Judge(leaf);
        }

        const byte Holds = 1, HoldsNot = 2, Unknown = 3;
        _judged ??= new byte[leaf.Table.Count];
        ref var kept = ref _judged[leaf.At];
        if (kept == 0)
        {
            kept = Judge(leaf) switch { true => Holds, false => HoldsNot, null => Unknown };
        }

        return kept switch { Holds => true, HoldsNot => false, _ => null };
    }

    private bool? Judge(FieldCondition leaf) => leaf.Comparison.Holds(Read(leaf.Field), leaf.Field.AbsenceIsUnknown);

    /// <summary>Fields that nobody knows, as conditions met them.</summary>
    public IReadOnlyList<string> UnknownFields => _unknown ?? [];

    /// <summary>
    /// Checks of one result, the source's and our own. Whether evidence can be shown matters to a person who looks; it does not call one (a policy can, by
    /// <c>evidence.count</c> and <c>evidence.unshowable</c>).
    /// </summary>
    public int Count(CheckResult result) =>
        Proposal.Checks.Count(check => check.Result == result)
        + ConsoleChecks.Count(check => check.Result == result && check.Id.StartsWith("console:", StringComparison.Ordinal));

    /// <summary>The result of one check, our own among them.</summary>
    public CheckResult? Check(string id) =>
        ConsoleChecks.FirstOrDefault(check => check.Id == id)?.Result ?? Proposal.Checks.FirstOrDefault(check => check.Id == id)?.Result;

    /// <summary>How many others there are in a window; none that counts for what has no part in it.</summary>
    public GateValue Counted(string window) => !HasPart(window) ? GateValue.Missing : Facts.Windows.GetValueOrDefault(window)?.Count is { } count ? GateValue.Of((decimal)count) : GateValue.Unknown;

    /// <summary>What the others in a window come to.</summary>
    public GateValue Summed(string window) => !HasPart(window) ? GateValue.Missing : Facts.Windows.GetValueOrDefault(window)?.Amount is { } amount ? GateValue.Money(amount) : GateValue.Unknown;

    private bool HasPart(string window) => Policy.Windows.FirstOrDefault(it => it.Name == window) is not { } known || known.Takes(Derived.Kind, Proposal.Action.Name);

    public void Unknown(string field)
    {
        _unknown ??= [];
        if (!_unknown.Contains(field))
        {
            _unknown.Add(field);
        }
    }

    public void ForgetUnknown() => _unknown?.Clear();
}
