namespace ReviewConsole.Core.Gate;

/// <summary>
/// A condition in three-valued logic: holds, does not hold, or cannot be known (null). Every leaf is evaluated, and traced where there is a trace, so that it shows
/// all that was looked at.
/// </summary>
internal abstract record Condition
{
    public abstract bool? Holds(GateInput input, List<ConditionTrace>? trace);
}

/// <summary>False when one is false, else unknown when one is unknown.</summary>
internal sealed record AllCondition(IReadOnlyList<Condition> Parts) : Condition
{
    public override bool? Holds(GateInput input, List<ConditionTrace>? trace)
    {
        bool? holds = true;
        for (var i = 0; i < Parts.Count; i++)
        {
            holds &= Parts[i].Holds(input, trace);
        }

        return holds;
    }
}

/// <summary>True when one is true, else unknown when one is unknown.</summary>
internal sealed record AnyCondition(IReadOnlyList<Condition> Parts) : Condition
{
    public override bool? Holds(GateInput input, List<ConditionTrace>? trace)
    {
        bool? holds = false;
        for (var i = 0; i < Parts.Count; i++)
        {
            holds |= Parts[i].Holds(input, trace);
        }

        return holds;
    }
}

internal sealed record NotCondition(Condition Part) : Condition
{
    public override bool? Holds(GateInput input, List<ConditionTrace>? trace) => !Part.Holds(input, trace);
}

/// <summary>One comparison of one field.</summary>
internal sealed record FieldCondition(GateField Field, Comparison Comparison) : Condition
{
    /// <summary>Where <see cref="At"/> is a place: that of its policy.</summary>
    public LeafTable? Table { get; init; }

    public int At { get; init; }

    public override bool? Holds(GateInput input, List<ConditionTrace>? trace)
    {
        if (trace is not null)
        {
            return Traced(input, trace);
        }

        var holds = input.Judged(this);
        if (holds is null)
        {
            input.Unknown(Field.Name);
        }

        return holds;
    }

    private bool? Traced(GateInput input, List<ConditionTrace> trace)
    {
        var seen = input.Read(Field);
        var holds = Comparison.Holds(seen, Field.AbsenceIsUnknown);
        if (holds is null)
        {
            input.Unknown(Field.Name);
        }

        trace.Add(new ConditionTrace(Field.Name, Comparison.Op, Comparison.Value, seen, holds));
        return holds;
    }
}

/// <summary>
/// Whether a field's value differs from the revision before. A first revision has changed nothing; when nobody knows what was before, nobody knows what changed.
/// </summary>
internal sealed record ChangedCondition(GateField Field, bool Wanted) : Condition
{
    public override bool? Holds(GateInput input, List<ConditionTrace>? trace)
    {
        var changed = RevisionChanges.Has(input.Facts, Field.Name);
        if (changed is null)
        {
            input.Unknown(Field.Name);
        }

        var holds = changed is null ? (bool?)null : changed == Wanted;
        trace?.Add(new ConditionTrace(Field.Name, Comparison.Changed, GateValue.Of(Wanted), GateValue.Of(changed), holds));
        return holds;
    }
}
