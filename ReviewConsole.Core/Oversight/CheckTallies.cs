using System.Runtime.InteropServices;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// What a check that does not pass says about the action, from items that somebody had to judge: those that an audit sample drew are a small part of what they stand for and
/// would need weights. Past <see cref="MostChecks"/> different ones the rest is left out.
/// </summary>
internal sealed class CheckTallies
{
    public const int MostChecks = 200;

    private readonly Dictionary<string, (long NotPassed, long Labelled, long Right)> _checks = new(StringComparer.Ordinal);

    public void Add(BacktestItem item, GateResult gate)
    {
        if (item.Stratum != Stratum.Judged)
        {
            return;
        }

        foreach (var check in item.Proposal.Checks)
        {
            Add(check, item.Label);
        }

        foreach (var check in gate.ConsoleChecks)
        {
            Add(check, item.Label);
        }
    }

    /// <param name="right">How often the action is right among all that somebody had to judge.</param>
    public IReadOnlyList<CheckWorth> Worth(Rate right) =>
    [
        .. _checks.OrderByDescending(static check => check.Value.NotPassed).ThenBy(static check => check.Key, StringComparer.Ordinal).Select(check =>
        {
            var rate = new Rate(check.Value.Right, check.Value.Labelled);
            return new CheckWorth(check.Key, check.Value.NotPassed, rate, rate.Interval is { } interval && interval.Low >= right.Share);
        }),
    ];

    private void Add(Check check, Label label)
    {
        if (check.Result == CheckResult.Pass || (_checks.Count >= MostChecks && !_checks.ContainsKey(check.Id)))
        {
            return;
        }

        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_checks, check.Id, out _);
        tally.NotPassed++;
        tally.Labelled += label == Label.None ? 0 : 1;
        tally.Right += label == Label.Right ? 1 : 0;
    }
}
