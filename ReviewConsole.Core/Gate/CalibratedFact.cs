using System.Collections.Frozen;

namespace ReviewConsole.Core.Gate;

/// <summary>What people made of proposals of the same system and version whose signal was about as high; at least 20 of them.</summary>
/// <param name="Approved">Approved as they were proposed.</param>
/// <param name="Decided">Approved, corrected or rejected by people.</param>
/// <param name="AtLeast">The lower end of the 95 % interval of that share, in whole thousandths: what conditions compare with.</param>
internal sealed record CalibratedFact(int Approved, int Decided, decimal AtLeast)
{
    /// <summary>The lowest signal of each, whichever it was; no signal can be called so.</summary>
    public const string Lowest = "";

    public static readonly IReadOnlyDictionary<string, CalibratedFact> None = FrozenDictionary<string, CalibratedFact>.Empty;
}
