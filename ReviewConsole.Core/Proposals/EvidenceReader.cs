using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>One piece of evidence: its own members here, the shape of its content in <see cref="EvidenceContent"/>.</summary>
/// <param name="sealedForm">Reads what <see cref="ProposalSeal"/> wrote: bytes are named by <c>blob</c> and <c>size</c>.</param>
internal sealed class EvidenceReader(MemberReader member, ProposalLimits limits, bool sealedForm)
{
    private const string Known = "id, kind, role, title, content, blob, base64, mediaType, name, required, origin, highlights";
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    private readonly InputErrors _errors = member.Errors;
    private readonly EvidenceContent _content = new(member);
    private readonly List<InlineBlob> _inline = [];
    private int _count;

    /// <summary>Bytes that were inside, in order.</summary>
    public IReadOnlyList<InlineBlob> Inline => _inline;

    public EvidenceItem Item(JsonElement value, Place at)
    {
        var index = _count++;
        string? id = null, role = null, title = null, sha = null, mediaType = null, name = null;
        EvidenceKind? kind = null;
        JsonElement? content = null, base64 = null;
        long? size = null;
        bool? required = null;
        Origin? origin = null;
        List<Highlight>? highlights = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "id": id = member.Word(m, at, limits.Ids); break;
                case "kind": kind = member.Choice(m, at, WireNames.EvidenceKinds); break;
                case "role": role = Role(m, at); break;
                case "title": title = member.Text(m, at, limits.Title); break;
                case "content": content = m.Value; break;
                case "blob" when PartReader.Sent(m): sha = Sha(m, at); break;
                case "base64" when PartReader.Sent(m): base64 = m.Value; break;
                case "blob" or "base64": break;
                case "size" when sealedForm: size = m.Value.GetInt64(); break;
                case "mediaType": mediaType = member.Text(m, at, limits.Ids); break;
                case "name": name = member.Text(m, at, limits.Title); break;
                case "required": required = member.Flag(m, at); break;
                case "origin": origin = PartReader.Sent(m) ? Origin(m.Value, at.At(m.Name)) : null; break;
                case "highlights": highlights = member.List(m, at, limits.Highlights, Highlight); break;
                default: member.Unknown(m, at, Known); break;
            }
        }

        member.Require(value, at, "id");
        member.Require(value, at, "kind");
        BlobReference? blob = null;
        if (kind is EvidenceKind.Image or EvidenceKind.Pdf or EvidenceKind.File)
        {
            if (content is { ValueKind: not JsonValueKind.Null })
            {
                _errors.Invalid(at.At("content"), "This kind has bytes, not content: send blob or base64.");
            }

            blob = Bytes(value, at, index, sha, base64, size);
            content = null;
        }
        else if (kind is { } known)
        {
            OnlyContent(at, sha is not null || value.TryGetProperty("blob", out var b) && b.ValueKind != JsonValueKind.Null, base64 is not null);
            if (content is null || (content.Value.ValueKind == JsonValueKind.Null && known != EvidenceKind.Json))
            {
                _errors.Invalid(at.At("content"), "Is required.");
            }
            else
            {
                _content.Check(known, content.Value, at.At("content"));
            }
        }

        return new EvidenceItem(id ?? "", kind ?? EvidenceKind.Text, role, title, content, blob, mediaType, name, required, origin, highlights ?? [], value);
    }

    private void OnlyContent(Place at, bool blob, bool base64)
    {
        if (blob)
        {
            _errors.Invalid(at.At("blob"), "Only image, pdf and file have bytes; this kind has content.");
        }

        if (base64)
        {
            _errors.Invalid(at.At("base64"), "Only image, pdf and file have bytes; this kind has content.");
        }
    }

    private BlobReference? Bytes(JsonElement value, Place at, int index, string? sha, JsonElement? base64, long? size)
    {
        var named = value.TryGetProperty("blob", out var blob) && blob.ValueKind != JsonValueKind.Null;
        if (named == base64 is not null)
        {
            _errors.Invalid(named ? at.At("base64") : at.At("blob"), named ? "Send either blob or base64, not both." : "Is required: send blob or base64.");
            return null;
        }

        if (named)
        {
            return sha is null ? null : new BlobReference(sha, size);
        }

        var place = at.At("base64");
        if (base64!.Value.ValueKind != JsonValueKind.String
            || !base64.Value.TryGetBytesFromBase64(out var bytes)
            || bytes.Length == 0
            || Convert.ToBase64String(bytes) != base64.Value.GetString())
        {
            _errors.Invalid(place, "Must be base64 of RFC 4648 §4: padded, no white space, not empty.");
            return null;
        }

        if (bytes.Length > limits.Inline)
        {
            _errors.Invalid(place, string.Create(CultureInfo.InvariantCulture, $"Must have at most {limits.Inline} bytes; upload larger ones with POST /api/v1/blobs."));
            return null;
        }

        var inline = new InlineBlob(index, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
        _inline.Add(inline);
        return new BlobReference(inline.Sha256, bytes.Length);
    }

    private string? Sha(JsonProperty m, Place at)
    {
        if (m.Value.ValueKind == JsonValueKind.String && m.Value.GetString() is { Length: 64 } text && !text.AsSpan().ContainsAnyExcept(s_hex))
        {
            return text;
        }

        _errors.Invalid(at.At(m.Name), "Must be the SHA-256 that POST /api/v1/blobs answered: 64 hexadecimal digits in lower case.");
        return null;
    }

    private string? Role(JsonProperty m, Place at)
    {
        var role = member.Text(m, at, limits.Ids);
        if (role is null || WireNames.EvidenceRoles.Contains(role))
        {
            return role;
        }

        _errors.Invalid(at.At(m.Name), $"Must be one of {string.Join(", ", WireNames.EvidenceRoles.Order(StringComparer.Ordinal))}.");
        return null;
    }

    private Origin Origin(JsonElement value, Place at)
    {
        string? system = null, uri = null;
        long? time = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "system": system = member.Text(m, at, limits.Ids); break;
                case "uri": uri = member.Text(m, at, limits.Message); break;
                case "at": time = member.Time(m, at); break;
                default: member.Unknown(m, at, "system, uri, at"); break;
            }
        }

        return new Origin(system, uri, time);
    }

    private Highlight Highlight(JsonElement value, Place at)
    {
        string? text = null, note = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "text": text = member.Word(m, at, limits.Rationale); break;
                case "note": note = member.Text(m, at, limits.Message); break;
                default: member.Unknown(m, at, "text, note"); break;
            }
        }

        member.Require(value, at, "text");
        return new Highlight(text ?? "", note);
    }
}
