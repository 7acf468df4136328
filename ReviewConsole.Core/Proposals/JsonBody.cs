using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace ReviewConsole.Core.Proposals;

/// <summary>Any JSON body of the API to a value: not JSON at all is <c>not-json</c>, deeper than allowed is <c>invalid</c>.</summary>
internal static class JsonBody
{
    /// <summary>Null and the value, or what is wrong.</summary>
    /// <remarks>The value has its own copy of the bytes.</remarks>
    public static InputError? TryParse(ReadOnlySpan<byte> body, int depth, out JsonElement value)
    {
        value = default;
        if (!Utf8.IsValid(body))
        {
            return new InputError("#", InputCodes.NotJson, "The body is not UTF-8.");
        }

        try
        {
            value = JsonElement.Parse(body, new JsonDocumentOptions { MaxDepth = depth });
            return null;
        }
        catch (JsonException) when (IsJson(body))
        {
            return new InputError("#", InputCodes.Invalid, string.Create(CultureInfo.InvariantCulture, $"The body is nested deeper than {depth} levels."));
        }
        catch (JsonException fault)
        {
            return new InputError(
                "#",
                InputCodes.NotJson,
                string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: see line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."));
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
