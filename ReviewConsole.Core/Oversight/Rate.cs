namespace ReviewConsole.Core.Oversight;

/// <summary>So many of so many, with a 95 % interval where there are any.</summary>
internal readonly record struct Rate(long Count, long Of)
{
    public double? Share => Of == 0 ? null : (double)Count / Of;

    public WilsonInterval? Interval => Share is { } share ? WilsonInterval.Of(share, Of) : null;
}
