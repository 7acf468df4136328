using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReviewConsole.Client;

/// <summary>How this library writes and reads JSON: camelCase, absent instead of null, times in UTC with milliseconds.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new TimeConverter(), new WordConverter<CheckResult>(), new WordConverter<ReviewStatus>(), new WordConverter<Decision>(), new WordConverter<Instruction>(),
            new WordConverter<ExecutionStatus>(), new WordConverter<GateVerdict>(),
        },
    };

    /// <summary>A value as an element that owns its memory. Members of anonymous and dictionary values keep their names.</summary>
    public static JsonElement Element(object value) => value switch
    {
        JsonElement element => element.Clone(),
        JsonDocument document => document.RootElement.Clone(),
        string text => JsonSerializer.SerializeToElement(text, Json),
        _ when IsOurs(value) => JsonSerializer.SerializeToElement(value, value.GetType(), Json),
        _ => JsonSerializer.SerializeToElement(value, value.GetType(), s_asWritten),
    };

    private static readonly JsonSerializerOptions s_asWritten = new(Json)
    {
        PropertyNamingPolicy = null,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    private static bool IsOurs(object value)
    {
        var type = value.GetType().IsArray ? value.GetType().GetElementType()! : value.GetType();
        return type.Assembly == typeof(Wire).Assembly && !type.Name.Contains('<', StringComparison.Ordinal);
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>An enum as a camelCase word. A word that is not known reads as the enum's zero, which never permits anything.</summary>
    private sealed class WordConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> s_values =
            Enum.GetValues<T>().ToDictionary(static v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.GetString() is { } word && s_values.TryGetValue(word, out var value) ? value : default;

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
            => writer.WriteStringValue(Word(value));
    }

    /// <summary>The word of an enum value on the wire.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
