namespace ReviewConsole.Demo.Cases;

/// <summary>All cases of the demonstration, and the order in which a seed brings them up.</summary>
internal static class DemoCases
{
    public static IReadOnlyList<DemoCase> All { get; } =
        [
            .. Emails.All, .. OrderEmails.All, .. AdviceEmails.All, .. Refunds.All, .. Accounts.All, .. Deployments.All, .. Rollouts.All, .. Invoices.All, .. Contracts.All, .. Papers.All,
            .. Decisions.All,
        ];

    /// <summary>
    /// The n-th proposal, counted from 0: each round has every case once, in an order of its own. The same seed gives the same sequence.
    /// </summary>
    public static (DemoCase Case, Occasion Occasion) At(int seed, int ordinal)
    {
        var round = ordinal / All.Count;
        var order = Enumerable.Range(0, All.Count).ToArray();
        new Random(HashCode(seed, round)).Shuffle(order);
        return (All[order[ordinal % All.Count]], new Occasion(round));
    }

    /// <summary>The case and occasion behind an external id that <see cref="ExternalId"/> made; null for a foreign id.</summary>
    public static (DemoCase Case, Occasion Occasion, int Attempt)? Parse(string? externalId)
    {
        var parts = externalId?.Split('.') ?? [];
        return parts.Length == 3
            && All.FirstOrDefault(c => string.Equals(c.Key, parts[0], StringComparison.Ordinal)) is { } found
            && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var round)
            && int.TryParse(parts[2], System.Globalization.CultureInfo.InvariantCulture, out var attempt)
                ? (found, new Occasion(round), attempt)
                : null;
    }

    /// <summary>Names a case, its round and the attempt (1 at first): <c>late-parcel.0.1</c>. All that a source needs to take its work up again.</summary>
    public static string ExternalId(DemoCase @case, Occasion occasion, int attempt)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{@case.Key}.{occasion.Round}.{attempt}");

    // Not System.HashCode: that one is different in each process.
    private static int HashCode(int seed, int round) => unchecked((seed * 486_187_739) + (round * 16_777_619) + 17);
}
