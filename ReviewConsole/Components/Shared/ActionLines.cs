using System.Globalization;
using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Components.Shared;

/// <summary>
/// Arguments of an action as lines: <c>payment[0].amount</c> and the value's JSON text. Members stand in RFC 8785 order (UTF-16 code units), so that
/// the same action always reads the same.
/// </summary>
internal static class ActionLines
{
    /// <summary>Longer texts collapse.</summary>
    public const int Long = 160;

    private const int Shown = 96;

    public static IEnumerable<(string Path, string Text)> Of(JsonElement arguments) => Lines("", arguments);

    /// <summary>The lines with what stood in them before: null was not there, or is there no more.</summary>
    public static IEnumerable<(string Path, string? Was, string? Text)> Between(JsonElement was, JsonElement now)
    {
        var before = Of(was).ToDictionary(static line => line.Path, static line => line.Text, StringComparer.Ordinal);
        foreach (var (path, text) in Of(now))
        {
            yield return (path, before.Remove(path, out var old) ? old : null, text);
        }

        foreach (var (path, text) in before)
        {
            yield return (path, text, null);
        }
    }

    /// <summary>Where to cut a long text without tearing a character apart.</summary>
    public static int Cut(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = at + StringInfo.GetNextTextElementLength(text, at);
            if (next > Shown)
            {
                return Math.Max(at, 1);
            }
            at = next;
        }
        return at;
    }

    private static string Member(string path, string name)
    {
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
        {
            return $"{path}[{JsonSerializer.Serialize(name)}]";
        }
        return path.Length == 0 ? name : path + "." + name;
    }

    private static IEnumerable<(string, string)> Lines(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                return value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
                    .SelectMany(member => Lines(Member(path, member.Name), member.Value));
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                return value.EnumerateArray().SelectMany((item, at) => Lines(string.Create(CultureInfo.InvariantCulture, $"{path}[{at}]"), item));
            case JsonValueKind.Object when path.Length == 0:
                return [];
            default:
                return [(path, Encoding.UTF8.GetString(CanonicalJson.Of(value)))];
        }
    }
}
