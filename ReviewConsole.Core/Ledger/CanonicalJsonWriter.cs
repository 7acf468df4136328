using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// Walks a JSON value and writes its canonical form. One instance a thread is kept and reused, so that the thousands of entries and
/// digests a second allocate little more than their result.
/// </summary>
internal sealed class CanonicalJsonWriter
{
    // Stands for a null member of a JsonObject, so that a Member knows which of its two values counts.
    private static readonly JsonArray s_null = [];

    [ThreadStatic]
    private static CanonicalJsonWriter? s_kept;

    private readonly CanonicalBuffer _buffer = new();
    private readonly List<Member> _members = [];
    private readonly List<Step> _path = [];

    /// <summary>The bytes so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.Written;

    public static CanonicalJsonWriter Rent()
    {
        var writer = s_kept ?? new CanonicalJsonWriter();
        s_kept = null;
        return writer;
    }

    public static void Return(CanonicalJsonWriter writer)
    {
        writer._buffer.Clear();
        writer._members.Clear();
        writer._path.Clear();
        s_kept = writer._buffer.IsSmall ? writer : null;
    }

    /// <summary>Bytes that are canonical already.</summary>
    public void Raw(ReadOnlySpan<byte> canonical) => _buffer.Raw(canonical);

    /// <summary>An integer that a double holds exactly: sequence numbers and Unix milliseconds.</summary>
    public void Integer(long value) => _buffer.Integer(value);

    /// <summary>A string.</summary>
    public void Text(string value)
    {
        var mark = _buffer.Mark();
        _buffer.Quoted(_buffer.TextOf(Keep(value)));
        _buffer.Release(mark);
    }

    /// <param name="without">Members of the object itself that are left out.</param>
    public void Value(JsonElement value, params ReadOnlySpan<string> without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var first = _members.Count;
                var mark = _buffer.Mark();
                foreach (var member in value.EnumerateObject())
                {
                    if (!IsNamed(member, without))
                    {
                        _members.Add(new Member(KeepToken(JsonMarshal.GetRawUtf8PropertyName(member)), member.Value, null));
                    }
                }

                Object(first);
                _buffer.Release(mark);
                break;
            case JsonValueKind.Array:
                Raw("["u8);
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Comma(index);
                    _path.Add(new Step(default, index++));
                    Value(item);
                    _path.RemoveAt(_path.Count - 1);
                }

                Raw("]"u8);
                break;
            case JsonValueKind.String:
                TextToken(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
                break;
            case JsonValueKind.Number:
                Number(JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                Raw(value.ValueKind switch { JsonValueKind.True => "true"u8, JsonValueKind.False => "false"u8, _ => "null"u8 });
                break;
        }
    }

    public void Value(JsonNode? value)
    {
        switch (value)
        {
            case null:
                Raw("null"u8);
                break;
            case JsonObject members:
                var first = _members.Count;
                var mark = _buffer.Mark();
                foreach (var (name, child) in Read(members))
                {
                    _members.Add(new Member(Keep(name), default, child ?? s_null));
                }

                Object(first);
                _buffer.Release(mark);
                break;
            case JsonArray items:
                Raw("["u8);
                for (var i = 0; i < items.Count; i++)
                {
                    Comma(i);
                    _path.Add(new Step(default, i));
                    Value(items[i]);
                    _path.RemoveAt(_path.Count - 1);
                }

                Raw("]"u8);
                break;
            case JsonValue scalar:
                Scalar(scalar);
                break;
        }
    }

    private static bool IsNamed(JsonProperty member, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private void Scalar(JsonValue scalar)
    {
        if (scalar.TryGetValue<JsonElement>(out var element))
        {
            Value(element);
        }
        else if (scalar.TryGetValue<string>(out var text))
        {
            Text(text);
        }
        else if (scalar.TryGetValue<bool>(out var truth))
        {
            Raw(truth ? "true"u8 : "false"u8);
        }
        else
        {
            using var document = JsonDocument.Parse(scalar.ToJsonString());
            Value(document.RootElement);
        }
    }

    // A parsed JsonObject reads its members on first use, and only then meets what is wrong with its keys.
    private JsonObject Read(JsonObject members)
    {
        try
        {
            _ = members.Count;
            return members;
        }
        catch (ArgumentException)
        {
            throw Failure(CanonicalJsonFault.DuplicateKey, "An object holds the same key twice.");
        }
        catch (InvalidOperationException)
        {
            throw Surrogate();
        }
    }

    private void Object(int first)
    {
        var members = CollectionsMarshal.AsSpan(_members)[first..];
        members.Sort(new ByName(_buffer.Scratch));
        Raw("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            // The list may move while a value is written: read through it, not through the span.
            var member = _members[first + i];
            var name = _buffer.TextOf(member.Name);
            _path.Add(new Step(member.Name, -1));
            if (i > 0 && _buffer.TextOf(_members[first + i - 1].Name).SequenceEqual(name))
            {
                throw Failure(CanonicalJsonFault.DuplicateKey, "An object holds this key twice.");
            }

            Comma(i);
            _buffer.Quoted(name);
            Raw(":"u8);
            if (member.Node is null)
            {
                Value(member.Element);
            }
            else
            {
                Value(ReferenceEquals(member.Node, s_null) ? null : member.Node);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        Raw("}"u8);
        _members.RemoveRange(first, _members.Count - first);
    }

    private void Number(ReadOnlySpan<byte> token)
    {
        var room = _buffer.Room(CanonicalNumber.MaxLength);
        if (!CanonicalNumber.TryWrite(token, room, out var written))
        {
            var sent = Encoding.UTF8.GetString(token[..Math.Min(token.Length, 40)]) + (token.Length > 40 ? "…" : "");
            var nearest = written == 0 ? "it has no finite value there" : $"it would become {Encoding.UTF8.GetString(room[..written])}";
            throw Failure(CanonicalJsonFault.InexactNumber, $"The number {sent} cannot be kept exactly in RFC 8785 JSON ({nearest}): send it as a string.");
        }

        _buffer.Advance(written);
    }

    private void TextToken(ReadOnlySpan<byte> token)
    {
        // A token without a backslash holds no quote and no control character: it is canonical as it stands.
        if (!token.Contains((byte)'\\') && Utf8.IsValid(token))
        {
            Raw("\""u8);
            Raw(token);
            Raw("\""u8);
            return;
        }

        var mark = _buffer.Mark();
        _buffer.Quoted(_buffer.TextOf(KeepToken(token)));
        _buffer.Release(mark);
    }

    private void Comma(int index)
    {
        if (index > 0)
        {
            Raw(","u8);
        }
    }

    private KeptText KeepToken(ReadOnlySpan<byte> token) => _buffer.TryKeepToken(token, out var kept) ? kept : throw Surrogate();

    private KeptText Keep(string text) => _buffer.TryKeep(text, out var kept) ? kept : throw Surrogate();

    private CanonicalJsonException Surrogate() =>
        Failure(CanonicalJsonFault.LoneSurrogate, "The text is not valid Unicode: it holds half of a surrogate pair. Remove it or send the bytes as base64.");

    private CanonicalJsonException Failure(CanonicalJsonFault fault, string message)
    {
        var pointer = new StringBuilder();
        foreach (var step in _path)
        {
            pointer.Append('/');
            pointer.Append(step.Index >= 0
                ? step.Index.ToString(CultureInfo.InvariantCulture)
                : Encoding.UTF8.GetString(_buffer.TextOf(step.Name)).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return new CanonicalJsonException(fault, pointer.ToString(), message);
    }

    private readonly record struct Step(KeptText Name, int Index);

    private readonly record struct Member(KeptText Name, JsonElement Element, JsonNode? Node);

    private readonly struct ByName(byte[] names) : IComparer<Member>
    {
        public int Compare(Member a, Member b) =>
            CanonicalText.CompareUtf16(names.AsSpan(a.Name.Start, a.Name.Length), names.AsSpan(b.Name.Start, b.Name.Length));
    }
}
