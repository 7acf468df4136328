using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>A number as it is typed: 1.0 stays 1.0.</summary>
internal static class FormNumber
{
    /// <summary>Null for what JSON does not read as a number, or RFC 8785 cannot carry.</summary>
    public static JsonElement? Read(string text)
    {
        if (text.Length is 0 or > 100 || JsonBody.TryParse(Encoding.UTF8.GetBytes(text), 1, out var value) is not null || value.ValueKind != JsonValueKind.Number)
        {
            return null;
        }

        Span<byte> canonical = stackalloc byte[CanonicalNumber.MaxLength];
        return CanonicalNumber.TryWrite(Encoding.UTF8.GetBytes(text), canonical, out _) ? value : null;
    }
}
