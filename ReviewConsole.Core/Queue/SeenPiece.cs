using System.Text.Json;

namespace ReviewConsole.Core.Queue;

/// <summary>A piece of evidence as it was in view before something was recorded.</summary>
/// <param name="First">When it came into view, Unix ms.</param>
internal sealed record SeenPiece(string Evidence, long First, long Milliseconds)
{
    /// <summary>The sealed part <c>presented</c>, in the order in which pieces came into view; nothing where there is none.</summary>
    public static IReadOnlyList<SeenPiece> Read(byte[]? presented)
    {
        if (presented is null)
        {
            return [];
        }

        using var rows = JsonDocument.Parse(presented);
        return [.. rows.RootElement.EnumerateArray().Select(static row => new SeenPiece(
            row.GetProperty("evidence").GetString()!, row.GetProperty("first").GetInt64(), row.GetProperty("milliseconds").GetInt64()))];
    }
}
