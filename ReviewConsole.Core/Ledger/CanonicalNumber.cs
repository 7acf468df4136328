using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ReviewConsole.Core.Ledger;

/// <summary>Numbers as RFC 8785 §3.2.2.3 writes them: ECMAScript's <c>Number::toString</c> over the shortest digits that round-trip.</summary>
internal static class CanonicalNumber
{
    /// <summary>Room for the longest text: sign, 21 digits or <c>0.000000</c> with 17 digits, or 17 digits with an exponent.</summary>
    public const int MaxLength = 32;

    // Every integer of up to 15 digits is exact in a double and is its own ECMAScript text.
    private const int ExactIntegerDigits = 15;
    private const int MaxDigits = 17;

    /// <summary>
    /// Writes the canonical text of a JSON number token. Answers false when the text stands for another decimal value than the token;
    /// then <paramref name="written"/> covers the nearest text, or nothing when there is no finite one.
    /// </summary>
    public static bool TryWrite(ReadOnlySpan<byte> token, Span<byte> destination, out int written)
    {
        var digits = token[0] == '-' ? token[1..] : token;
        if (digits.Length <= ExactIntegerDigits && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            var text = digits is [(byte)'0'] ? digits : token;
            text.CopyTo(destination);
            written = text.Length;
            return true;
        }

        if (!double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            written = 0;
            return false;
        }

        written = Format(value, destination);
        return SameValue(token, destination[..written]);
    }

    /// <summary>A JSON number in its canonical text, <c>4711</c> for <c>47.11e2</c>: two that are sealed alike read alike. One that nothing seals stays as it is written.</summary>
    public static string Text(JsonElement number)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return TryWrite(JsonMarshal.GetRawUtf8Value(number), text, out var written) ? Encoding.ASCII.GetString(text[..written]) : number.GetRawText();
    }

    /// <summary>Writes a finite double as ECMAScript does and answers the length.</summary>
    public static int Format(double value, Span<byte> destination)
    {
        if (value == 0)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        Span<byte> round = stackalloc byte[MaxLength];
        value.TryFormat(round, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = Decompose(round[..length], digits, out var point);
        digits = digits[..count];

        var at = 0;
        if (value < 0)
        {
            destination[at++] = (byte)'-';
        }

        return at + Layout(digits, (int)point, destination[at..]);
    }

    // value = 0.DIGITS × 10^point; the four cases are those of ECMA-262, Number::toString.
    private static int Layout(ReadOnlySpan<byte> digits, int point, Span<byte> to)
    {
        if (digits.Length <= point && point <= 21)
        {
            digits.CopyTo(to);
            to[digits.Length..point].Fill((byte)'0');
            return point;
        }

        if (point is > 0 and <= 21)
        {
            digits[..point].CopyTo(to);
            to[point] = (byte)'.';
            digits[point..].CopyTo(to[(point + 1)..]);
            return digits.Length + 1;
        }

        if (point is > -6 and <= 0)
        {
            "0."u8.CopyTo(to);
            to[2..(2 - point)].Fill((byte)'0');
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        var at = 0;
        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = (byte)'.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }

        to[at++] = (byte)'e';
        to[at++] = point > 0 ? (byte)'+' : (byte)'-';
        Utf8Formatter.TryFormat(Math.Abs(point - 1), to[at..], out var written);
        return at + written;
    }

    private static bool SameValue(ReadOnlySpan<byte> token, ReadOnlySpan<byte> text)
    {
        Span<byte> sent = stackalloc byte[MaxDigits];
        Span<byte> kept = stackalloc byte[MaxDigits];
        var sentCount = Decompose(token, sent, out var sentPoint);
        var keptCount = Decompose(text, kept, out var keptPoint);
        if (sentCount == 0 || keptCount == 0)
        {
            return sentCount == keptCount;
        }

        return sentCount == keptCount && sentPoint == keptPoint && sent[..sentCount].SequenceEqual(kept[..keptCount]);
    }

    /// <summary>
    /// The significant digits of a decimal text, without leading and trailing zeros, and <paramref name="point"/> such that the absolute
    /// value is 0.DIGITS × 10^point. Answers 0 for zero and -1 when there are more digits than fit.
    /// </summary>
    private static int Decompose(ReadOnlySpan<byte> text, Span<byte> digits, out long point)
    {
        point = 0;
        int position = 0, count = 0, index = 0;
        var fraction = false;
        for (; index < text.Length; index++)
        {
            var c = text[index];
            if (c is (byte)'e' or (byte)'E')
            {
                break;
            }

            if (c == '.')
            {
                fraction = true;
            }
            else if (c == '0' && position == 0)
            {
                point -= fraction ? 1 : 0;
            }
            else if (c is >= (byte)'0' and <= (byte)'9')
            {
                point += fraction ? 0 : 1;
                if (position < digits.Length)
                {
                    digits[position] = c;
                }

                position++;
                count = c == '0' ? count : position;
            }
        }

        // An exponent too long for a long means infinity or zero, which the comparison of digits refuses anyhow.
        if (index < text.Length)
        {
            point += long.TryParse(text[(index + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                ? Math.Clamp(exponent, int.MinValue, int.MaxValue) : int.MaxValue;
        }

        return count > digits.Length ? -1 : count;
    }
}
