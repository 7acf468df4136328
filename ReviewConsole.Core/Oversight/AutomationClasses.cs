using System.Collections.Frozen;
using System.Runtime.InteropServices;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Classes of what people decided, out of items that go in one by one, oldest first. Only what people said is a label: what a rule decided, expired or was withdrawn says nothing, unless it was let through and
/// then failed or was undone. An item is asked about under the policy in force, without the draws of its audit samples and as if no line had been kept back, so that what the policy asks for today is what a rule would stand for. Pure; memory grows with
/// different actions only.
/// </summary>
/// <param name="demoted">Automation rules of the policy that are demoted.</param>
/// <param name="doubted">Reviews by which a rule was demoted: what their class shows begins anew with them.</param>
internal sealed class AutomationClasses(GatePolicy policy, FrozenSet<string> demoted, FrozenSet<Guid> doubted)
{
    /// <summary>Versions and actions are words of sources: past so many classes no new one is opened.</summary>
    public const int MostClasses = 1_000;

    private readonly GatePolicy _undrawn = AuditDraw.Undrawn(policy) ?? policy;
    private readonly Dictionary<AutomationKey, Tally> _classes = [];
    private readonly Dictionary<(int Class, ulong Action), bool> _wrong = [];
    private int _begun;
    private long _decided;
    private long _aside;
    private long _leftOut;

    public void Add(BacktestItem item)
    {
        var doubts = item.Review is { } review && doubted.Contains(review);
        var undone = item is { Decided: null, Reversed: true };
        if (item.Decided is null && !undone && !doubts)
        {
            return;
        }

        var facts = item.FactsFor(policy) with { ReviewedBefore = false, Demoted = demoted };
        var gate = Gate.Gate.Evaluate(_undrawn, item.Proposal, facts);
        var input = new GateInput(policy, item.Proposal, facts);
        var barrier = policy.Automation.Barrier(input, gate.Risk, gate.Approvals);
        var (key, isAside) = (Key(input, gate), barrier == AutomationBarrier.Checks || gate.NotKnown || gate.Verdict == Verdict.Block);
        if (doubts)
        {
            BeginAnew(key, isAside);
        }

        if (item.Decided is null && !undone)
        {
            return;
        }

        _decided++;
        if (isAside)
        {
            _aside++;
        }
        else if (_classes.Count >= MostClasses && !_classes.ContainsKey(key))
        {
            _leftOut++;
        }
        else
        {
            Count(key, item, barrier, gate);
        }
    }

    public AutomationReport Report()
    {
        var classes = _classes.Select(known => Class(known.Key, known.Value))
            .OrderByDescending(static found => found.IsCandidate).ThenByDescending(static found => found.Agreement.Of).ThenBy(static found => found.Key.Action, StringComparer.Ordinal)
            .ThenBy(static found => found.Key.System, StringComparer.Ordinal).ThenBy(static found => found.Key.Band?.From);
        return new AutomationReport([.. classes], _decided, _aside, _leftOut);
    }

    private AutomationKey Key(GateInput input, GateResult gate) => new(
        input.Derived.Kind, input.Proposal.Action.Name, input.Proposal.Source.System, input.Proposal.Source.Version,
        input.Derived is { Amount: { } amount, InPolicyCurrency: true } ? AmountBand.Of(amount.Number) : null,
        [.. Asking(gate)]);

    // By name: a trace of many rules leaves out those that do not hold.
    private IEnumerable<string> Asking(GateResult gate)
    {
        var matched = gate.Trace.Where(static rule => rule.Matched).Select(static rule => rule.Rule).ToHashSet(StringComparer.Ordinal);
        return _undrawn.Rules.Where(rule => matched.Contains(rule.Name) && (rule.Automation is null ? rule.Verdict == Verdict.Review : demoted.Contains(rule.Name))).Select(static rule => rule.Name);
    }

    // Which rules ask of one that is aside says nothing of those that asked in its class: every class of what it is begins anew.
    private void BeginAnew(AutomationKey found, bool isAside)
    {
        foreach (var key in isAside ? _classes.Keys.Where(key => (key with { Asked = found.Asked }).Equals(found)).ToList() : [found])
        {
            _classes.Remove(key);
        }
    }

    private void Count(AutomationKey key, BacktestItem item, AutomationBarrier? barrier, GateResult gate)
    {
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_classes, key, out _);
        tally ??= new Tally(_begun++);
        tally.Barrier = barrier < tally.Barrier || tally.Barrier is null ? barrier : tally.Barrier;
        tally.Proceeds |= gate.Verdict == Verdict.Proceed;
        tally.Risk = gate.Risk > tally.Risk ? gate.Risk : tally.Risk;
        Count(tally, item);
    }

    private void Count(Tally tally, BacktestItem item)
    {
        var right = item.Decided == OutcomeDecision.Approved && !item.Reversed;
        tally.Decisions++;
        tally.Approved += right ? 1 : 0;
        tally.Reversed += item is { Decided: null or OutcomeDecision.Approved, Reversed: true } ? 1 : 0;
        tally.Corrected += item.Decided == OutcomeDecision.Corrected ? 1 : 0;
        tally.Rejected += item.Decided == OutcomeDecision.Rejected ? 1 : 0;
        if (item.Proposal.Signals is { Count: > 0 } signals)
        {
            var lowest = signals.Min(static signal => signal.Value);
            tally.Lowest = lowest < tally.Lowest || tally.Lowest is null ? lowest : tally.Lowest;
        }
        else
        {
            tally.SomeWithout = true;
        }

        // One of its items is enough: an action that was right once and wrong once is none to let through.
        ref var wrong = ref CollectionsMarshal.GetValueRefOrAddDefault(_wrong, (tally.Number, item.Action), out var isThere);
        tally.Distinct += isThere ? 0 : 1;
        tally.DistinctWrong += !right && !wrong ? 1 : 0;
        wrong |= !right;
    }

    private AutomationClass Class(AutomationKey key, Tally tally)
    {
        var agreement = new Rate(tally.Distinct - tally.DistinctWrong, tally.Distinct);
        return new AutomationClass(
            key, tally.Decisions, agreement, tally.Approved, tally.Corrected, tally.Rejected, tally.Reversed, tally.Risk, new SignalSpan(tally.Lowest, tally.SomeWithout),
            [.. Gaps(key, tally, agreement)]);
    }

    private IEnumerable<AutomationGap> Gaps(AutomationKey key, Tally tally, Rate agreement)
    {
        var limits = policy.Automation;
        if (tally.Proceeds)
        {
            yield return new AutomationGap.Proceeds();
            yield break;
        }

        if (tally.Barrier is { } barrier)
        {
            yield return new AutomationGap.Severe(barrier);
        }
        else if (key.Band is { } band && band.Below > limits.Below)
        {
            yield return new AutomationGap.Amounts(limits.Below);
        }

        if (key.Version is null)
        {
            yield return new AutomationGap.NoVersion();
        }

        foreach (var rule in key.Asked.Select(name => policy.Rules.First(rule => rule.Name == name)).Where(static rule => !RuleAutomation.MayStandFor(rule)))
        {
            yield return rule.Automation is null ? new AutomationGap.AskedBy(rule.Name) : new AutomationGap.Demoted(rule.Name);
        }

        if (agreement.Of < limits.Decisions)
        {
            yield return new AutomationGap.TooFew(limits.Decisions - agreement.Of);
        }

        if (agreement.Interval is { } interval && interval.Low < limits.Bar)
        {
            yield return new AutomationGap.UnderBar(interval.Low, More(agreement, limits.Bar));
        }
    }

    /// <summary>How many more different actions, all of them approved, lift the lower end to the bar.</summary>
    private static long More(Rate agreement, double bar)
    {
        if (bar >= 1)
        {
            return long.MaxValue;
        }

        var (under, most) = (0L, 1L);
        while (!Reaches(most))
        {
            (under, most) = (most, most * 2);
        }

        while (most - under > 1)
        {
            var middle = under + ((most - under) / 2);
            (under, most) = Reaches(middle) ? (under, middle) : (middle, most);
        }

        return most;

        bool Reaches(long more) => new Rate(agreement.Count + more, agreement.Of + more).Interval!.Value.Low >= bar;
    }

    private sealed class Tally(int number)
    {
        public int Number => number;

        public long Decisions;
        public long Approved;
        public long Corrected;
        public long Rejected;
        public long Reversed;
        public long Distinct;
        public long DistinctWrong;
        public Risk Risk;
        public decimal? Lowest;
        public bool SomeWithout;
        public bool Proceeds;
        public AutomationBarrier? Barrier;
    }
}
