namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Wilson's score interval of a share at 95 %: it holds the share itself, stays within 0 and 1 where the usual formula leaves them, and says something even of none in
/// a few. (E. B. Wilson, 1927.)
/// </summary>
internal readonly record struct WilsonInterval(double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <param name="share">From 0 to 1.</param>
    /// <param name="size">How many independent observations stand behind it; above 0, and not always whole.</param>
    public static WilsonInterval Of(double share, double size)
    {
        var square = Z * Z / size;
        var middle = share + (square / 2);
        var half = Z * Math.Sqrt(((share * (1 - share)) + (square / 4)) / size);
        return new WilsonInterval(Math.Clamp((middle - half) / (1 + square), 0, share), Math.Clamp((middle + half) / (1 + square), share, 1));
    }
}
