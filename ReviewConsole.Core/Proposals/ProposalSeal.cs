using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// A proposal as the ledger seals it: <c>proposal</c> is the RFC 8785 form of the body as sent (<c>x-</c> members included) without its evidence and
/// without a revision's answer; <c>evidence/0</c>, <c>evidence/1</c> … are the pieces by position (their ids are the source's free text), with the bytes of
/// image, pdf and file named by <c>blob</c> and <c>size</c>. <see cref="ProposalReader.FromSealed"/> reads them back.
/// </summary>
internal static class ProposalSeal
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1000 };

    /// <summary>The parts in order. Blobs that were uploaded before need their size first (<see cref="WithBlobSizes"/>).</summary>
    public static IReadOnlyList<SealedPart> Of(Proposal proposal)
    {
        var parts = new List<SealedPart>(proposal.Evidence.Count + 1) { new("proposal", CanonicalJson.Of(proposal.Body, "evidence", "answer")) };
        for (var i = 0; i < proposal.Evidence.Count; i++)
        {
            parts.Add(new SealedPart(string.Create(CultureInfo.InvariantCulture, $"evidence/{i}"), Evidence(proposal.Evidence[i])));
        }

        return parts;
    }

    /// <summary>The proposal with the sizes that the blob store confirmed, by SHA-256. Bytes that came inline have theirs already.</summary>
    public static Proposal WithBlobSizes(this Proposal proposal, IReadOnlyDictionary<string, long> sizes) => proposal with
    {
        Evidence = [.. proposal.Evidence.Select(item =>
            item.Blob is { } blob && sizes.TryGetValue(blob.Sha256, out var size) ? item with { Blob = blob with { Size = size } } : item)],
    };

    private static byte[] Evidence(EvidenceItem item) => item.Blob is { } blob ? Reference(item.Json, blob) : CanonicalJson.Of(item.Json);

    private static byte[] Reference(JsonElement evidence, BlobReference blob)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            foreach (var member in evidence.EnumerateObject().Where(static member => member.Name is not ("base64" or "blob" or "size")))
            {
                member.WriteTo(writer);
            }

            writer.WriteString("blob", blob.Sha256);
            if (blob.Size is { } size)
            {
                writer.WriteNumber("size", size);
            }

            writer.WriteEndObject();
        }

        return CanonicalJson.Of(JsonElement.Parse(buffer.WrittenSpan, s_deep));
    }
}
