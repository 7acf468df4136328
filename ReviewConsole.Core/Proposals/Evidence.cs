using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

internal enum EvidenceKind
{
    Text,
    Markdown,
    Html,
    Json,
    Table,
    KeyValue,
    Conversation,
    Email,
    Diff,
    Link,
    Image,
    Pdf,
    File,
}

/// <summary>
/// One piece of evidence. <see cref="Content"/> is there for the kinds that are JSON, <see cref="Blob"/> for image, pdf and file.
/// The shapes of content are those of WIRE.md §1 and were checked when it came in.
/// </summary>
/// <param name="Role"><c>original | before | after | plan | environments | limits | history | question | policy</c>.</param>
/// <param name="Json">The item as sent.</param>
/// <param name="Required">As sent; null was not said. Which pieces count as required is the gate's answer.</param>
internal sealed record EvidenceItem(
    string Id,
    EvidenceKind Kind,
    string? Role,
    string? Title,
    JsonElement? Content,
    BlobReference? Blob,
    string? MediaType,
    string? Name,
    bool? Required,
    Origin? Origin,
    IReadOnlyList<Highlight> Highlights,
    JsonElement Json)
{
    /// <summary>The title, else the file's name, else the id.</summary>
    public string Label => Title ?? Name ?? Id;
}

/// <summary>Bytes in the blob store. <paramref name="Size"/> is null until the store has confirmed it.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record BlobReference(string Sha256, long? Size);

/// <summary>Bytes that came inside the body as base64 and have to be stored before the proposal is.</summary>
internal sealed record InlineBlob(int Evidence, string Sha256, byte[] Bytes);

/// <summary>Where a piece of evidence comes from; <paramref name="At"/> is Unix ms UTC.</summary>
internal sealed record Origin(string? System, string? Uri, long? At);

/// <summary>A verbatim span of the evidence, and why it matters.</summary>
internal sealed record Highlight(string Text, string? Note);
