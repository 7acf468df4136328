using System.Runtime.InteropServices;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// What holds for every value of a body, free JSON included: no key twice, no half surrogate pair, no number that its RFC 8785 text would
/// change. Each of them would let two readers of the same bytes see different proposals.
/// </summary>
internal sealed class BodyHygiene(InputErrors errors)
{
    private const int ComparedInPairs = 12;

    /// <summary>A string could not be read; the parts must not be looked at.</summary>
    public bool BrokenText { get; private set; }

    public void Check(JsonElement value, Place at)
    {
        if (errors.Full)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(value, at);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (IsLeaf(item))
                    {
                        CheckLeaf(item, at, null, index);
                    }
                    else
                    {
                        Check(item, at.At(index));
                    }

                    index++;
                }

                break;
            default:
                CheckLeaf(value, at, null, -1);
                break;
        }
    }

    private void CheckObject(JsonElement value, Place at)
    {
        var broken = false;
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            count++;
            if (!IsText(JsonMarshal.GetRawUtf8PropertyName(member)))
            {
                broken = BrokenText = true;
                errors.Invalid(at, "A member's name holds half of a surrogate pair; send complete characters.");
                continue;
            }

            if (IsLeaf(member.Value))
            {
                CheckLeaf(member.Value, at, member, -1);
            }
            else
            {
                Check(member.Value, at.At(member.Name));
            }
        }

        if (!broken && count > 1)
        {
            CheckDuplicates(value, count, at);
        }
    }

    private void CheckDuplicates(JsonElement value, int count, Place at)
    {
        if (count <= ComparedInPairs)
        {
            var outer = value.EnumerateObject();
            for (var i = 0; outer.MoveNext(); i++)
            {
                var name = JsonMarshal.GetRawUtf8PropertyName(outer.Current);
                var inner = value.EnumerateObject();
                for (var j = 0; j < i && inner.MoveNext(); j++)
                {
                    var other = JsonMarshal.GetRawUtf8PropertyName(inner.Current);
                    var same = name.Contains((byte)'\\') || other.Contains((byte)'\\')
                        ? outer.Current.NameEquals(inner.Current.Name)
                        : name.SequenceEqual(other);
                    if (same)
                    {
                        Twice(at, outer.Current.Name);
                        break;
                    }
                }
            }

            return;
        }

        var seen = new HashSet<string>(count, StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                Twice(at, member.Name);
            }
        }
    }

    private void Twice(Place at, string name) =>
        errors.Invalid(at.At(name), "This member is there twice; readers would disagree about which one counts.");

    private void CheckLeaf(JsonElement value, Place at, JsonProperty? member, int index)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            if (!IsText(JsonMarshal.GetRawUtf8Value(value)[1..^1]))
            {
                BrokenText = true;
                errors.Invalid(Here(), "The text holds half of a surrogate pair; send complete characters.");
            }
        }
        else if (value.ValueKind == JsonValueKind.Number)
        {
            Span<byte> text = stackalloc byte[CanonicalNumber.MaxLength];
            if (!CanonicalNumber.TryWrite(JsonMarshal.GetRawUtf8Value(value), text, out _))
            {
                errors.Invalid(Here(), "RFC 8785 cannot carry this number without changing it; send it as a string.");
            }
        }

        Place Here() => member is { } named ? at.At(named.Name) : index >= 0 ? at.At(index) : at;
    }

    private static bool IsLeaf(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    // The whole body is UTF-8 (the reader looked), so only an escape can bring in half a pair.
    private static bool IsText(ReadOnlySpan<byte> token)
    {
        if (!token.Contains((byte)'\\'))
        {
            return true;
        }

        var buffer = token.Length <= 1024 ? stackalloc byte[token.Length] : new byte[token.Length];
        return CanonicalText.Unescape(token, buffer) >= 0;
    }
}
