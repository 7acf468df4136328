namespace ReviewConsole.Core.Proposals;

/// <summary>
/// The limits of WIRE.md §1 in one place. <see cref="Body"/>, <see cref="Inline"/> are bytes, <see cref="Depth"/> levels of JSON, the counts items of a part,
/// the rest characters (UTF-16 code units).
/// </summary>
internal sealed record ProposalLimits
{
    public static readonly ProposalLimits Default = new();

    public int Body { get; init; } = 8 * 1024 * 1024;
    public int Depth { get; init; } = 64;
    public int Evidence { get; init; } = 50;
    public int Fields { get; init; } = 300;
    public int Checks { get; init; } = 100;
    public int Signals { get; init; } = 20;
    public int Alternatives { get; init; } = 20;
    public int Preconditions { get; init; } = 50;
    public int Highlights { get; init; } = 100;
    public int Tags { get; init; } = 20;
    public int Ids { get; init; } = 200;
    public int Title { get; init; } = 300;
    public int Rationale { get; init; } = 4_000;
    public int Message { get; init; } = 2_000;

    /// <summary>Bytes of one base64 piece of evidence after decoding.</summary>
    public int Inline { get; init; } = 1024 * 1024;
}
