using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// The exact action in one line: its name and its short scalar arguments in canonical order and form (what is sealed has no other), <c>cancel_reservation 4OG6T3</c>.
/// Nothing the agent says about the action enters it.
/// </summary>
internal static class Headline
{
    private const int MaxArgument = 40;
    private const int MaxLine = 160;

    public static string Of(ProposedAction action) => Of(action.Name, action.Arguments);

    public static string Of(EffectiveAction action) => Of(action.Name, action.Arguments);

    private static string Of(string name, JsonElement arguments)
    {
        var line = new StringBuilder(name);
        foreach (var argument in arguments.EnumerateObject().OrderBy(static argument => argument.Name, StringComparer.Ordinal))
        {
            if (Short(argument.Value) is not { } text)
            {
                continue;
            }

            if (line.Length + 1 + text.Length > MaxLine)
            {
                line.Append(" …");
                break;
            }

            line.Append(' ').Append(text);
        }

        return line.ToString();
    }

    private static string? Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => CanonicalNumber.Text(value),
        JsonValueKind.String when value.GetString() is { Length: > 0 and <= MaxArgument } text && !text.Any(char.IsControl) => text,
        _ => null,
    };
}
