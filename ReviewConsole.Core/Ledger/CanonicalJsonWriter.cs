using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// Writes canonical JSON into its own growing buffer. One instance a thread is kept and reused, so that the thousands of entries and
/// digests a second allocate little more than their result.
/// </summary>
internal sealed class CanonicalJsonWriter
{
    private const int KeptBytes = 1 << 20;

    // Stands for a null member of a JsonObject, so that a Member knows which of its two values counts.
    private static readonly JsonArray s_null = [];

    [ThreadStatic]
    private static CanonicalJsonWriter? s_kept;

    private readonly List<Member> _members = [];
    private readonly List<Step> _path = [];
    private byte[] _names = new byte[1024];
    private int _namesLength;
    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The bytes so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public static CanonicalJsonWriter Rent()
    {
        var writer = s_kept ?? new CanonicalJsonWriter();
        s_kept = null;
        return writer;
    }

    public static void Return(CanonicalJsonWriter writer)
    {
        writer._length = writer._namesLength = 0;
        writer._members.Clear();
        writer._path.Clear();
        s_kept = writer._buffer.Length > KeptBytes ? null : writer;
    }

    /// <summary>Bytes that are canonical already.</summary>
    public void Raw(ReadOnlySpan<byte> canonical)
    {
        canonical.CopyTo(Room(canonical.Length));
        _length += canonical.Length;
    }

    /// <summary>An integer that a double holds exactly: sequence numbers and Unix milliseconds.</summary>
    public void Integer(long value)
    {
        value.TryFormat(Room(20), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>A string, quoted and escaped.</summary>
    public void Text(string value)
    {
        var start = _namesLength;
        Quoted(Keep(value));
        _namesLength = start;
    }

    public void Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var first = _members.Count;
                var names = _namesLength;
                foreach (var member in value.EnumerateObject())
                {
                    _members.Add(new Member(KeepToken(JsonMarshal.GetRawUtf8PropertyName(member)), member.Value, null));
                }

                Object(first);
                _namesLength = names;
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
                var names = _namesLength;
                foreach (var (name, child) in Read(members))
                {
                    _members.Add(new Member(Keep(name), default, child ?? s_null));
                }

                Object(first);
                _namesLength = names;
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
        members.Sort(new ByName(_names));
        Raw("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            // The list may move while a value is written: read through it, not through the span.
            var member = _members[first + i];
            var name = NameOf(member.Name);
            _path.Add(new Step(member.Name, -1));
            if (i > 0 && NameOf(_members[first + i - 1].Name).SequenceEqual(name))
            {
                throw Failure(CanonicalJsonFault.DuplicateKey, "An object holds this key twice.");
            }

            Comma(i);
            Quoted(name);
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

    private void Comma(int index)
    {
        if (index > 0)
        {
            Raw(","u8);
        }
    }

    private void Number(ReadOnlySpan<byte> token)
    {
        var room = Room(CanonicalNumber.MaxLength);
        if (!CanonicalNumber.TryWrite(token, room, out var written))
        {
            var sent = Encoding.UTF8.GetString(token[..Math.Min(token.Length, 40)]) + (token.Length > 40 ? "…" : "");
            var nearest = written == 0 ? "it has no finite value there" : $"it would become {Encoding.UTF8.GetString(room[..written])}";
            throw Failure(CanonicalJsonFault.InexactNumber, $"The number {sent} cannot be kept exactly in RFC 8785 JSON ({nearest}): send it as a string.");
        }

        _length += written;
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

        var start = _namesLength;
        Quoted(NameOf(KeepToken(token)));
        _namesLength = start;
    }

    private void Quoted(Name name) => Quoted(NameOf(name));

    private void Quoted(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        if (CanonicalText.IsPlain(utf8))
        {
            Raw(utf8);
        }
        else
        {
            _length += CanonicalText.Escape(utf8, Room(utf8.Length * 6));
        }

        Raw("\""u8);
    }

    private Name KeepToken(ReadOnlySpan<byte> token)
    {
        var length = CanonicalText.Unescape(token, NameRoom(token.Length));
        return length < 0 ? throw Surrogate() : Advance(length);
    }

    private Name Keep(string text)
    {
        var room = NameRoom(text.Length * 3);
        return Utf8.FromUtf16(text, room, out _, out var written, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done
            ? Advance(written) : throw Surrogate();
    }

    private Name Advance(int length)
    {
        var name = new Name(_namesLength, length);
        _namesLength += length;
        return name;
    }

    private ReadOnlySpan<byte> NameOf(Name name) => _names.AsSpan(name.Start, name.Length);

    private Span<byte> NameRoom(int length)
    {
        if (_names.Length - _namesLength < length)
        {
            Array.Resize(ref _names, Math.Max(_names.Length * 2, _namesLength + length));
        }

        return _names.AsSpan(_namesLength, length);
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _length < length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + length));
        }

        return _buffer.AsSpan(_length);
    }

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
                : Encoding.UTF8.GetString(NameOf(step.Name)).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return new CanonicalJsonException(fault, pointer.ToString(), message);
    }

    private readonly record struct Name(int Start, int Length);

    private readonly record struct Step(Name Name, int Index);

    private readonly record struct Member(Name Name, JsonElement Element, JsonNode? Node);

    private readonly struct ByName(byte[] names) : IComparer<Member>
    {
        public int Compare(Member a, Member b) =>
            CanonicalText.CompareUtf16(names.AsSpan(a.Name.Start, a.Name.Length), names.AsSpan(b.Name.Start, b.Name.Length));
    }
}
