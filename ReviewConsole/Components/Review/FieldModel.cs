using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>How a field and its box are drawn, both in the same state.</summary>
public enum FieldState
{
    /// <summary>As the source read it.</summary>
    Read,

    /// <summary>A required value is missing, or the value is not of its type, whoever wrote it.</summary>
    Invalid,

    /// <summary>The person changed it, and it fits.</summary>
    Changed,
}

/// <summary>One extracted field beside its box, and what the person made of it.</summary>
public sealed class FieldModel
{
    internal FieldModel(Field field, int number)
    {
        (Field, Proposed, Number, Text, Box, Page) = (field, field, number, Original(field), field.Box, field.Page ?? 1);
    }

    internal Field Field { get; }

    /// <summary>As the source sent it, where that may be said.</summary>
    internal Field Proposed { get; set; }

    /// <summary>What stood there before somebody changed it; null where nobody did.</summary>
    internal string? Was => Original(Proposed) is var was && was != Text ? was : TextChanged ? Before : null;

    internal int Number { get; }

    internal string Label => Field.Label ?? Field.Name;

    /// <summary>What stands in the input now; empty is "no value".</summary>
    internal string Text { get; set; }

    /// <summary>Where it stands now: as the source said, or as the person drew it; null is nowhere.</summary>
    internal Box? Box { get; set; }

    internal int Page { get; set; }

    internal string Before => Original(Field);

    internal bool TextChanged => Text != Before;

    internal bool PlaceChanged => Box != Field.Box || Page != (Field.Page ?? 1);

    internal bool Changed => TextChanged || PlaceChanged;

    internal FieldState State => IsMissing || !IsOfType ? FieldState.Invalid : Changed ? FieldState.Changed : FieldState.Read;

    /// <summary>How sure the source is of the value that stands here; null when it did not say, or the value is another one.</summary>
    internal decimal? Confidence => TextChanged ? null : Field.Confidence;

    /// <summary>True when somebody should look twice: it is invalid, or its source is unsure and the person has not changed it.</summary>
    internal bool ToCheck => State == FieldState.Invalid || (State == FieldState.Read && Field.Confidence < Unsure);

    /// <summary>Below this a field counts as unsure, as the default policy has it.</summary>
    internal const decimal Unsure = .8m;

    internal bool IsMissing => Field.Required == true && string.IsNullOrWhiteSpace(Text);

    /// <summary>False when the text does not parse as its type says; unknown types take anything.</summary>
    internal bool IsOfType => Text.Length == 0 || FieldFit.Fits(Field.Type, Value);

    /// <summary>True where corrected fields cannot be committed with this one as it stands.</summary>
    internal bool Blocks => IsMissing || (TextChanged && !IsOfType);

    /// <summary>The value for a correction: unchanged JSON as it came, else a text, or null for an emptied one. A number stays one, with the digits that were typed, and so does a yes or no.</summary>
    internal JsonElement? Value => !TextChanged ? Field.Value
        : Text.Length == 0 ? null
        : Field.Value switch
        {
            { ValueKind: JsonValueKind.Number } => Core.Proposals.Schemas.FormNumber.Read(Text.Trim()),
            { ValueKind: JsonValueKind.True or JsonValueKind.False } when bool.TryParse(Text, out var truth) => JsonSerializer.SerializeToElement(truth),
            _ => null,
        } ?? JsonSerializer.SerializeToElement(Text);

    /// <summary>The field as a correction has it.</summary>
    internal Field Corrected => Field with { Value = Value, Box = Box, Page = PlaceChanged ? Page : Field.Page };

    internal void Undo() => (Text, Box, Page) = (Before, Field.Box, Field.Page ?? 1);

    /// <summary>One side of the box as it was typed: x, y, width or height. What is no such number changes nothing.</summary>
    internal void Measure(int side, string typed)
    {
        if (Box is { } box && double.TryParse(typed.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number is >= 0 and < 1e6)
        {
            number = Math.Round(number, 2);
            Box = side switch { 0 => box with { X = number }, 1 => box with { Y = number }, 2 => box with { Width = Math.Max(1, number) }, _ => box with { Height = Math.Max(1, number) } };
        }
    }

    private static string Original(Field field) => field.Value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { } other => other.GetRawText(),
    };
}
