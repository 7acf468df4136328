using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// What a policy would have made of the past: items go in one by one, of any number, and what they add up to comes out. Pure: it asks the gate with the facts that were
/// recorded and knows no clock and no file. Memory does not grow with the items, except for <see cref="DistinctActions"/>.
/// </summary>
/// <param name="signal">The signal of the frontier; null takes the lowest of each item.</param>
internal sealed class Backtest(GatePolicy policy, string? signal = null)
{
    /// <summary>How many wrong items a report lists.</summary>
    public const int MostListed = 200;

    // What the policy says where the audit sample does not draw; null where it has none that is drawn.
    private readonly GatePolicy? _undrawn = AuditDraw.Undrawn(policy);

    private readonly DistinctActions _actions = new();
    private readonly Frontier _frontier = new(signal);
    private readonly KindTallies _kinds = new();
    private readonly CheckTallies _checks = new();
    private readonly LoadTally _load = new();
    private readonly ErrorList _slipped = new();
    private readonly ErrorList _caught = new();
    private readonly LabelParts _all = new();
    private readonly LabelParts _passing = new();
    private readonly long[] _verdicts = new long[Enum.GetValues<Verdict>().Length];
    private long _drawn;

    public void Add(BacktestItem item)
    {
        var facts = item.FactsFor(policy);
        var gate = Gate.Gate.Evaluate(policy, item.Proposal, facts);
        var passes = gate.Verdict == Verdict.Proceed
            || (gate.AuditSample && _undrawn is not null && Gate.Gate.Evaluate(_undrawn, item.Proposal, facts).Verdict == Verdict.Proceed);
        var value = _frontier.ValueOf(item.Proposal);
        _verdicts[(int)gate.Verdict]++;
        _all.Add(item.Part, item.Label);
        if (passes)
        {
            _passing.Add(item.Part, item.Label);
        }

        _frontier.Add(value, item.Part, item.Label);
        _load.Add(item, gate);
        _kinds.Add(gate.Kind, item, gate.Verdict, passes);
        _checks.Add(item, gate);
        _actions.Add(item.Action, Marks(item, gate, passes), value, item.Label);
    }

    public BacktestReport Report()
    {
        var (all, judged, through) = (_all.Sum(), _all.Sum(Stratum.Judged), _all.Sum(Stratum.LetThrough));
        return new()
        {
            Policy = policy.Identity,
            Items = _verdicts.Sum(),
            DistinctActions = _actions.Count,
            Verdicts =
            [
                .. Enum.GetValues<Verdict>().Select(verdict => new VerdictVolume(
                    verdict, new Rate(_verdicts[(int)verdict], _verdicts.Sum()), _actions.CountOf(verdict switch
                    {
                        Verdict.Proceed => ActionMarks.Proceeded,
                        Verdict.Review => ActionMarks.Reviewed,
                        _ => ActionMarks.Blocked,
                    }))),
            ],
            Load = _load.Change,
            Time = _load.Time,
            Risks = _load.Risks(policy),
            Labels = new LabelCoverage(
                all.Labelled - all.Wrong, all.Wrong, all.Items - all.Labelled, through.Items, through.Labelled, _all.Sum(Stratum.Blocked).Items),
            Errors = _passing.Estimate(),
            DistinctErrors = new Rate(_actions.CountOf(ActionMarks.PassedWrong), _actions.CountOf(ActionMarks.PassedLabelled)),
            Slipped = _slipped.Known(_actions.CountOf(ActionMarks.Slipped)),
            Drawn = _drawn,
            Caught = _load.Change.Known == 0 || through is { Items: > 0, Labelled: 0 } ? null : _caught.Known(_actions.CountOf(ActionMarks.Caught)),
            Kinds = _kinds.Volumes(),
            Checks = _checks.Worth(new Rate(judged.Labelled - judged.Wrong, judged.Labelled)),
            Signal = _frontier.Signal,
            Frontier = _frontier.Points(_actions),
            Findings = PublishCheck.Of(policy),
        };
    }

    private ActionMarks Marks(BacktestItem item, GateResult gate, bool passes)
    {
        var marks = gate.Verdict switch
        {
            Verdict.Proceed => ActionMarks.Proceeded,
            Verdict.Review => ActionMarks.Reviewed,
            _ => ActionMarks.Blocked,
        };
        if (passes)
        {
            marks |= ActionMarks.Passed | (item.Label == Label.None ? ActionMarks.None : ActionMarks.PassedLabelled);
        }

        if (item.Label != Label.Wrong)
        {
            return marks;
        }

        if (passes)
        {
            marks |= ActionMarks.PassedWrong;
            if (gate.Verdict != Verdict.Proceed)
            {
                _drawn++;
                return marks;
            }

            _slipped.Add(item, gate.Kind);
            return marks | ActionMarks.Slipped;
        }

        if (item.Stratum == Stratum.LetThrough)
        {
            _caught.Add(item, gate.Kind);
            marks |= ActionMarks.Caught;
        }

        return marks;
    }
}
