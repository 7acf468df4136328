using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>What people get to do: how many reviews, with which risk and due time, and how long they take; before and now.</summary>
internal sealed class LoadTally
{
    private const double PerHour = 3_600_000, PerSecond = 1_000, PerDay = 86_400_000;

    private readonly long[] _before = new long[Enum.GetValues<Risk>().Length];
    private readonly long[] _now = new long[Enum.GetValues<Risk>().Length];
    private readonly int?[] _due = new int?[Enum.GetValues<Risk>().Length];
    private long _known;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;
    private (long Items, long Measured, long Milliseconds) _allTime, _timeBefore, _timeNow;

    public LoadChange Change => new(_known, _before.Sum(), _now.Sum(), _last > _first && _known > 0 ? (_last - _first) / PerDay : null);

    public WorkingTime Time
    {
        get
        {
            double? mean = _allTime.Measured == 0 ? null : (double)_allTime.Milliseconds / _allTime.Measured;
            return new WorkingTime(_allTime.Measured, mean / PerSecond, _known == 0 ? null : Hours(_timeBefore), Hours(_timeNow));

            double? Hours((long Items, long Measured, long Milliseconds) time) => (time.Milliseconds + ((time.Items - time.Measured) * mean)) / PerHour;
        }
    }

    public void Add(BacktestItem item, GateResult gate)
    {
        Measure(ref _allTime, item);
        if (gate.Verdict == Verdict.Review)
        {
            _now[(int)gate.Risk]++;
            Measure(ref _timeNow, item);
        }

        if (item.Before is not { } before)
        {
            return;
        }

        _known++;
        _first = Math.Min(_first, item.Facts.Now);
        _last = Math.Max(_last, item.Facts.Now);
        if (before.Verdict == Verdict.Review)
        {
            _before[(int)before.Risk]++;
            _due[(int)before.Risk] = before.DueMinutes;
            Measure(ref _timeBefore, item);
        }
    }

    public IReadOnlyList<RiskVolume> Risks(GatePolicy policy) =>
        [.. Enum.GetValues<Risk>().Select(risk => new RiskVolume(risk, _before[(int)risk], _due[(int)risk], _now[(int)risk], policy.DueMinutes[risk]))];

    private static void Measure(ref (long Items, long Measured, long Milliseconds) time, BacktestItem item) =>
        time = (time.Items + 1, time.Measured + (item.Dwell is null ? 0 : 1), time.Milliseconds + (item.Dwell ?? 0));
}
