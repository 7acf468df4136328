using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace ReviewConsole.Core.Ledger;

/// <summary>Strings on their way into canonical JSON, always as UTF-8 spans into a caller's buffer.</summary>
internal static class CanonicalText
{
    // RFC 8785 §3.2.2.2 escapes these and nothing else.
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    /// <summary>True when the bytes stand for themselves between quotes.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8) => utf8.IndexOfAny(s_escaped) < 0;

    /// <summary>Writes text with RFC 8785 escapes; <paramref name="to"/> holds six bytes for each of <paramref name="utf8"/>.</summary>
    public static int Escape(ReadOnlySpan<byte> utf8, Span<byte> to)
    {
        var at = 0;
        foreach (var b in utf8)
        {
            var letter = b switch
            {
                (byte)'"' => (byte)'"',
                (byte)'\\' => (byte)'\\',
                8 => (byte)'b',
                9 => (byte)'t',
                10 => (byte)'n',
                12 => (byte)'f',
                13 => (byte)'r',
                _ => (byte)0,
            };
            if (letter != 0)
            {
                to[at++] = (byte)'\\';
                to[at++] = letter;
            }
            else if (b < 0x20)
            {
                @"\u00"u8.CopyTo(to[at..]);
                to[at + 4] = (byte)(b < 0x10 ? '0' : '1');
                to[at + 5] = "0123456789abcdef"u8[b & 0xF];
                at += 6;
            }
            else
            {
                to[at++] = b;
            }
        }

        return at;
    }

    /// <summary>
    /// Undoes the escapes of a JSON string token (without its quotes). Answers -1 when the text holds half of a surrogate pair or is not UTF-8.
    /// <paramref name="to"/> is at least as long as <paramref name="token"/>.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> token, Span<byte> to)
    {
        if (!Utf8.IsValid(token))
        {
            return -1;
        }

        var at = 0;
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] != '\\')
            {
                to[at++] = token[i];
                continue;
            }

            i++;
            if (token[i] != 'u')
            {
                to[at++] = token[i] switch
                {
                    (byte)'b' => 8,
                    (byte)'t' => 9,
                    (byte)'n' => 10,
                    (byte)'f' => 12,
                    (byte)'r' => 13,
                    var same => same,
                };
                continue;
            }

            var unit = Unit(token, i + 1);
            i += 4;
            if (!Rune.TryCreate(unit, out var rune))
            {
                var low = i + 6 < token.Length && token[i + 1] == '\\' && token[i + 2] == 'u' ? Unit(token, i + 3) : '\0';
                if (!Rune.TryCreate(unit, low, out rune))
                {
                    return -1;
                }

                i += 6;
            }

            at += rune.EncodeToUtf8(to[at..]);
        }

        return at;
    }

    /// <summary>
    /// Orders UTF-8 by UTF-16 code units (RFC 8785 §3.2.3). Byte order is code point order; the two differ only where a code point
    /// beyond the basic plane (lead byte F0 and up, a surrogate in UTF-16) meets U+E000 to U+FFFF (lead byte EE or EF).
    /// </summary>
    public static int CompareUtf16(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var common = a.CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
        {
            return a.Length - b.Length;
        }

        return Rank(a[common]) - Rank(b[common]);
    }

    private static int Rank(byte b) => b is 0xEE or 0xEF ? b + 0x10 : b;

    private static char Unit(ReadOnlySpan<byte> token, int start) =>
        Utf8Parser.TryParse(token.Slice(start, 4), out ushort unit, out _, 'x') ? (char)unit : '\0';
}
