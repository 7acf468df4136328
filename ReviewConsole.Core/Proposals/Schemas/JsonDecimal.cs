using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>A JSON number as it is written, exactly: <c>0.1</c> is a tenth, and 19.99 is a multiple of 0.01.</summary>
/// <remarks>Only for numbers that RFC 8785 can carry: their exponents are small.</remarks>
internal readonly record struct JsonDecimal : IComparable<JsonDecimal>
{
    private const int MostExponent = 400;

    private readonly BigInteger _digits;
    private readonly int _exponent;

    private JsonDecimal(BigInteger digits, int exponent, string text) => (_digits, _exponent, Text) = (digits, exponent, text);

    public string Text { get; }

    public bool IsWhole => _exponent >= 0 || (_digits % BigInteger.Pow(10, -_exponent)).IsZero;

    /// <summary>Null for what is no number, or one out of reach.</summary>
    public static JsonDecimal? Of(JsonElement value) => value.ValueKind == JsonValueKind.Number ? Of(value.GetRawText()) : null;

    public int CompareTo(JsonDecimal other)
    {
        var (mine, theirs) = Aligned(this, other);
        return mine.CompareTo(theirs);
    }

    public bool IsMultipleOf(JsonDecimal other)
    {
        var (mine, theirs) = Aligned(this, other);
        return !theirs.IsZero && (mine % theirs).IsZero;
    }

    private static JsonDecimal? Of(string text)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        if (e >= 0 && (!int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > MostExponent))
        {
            return null;
        }

        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        return mantissa.Length <= MostExponent && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? new JsonDecimal(whole, exponent - decimals, text)
            : null;
    }

    private static (BigInteger, BigInteger) Aligned(JsonDecimal a, JsonDecimal b)
    {
        var exponent = Math.Min(a._exponent, b._exponent);
        return (a._digits * BigInteger.Pow(10, a._exponent - exponent), b._digits * BigInteger.Pow(10, b._exponent - exponent));
    }
}
