using System.Collections.Frozen;

namespace ReviewConsole.Core.Identity;

/// <summary>What a source's key may be good for. There is none that decides, and there never will be.</summary>
internal static class Scopes
{
    public const string ReviewsWrite = "reviews:write";
    public const string ReviewsRead = "reviews:read";
    public const string LedgerRead = "ledger:read";

    public static readonly FrozenSet<string> All = FrozenSet.Create(StringComparer.Ordinal, ReviewsWrite, ReviewsRead, LedgerRead);
}
