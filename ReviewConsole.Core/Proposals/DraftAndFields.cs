using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

internal enum DraftFormat
{
    Text,
    Markdown,
    Html,
    Json,
    Yaml,
}

/// <summary>A text that the action will use. <paramref name="Target"/> is a free JSON object (<c>to</c>, <c>subject</c> …).</summary>
/// <param name="Baseline">What the content is compared with; not part of what runs.</param>
internal sealed record Draft(DraftFormat Format, string Content, string? Baseline = null, JsonElement? Target = null);

/// <summary>
/// One extracted value. <paramref name="Value"/> is free JSON; null and JSON null both mean "no value".
/// <paramref name="Evidence"/> names the piece it was read from, <paramref name="Page"/> is 1-based.
/// </summary>
internal sealed record Field(
    string Name,
    string Type,
    JsonElement? Value,
    string? Label = null,
    decimal? Confidence = null,
    bool? Required = null,
    string? Evidence = null,
    int? Page = null,
    Box? Box = null)
{
    /// <summary>No value, or an empty text.</summary>
    public bool IsMissing => Value is not { } value
        || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
}

/// <summary>Pixels of the image as uploaded; for PDF points from the top left of the page.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height);
