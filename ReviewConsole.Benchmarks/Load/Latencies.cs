namespace ReviewConsole.Benchmarks.Load;

/// <summary>Every measured time, exactly, in microseconds. Not for several threads at once.</summary>
internal sealed class Latencies
{
    private readonly List<int> _values = [];

    public int Count => _values.Count;

    public void Add(TimeSpan time) => _values.Add((int)Math.Min(int.MaxValue, time.TotalMicroseconds));

    public void Add(Latencies other) => _values.AddRange(other._values);

    /// <summary>The time that <paramref name="share"/> (0..1) of all did not exceed, in milliseconds.</summary>
    public double At(double share)
    {
        if (_values.Count == 0)
        {
            return double.NaN;
        }

        _values.Sort();
        return _values[Math.Clamp((int)Math.Ceiling(share * _values.Count) - 1, 0, _values.Count - 1)] / 1000.0;
    }
}
