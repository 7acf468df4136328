namespace ReviewConsole.Core.Ledger;

/// <summary>One thing that is wrong with the log.</summary>
/// <param name="Seq">The entry where it shows; with a root that does not fit, the first entry that the last good root does not cover.</param>
/// <param name="Detail">What is wrong, in words.</param>
internal readonly record struct LedgerFault(long Seq, string Detail)
{
    /// <summary>As the command line prints it: <c>entry 17: …</c></summary>
    public override string ToString() => $"entry {Seq}: {Detail}";
}

/// <summary>The stored log cannot be continued or trusted.</summary>
internal sealed class LedgerDamagedException(LedgerFault fault) : Exception($"The ledger is damaged. {fault}")
{
    public LedgerFault Fault { get; } = fault;
}
