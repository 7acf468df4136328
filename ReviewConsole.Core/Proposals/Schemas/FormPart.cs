using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>How a part of the arguments is entered.</summary>
internal enum FormKind
{
    Group,
    List,
    Text,
    Number,
    Choice,

    /// <summary>A JSON null where something else may stand as well.</summary>
    Null,

    /// <summary>What no input can show without changing it: edited as JSON.</summary>
    Json,
}

/// <summary>One place of the arguments as a form has it. A form is a view of the JSON: it keeps nothing of its own.</summary>
/// <param name="Steps">Member names and indices that lead to it; none is the arguments themselves.</param>
/// <param name="At">The same as a pointer: <c>#/arguments/items/0</c>.</param>
/// <param name="Value">Null when it is not sent.</param>
/// <param name="Text">What stands in its input.</param>
/// <param name="Removable">It may be left out, or is one of a list.</param>
internal sealed record FormPart(
    IReadOnlyList<string> Steps, string At, string Name, FormKind Kind, SchemaNode Shape, JsonElement? Value, string Text, bool Required, bool Removable, IReadOnlyList<FormPart> Parts)
{
    /// <summary>What to choose from: the schema's values, and first the present one if it is none of them.</summary>
    public IReadOnlyList<JsonElement> Choices { get; init; } = [];

    /// <summary>Which of <see cref="Choices"/> it is.</summary>
    public int Chosen { get; init; } = -1;

    /// <summary>What is there when it is added: the schema's own default, else an empty value of its kind.</summary>
    public JsonElement Initial => Shape.Default ?? (Shape.Choices?.Values is [{ } only] ? only : Kind switch
    {
        FormKind.Group => JsonLiterals.EmptyObject,
        FormKind.List => JsonLiterals.EmptyArray,
        _ => JsonLiterals.EmptyText,
    });

    /// <summary>Of a list: what a further item starts as.</summary>
    public JsonElement NewItem { get; init; } = JsonLiterals.EmptyText;

    /// <summary>The value that <paramref name="entered"/> stands for; what is no value of its kind stays the text that it is, for the check to name.</summary>
    public JsonElement Read(string entered) => entered == Text && Value is { } same ? same : Kind switch
    {
        FormKind.Number => FormNumber.Read(entered.Trim()) ?? JsonSerializer.SerializeToElement(entered),
        FormKind.Choice => int.TryParse(entered, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < Choices.Count ? Choices[index] : JsonLiterals.EmptyText,
        // A text box knows one line end alone, LF: CRLF stays as it was sent, and so does every other character.
        _ => JsonSerializer.SerializeToElement(Text.Contains('\r', StringComparison.Ordinal) ? entered.Replace("\n", "\r\n", StringComparison.Ordinal) : entered),
    };
}
