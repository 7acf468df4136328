using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>
/// One piece of what the reviewer looks at. Make it with the method of its kind and add what matters by <c>with</c>:
/// <c>Evidence.Conversation("chat", "Chat with the customer", messages) with { Required = true }</c>.
/// </summary>
public sealed record Evidence(string Id, string Kind)
{
    /// <summary><c>original</c>, <c>before</c>, <c>after</c>, <c>plan</c>, <c>environments</c>, <c>limits</c>, <c>history</c>, <c>question</c> or <c>policy</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Headline of the piece.</summary>
    public string? Title { get; init; }

    /// <summary>The content, in the shape of its kind.</summary>
    public JsonElement? Content { get; init; }

    /// <summary>For bytes: the SHA-256 that <see cref="ReviewConsoleClient.UploadAsync"/> answered.</summary>
    public string? Blob { get; init; }

    /// <summary>For bytes of up to 1 MB: the bytes themselves.</summary>
    public string? Base64 { get; init; }

    /// <summary>Media type of the bytes.</summary>
    public string? MediaType { get; init; }

    /// <summary>File name of the bytes.</summary>
    public string? Name { get; init; }

    /// <summary>True: must have been in view before somebody approves at medium or high risk.</summary>
    public bool? Required { get; init; }

    /// <summary>Where it comes from.</summary>
    public EvidenceOrigin? Origin { get; init; }

    /// <summary>Verbatim spans that matter.</summary>
    public IReadOnlyList<Highlight>? Highlights { get; init; }

    /// <summary>Plain text.</summary>
    public static Evidence Text(string id, string title, string text) => Of(id, "text", title, text);

    /// <summary>Markdown; raw HTML in it is not rendered.</summary>
    public static Evidence Markdown(string id, string title, string markdown) => Of(id, "markdown", title, markdown);

    /// <summary>HTML; shown without scripts and without requests.</summary>
    public static Evidence Html(string id, string title, string html) => Of(id, "html", title, html);

    /// <summary>Any JSON value.</summary>
    public static Evidence Json(string id, string title, object value) => Of(id, "json", title, value);

    /// <summary>A table; cells are strings, numbers, booleans or null.</summary>
    public static Evidence Table(string id, string title, IReadOnlyList<string> columns, params IReadOnlyList<object?>[] rows)
        => Of(id, "table", title, new { columns, rows });

    /// <summary>Names and values.</summary>
    public static Evidence KeyValue(string id, string title, params (string Key, object? Value)[] pairs)
        => Of(id, "keyValue", title, pairs.Select(static p => new { key = p.Key, value = p.Value }).ToArray());

    /// <summary>Messages between people, or between people and the agent.</summary>
    public static Evidence Conversation(string id, string title, params Message[] messages) => Of(id, "conversation", title, messages);

    /// <summary>One e-mail.</summary>
    public static Evidence Email(string id, string title, EmailMessage email) => Of(id, "email", title, email);

    /// <summary>Two versions of a text.</summary>
    public static Evidence Diff(string id, string title, string before, string after, string? language = null)
        => Of(id, "diff", title, new DiffContent(before, after, language));

    /// <summary>A link; shown as text with its host, never followed by the console.</summary>
    public static Evidence Link(string id, string title, Uri uri, string? label = null)
        => Of(id, "link", title, new LinkContent(uri.OriginalString, label));

    /// <summary>An image whose bytes were uploaded.</summary>
    public static Evidence Image(string id, string title, Blob blob, string? name = null) => Bytes(id, "image", title, blob, name);

    /// <summary>A PDF whose bytes were uploaded.</summary>
    public static Evidence Pdf(string id, string title, Blob blob, string? name = null) => Bytes(id, "pdf", title, blob, name);

    /// <summary>Any other file whose bytes were uploaded.</summary>
    public static Evidence File(string id, string title, Blob blob, string? name = null) => Bytes(id, "file", title, blob, name);

    private static Evidence Of(string id, string kind, string title, object content) => new(id, kind) { Title = title, Content = Wire.Element(content) };

    private static Evidence Bytes(string id, string kind, string title, Blob blob, string? name)
        => new(id, kind) { Title = title, Blob = blob.Sha256, Name = name };

    private sealed record DiffContent(string Before, string After, string? Language);

    private sealed record LinkContent(string Uri, string? Label);
}

/// <summary>Where a piece of evidence comes from.</summary>
/// <param name="System">The system that holds it.</param>
/// <param name="Uri">Its address there.</param>
/// <param name="At">When it was read.</param>
public sealed record EvidenceOrigin(string? System = null, string? Uri = null, DateTimeOffset? At = null);

/// <summary>A verbatim span of the evidence.</summary>
/// <param name="Text">Must occur exactly; otherwise the console says "quote not found".</param>
/// <param name="Note">Why it matters.</param>
public sealed record Highlight(string Text, string? Note = null);

/// <summary>One message of a conversation.</summary>
/// <param name="From">Who wrote it.</param>
/// <param name="Text">What was written.</param>
/// <param name="At">When.</param>
public sealed record Message(string From, string Text, DateTimeOffset? At = null);

/// <summary>One e-mail.</summary>
/// <param name="From">Sender.</param>
/// <param name="To">Recipients.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Date">When it was sent.</param>
public sealed record EmailMessage(string From, IReadOnlyList<string> To, string Subject, DateTimeOffset Date)
{
    /// <summary>Copies.</summary>
    public IReadOnlyList<string>? Cc { get; init; }

    /// <summary>The plain text body.</summary>
    public string? Text { get; init; }

    /// <summary>The HTML body.</summary>
    public string? Html { get; init; }

    /// <summary>Headers worth seeing, for instance <c>Authentication-Results</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}

/// <summary>Bytes that the console holds for this source.</summary>
/// <param name="Sha256">Their SHA-256, 64 hex digits.</param>
/// <param name="Size">How many they are.</param>
public sealed record Blob(string Sha256, long Size);
