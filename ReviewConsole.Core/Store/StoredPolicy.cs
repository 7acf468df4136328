using System.Globalization;

namespace ReviewConsole.Core.Store;

internal enum PolicyState
{
    Draft,
    Shadow,
    Published,
    Discarded,
}

/// <summary>A policy as its row has it. Times are Unix ms.</summary>
/// <param name="Base">The text of what it extends, as it was when this was saved.</param>
/// <param name="Authors">Pseudonyms of all who have ever saved it; nobody for one that came from a file or with the program.</param>
internal sealed record StoredPolicy(
    long Number, string Name, int Version, string Digest, string Text, string? Base, PolicyState State, IReadOnlyList<string> Authors, long Saved, long? ShadowSince)
{
    /// <summary>How the ledger calls it.</summary>
    public string Id => IdOf(Number);

    public static string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"d{number}");
}
