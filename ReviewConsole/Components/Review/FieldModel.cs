using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>How a field and its box are drawn, both in the same state.</summary>
public enum FieldState
{
    /// <summary>As the source read it.</summary>
    Read,

    /// <summary>A required value is missing, or the value is not of its type.</summary>
    Invalid,

    /// <summary>The person changed it.</summary>
    Changed,
}

/// <summary>One extracted field beside its box, and what the person made of it.</summary>
public sealed class FieldModel
{
    internal FieldModel(Field field, int number)
    {
        (Field, Number, Text) = (field, number, Original(field));
    }

    internal Field Field { get; }

    internal int Number { get; }

    internal string Label => Field.Label ?? Field.Name;

    /// <summary>What stands in the input now; empty is "no value".</summary>
    internal string Text { get; set; }

    internal string Before => Original(Field);

    internal bool Changed => Text != Before;

    internal FieldState State => Changed ? FieldState.Changed : (Field.Required == true && Text.Length == 0) || !IsOfType ? FieldState.Invalid : FieldState.Read;

    /// <summary>True when somebody should look twice: it is invalid, or its source is unsure, and the person has not changed it.</summary>
    internal bool ToCheck => State == FieldState.Invalid || (State == FieldState.Read && Field.Confidence < Unsure);

    /// <summary>Below this a field counts as unsure, as the default policy has it.</summary>
    internal const decimal Unsure = .8m;

    /// <summary>False when the text does not parse as its type says; unknown types take anything.</summary>
    internal bool IsOfType => Text.Length == 0 || FieldTypes.Accepts(Field.Type, Text);

    /// <summary>The value for a correction: unchanged JSON as it came, else a text, or null for an emptied one.</summary>
    internal JsonElement? Value => !Changed ? Field.Value : Text.Length == 0 ? null : Field.Value is { ValueKind: JsonValueKind.Number } && decimal.TryParse(
        Text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? JsonSerializer.SerializeToElement(number)
        : JsonSerializer.SerializeToElement(Text);

    private static string Original(Field field) => field.Value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { } other => other.GetRawText(),
    };
}
