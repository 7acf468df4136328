using System.Globalization;

namespace ReviewConsole.Client;

/// <summary>Which of its own reviews a source wants to see. Members that are null do not filter.</summary>
public sealed record ReviewQuery
{
    /// <summary>Where they stand.</summary>
    public ReviewStatus? Status { get; init; }

    /// <summary>Of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Of this system.</summary>
    public string? Source { get; init; }

    /// <summary>The one with this id of the source.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The cursor of a page; null is the first page.</summary>
    public string? After { get; init; }

    /// <summary>1 to 200; the console's default is 50.</summary>
    public int? Limit { get; init; }

    internal string ToQueryString()
    {
        var parts = new (string Name, string? Value)[]
        {
            ("status", Status is { } status ? Wire.Word(status) : null), ("kind", Kind), ("source", Source), ("externalId", ExternalId), ("after", After),
            ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
        };
        var query = string.Join('&', parts.Where(static p => p.Value is not null).Select(static p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "" : $"?{query}";
    }
}
