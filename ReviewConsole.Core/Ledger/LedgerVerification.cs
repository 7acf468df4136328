namespace ReviewConsole.Core.Ledger;

/// <summary>What a verification found.</summary>
/// <param name="Entries">Entries whose bytes were hashed.</param>
/// <param name="Checkpoints">Signed heads that were compared and whose signature was verified.</param>
/// <param name="Openings">Openings that were held against their commitment.</param>
/// <param name="Heads">Anchored or known heads that were compared.</param>
/// <param name="Faults">What is wrong, the first bad entry first; empty when the log is intact.</param>
internal sealed record LedgerVerification(long Entries, long Checkpoints, long Openings, long Heads, IReadOnlyList<LedgerFault> Faults)
{
    public bool Intact => Faults.Count == 0;
}

/// <summary>What a verification is held against, beside the log itself.</summary>
/// <param name="Key">The pinned key.</param>
internal sealed record LedgerExpectation(VerifierKey Key)
{
    /// <summary>Heads that left the installation, such as <see cref="AnchorFile.Read"/>. Read them before the verification starts: the log may grow meanwhile, they must not.</summary>
    public IReadOnlyList<Checkpoint> KnownHeads { get; init; } = [];

    /// <summary>Whether the blob of this SHA-256 (hex) is there with that content; null leaves the content out.</summary>
    public Func<string, bool>? BlobIsWhole { get; init; }

    /// <summary>Hears how many entries are done, after each page.</summary>
    public Action<long>? Progress { get; init; }
}
