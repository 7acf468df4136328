namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Amounts that are taken together, from <paramref name="From"/> to below <paramref name="Below"/>: under 10, then 10, 20, 50, 100, 200, 500 and so on. What people made of small amounts says
/// nothing of large ones, and steps that grow with the amount keep the classes few.
/// </summary>
internal readonly record struct AmountBand(decimal From, decimal Below)
{
    private const decimal First = 10;
    private const decimal Last = 1_000_000_000_000_000;

    /// <param name="amount">Without its sign.</param>
    public static AmountBand Of(decimal amount)
    {
        var (from, below) = (0m, First);
        for (var step = 0; amount >= below && below < Last; step++)
        {
            (from, below) = (below, step % 3 == 1 ? below * 5 / 2 : below * 2);
        }

        return new AmountBand(from, below);
    }
}
