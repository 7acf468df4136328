using System.Security.Cryptography;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// What runs: the action with the draft and fields it uses. As proposed or as corrected; a correction never changes the name.
/// Null <see cref="Fields"/> were not sent, empty ones were.
/// </summary>
internal sealed record EffectiveAction(string Name, JsonElement Arguments, Draft? Draft = null, IReadOnlyList<Field>? Fields = null)
{
    /// <summary><c>sha256:</c> and the hex SHA-256 of <see cref="Canonical"/>.</summary>
    public string Digest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Canonical()));

    /// <summary>
    /// The RFC 8785 bytes that the digest covers: <c>{name, arguments}</c>, with <c>draft</c> as <c>{format, content, target}</c> and <c>fields</c> as
    /// <c>[{name, value}]</c> where they are there. A missing target is left out, a missing value is null.
    /// </summary>
    /// <exception cref="CanonicalJsonException">A value has no exact canonical form; one that was read by <see cref="ProposalReader"/> has.</exception>
    public byte[] Canonical()
    {
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            writer.Raw("{\"arguments\":"u8);
            writer.Value(Arguments);
            if (Draft is not null)
            {
                writer.Raw(",\"draft\":{\"content\":"u8);
                writer.Text(Draft.Content);
                writer.Raw(",\"format\":"u8);
                writer.Text(Draft.Format.Wire());
                if (Draft.Target is { } target)
                {
                    writer.Raw(",\"target\":"u8);
                    writer.Value(target);
                }

                writer.Raw("}"u8);
            }

            if (Fields is not null)
            {
                writer.Raw(",\"fields\":["u8);
                for (var i = 0; i < Fields.Count; i++)
                {
                    writer.Raw(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
                    writer.Text(Fields[i].Name);
                    writer.Raw(",\"value\":"u8);
                    writer.Value(Fields[i].Value ?? JsonLiterals.Null);
                    writer.Raw("}"u8);
                }

                writer.Raw("]"u8);
            }

            writer.Raw(",\"name\":"u8);
            writer.Text(Name);
            writer.Raw("}"u8);
            return writer.Written.ToArray();
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }
    }

    /// <summary>
    /// This action with the complete new value of each part that a person changed. Fields that were there keep their order, type and label, and
    /// how sure the source was of a value while that is the value; new ones follow; one that is left out is removed.
    /// </summary>
    public EffectiveAction Correct(JsonElement? arguments, Draft? draft, IReadOnlyList<Field>? fields) => this with
    {
        Arguments = arguments ?? Arguments,
        Draft = draft is null ? Draft : draft with { Baseline = draft.Baseline ?? Draft?.Baseline },
        Fields = fields is null ? Fields : Merge(Fields ?? [], fields),
    };

    /// <summary>Reads <see cref="Canonical"/> back. Fields have neither type nor label then; the proposal has them.</summary>
    public static EffectiveAction FromCanonical(ReadOnlySpan<byte> canonical)
    {
        var root = JsonElement.Parse(canonical, new JsonDocumentOptions { MaxDepth = 1000 });
        var draft = root.TryGetProperty("draft", out var d)
            ? new Draft(
                WireNames.DraftFormats[d.GetProperty("format").GetString()!],
                d.GetProperty("content").GetString()!,
                Target: d.TryGetProperty("target", out var target) ? target : null)
            : null;
        var fields = root.TryGetProperty("fields", out var list)
            ? list.EnumerateArray().Select(field => new Field(field.GetProperty("name").GetString()!, "text", field.GetProperty("value"))).ToList()
            : null;
        return new EffectiveAction(root.GetProperty("name").GetString()!, root.GetProperty("arguments"), draft, fields);
    }

    private static List<Field> Merge(IReadOnlyList<Field> before, IReadOnlyList<Field> after)
    {
        var merged = new List<Field>(after.Count);
        foreach (var old in before)
        {
            if (after.FirstOrDefault(field => field.Name == old.Name) is { } changed)
            {
                var same = JsonElement.DeepEquals(old.Value ?? JsonLiterals.Null, changed.Value ?? JsonLiterals.Null);
                merged.Add(old with { Value = changed.Value, Page = changed.Page ?? old.Page, Box = changed.Box ?? old.Box, Confidence = same ? old.Confidence : null });
            }
        }

        merged.AddRange(after.Where(field => before.All(old => old.Name != field.Name)));
        return merged;
    }
}
