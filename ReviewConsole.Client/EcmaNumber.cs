using System.Globalization;
using System.Text;

namespace ReviewConsole.Client;

/// <summary>Numbers as ECMAScript's <c>Number::toString</c> prints them (RFC 8785 §3.2.2.3).</summary>
internal static class EcmaNumber
{
    public static string Format(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        // "E16" would round; "R" gives the shortest digits that read back to the same double, as ECMAScript wants.
        var (digits, point) = Split(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture));
        var text = new StringBuilder(number < 0 ? "-" : "");
        if (point is > 0 and <= 21)
        {
            if (digits.Length <= point)
            {
                text.Append(digits).Append('0', point - digits.Length);
            }
            else
            {
                text.Append(digits, 0, point).Append('.').Append(digits, point, digits.Length - point);
            }
        }
        else if (point is > -6 and <= 0)
        {
            text.Append("0.").Append('0', -point).Append(digits);
        }
        else
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
            {
                text.Append('.').Append(digits, 1, digits.Length - 1);
            }

            text.Append('e').Append(point > 0 ? "+" : "").Append((point - 1).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>Whether two decimal texts denote the same number, compared digit by digit without rounding.</summary>
    public static bool SameValue(string left, string right)
    {
        var (a, pointA) = Split(left.TrimStart('-'));
        var (b, pointB) = Split(right.TrimStart('-'));
        return string.Equals(a, b, StringComparison.Ordinal)
            && (a.Length == 0 || (pointA == pointB && left.StartsWith('-') == right.StartsWith('-')));
    }

    /// <summary>Significant digits without zeros at either end, and the place of the decimal point counted from their start. Zero has no digits.</summary>
    private static (string Digits, int Point) Split(string text)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        if (e >= 0 && !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            exponent = text[e + 1] == '-' ? -1_000_000_000 : 1_000_000_000;
        }

        var mantissa = e >= 0 ? text[..e] : text;
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot >= 0 ? mantissa[..dot] : mantissa;
        var digits = dot >= 0 ? whole + mantissa[(dot + 1)..] : whole;
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), whole.Length - leading + exponent);
    }
}
