namespace ReviewConsole.Core.Store;

/// <summary>What the entries say that a row must hold.</summary>
internal sealed class RegistryRow
{
    /// <summary>The last entry that spoke of the row.</summary>
    public required long Seq { get; set; }

    /// <summary>The columns of which the entries speak. A blob stands here by the hex of its SHA-256.</summary>
    public Dictionary<string, object?> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>The entry whose opening, with what names the row, is erased; without it those columns cannot be compared.</summary>
    public long? Erased { get; set; }
}
