using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// The id of a payee or a subject as it is found by: one account number is one, in groups of four or without, in full-width letters or small ones, with characters in it that nobody sees.
/// What a window counts as the same is the same here (<see cref="WindowKey"/>). It is never shown.
/// </summary>
internal static class SameId
{
    /// <summary>Null for none, and for one in which nothing is to be seen.</summary>
    public static string? Of(string? id)
    {
        var same = id is null ? "" : WindowKey.Of(id).ToUpperInvariant();
        return same.Length == 0 ? null : same;
    }
}
