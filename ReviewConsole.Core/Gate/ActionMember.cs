namespace ReviewConsole.Core.Gate;

/// <summary>What can be written as a member of a catalogue's action, and so how a form asks for it.</summary>
internal enum ActionMemberKind
{
    /// <summary>A kind of review, in the words of whoever sends it.</summary>
    Kind,
    Risk,

    /// <summary>A JSON pointer into the arguments.</summary>
    Pointer,
    Flag,

    /// <summary>A list of kinds of evidence.</summary>
    Evidence,

    /// <summary>A JSON Schema of the arguments. It is written in the text alone: a form says where.</summary>
    Schema,
}

/// <summary>What the catalogue says of an action. This is the only list of it: <see cref="CatalogueReader"/> reads these and no others.</summary>
internal sealed record ActionMember(string Name, ActionMemberKind Kind)
{
    public const string Arguments = "arguments";

    public static readonly IReadOnlyList<ActionMember> All =
    [
        new("kind", ActionMemberKind.Kind),
        new("risk", ActionMemberKind.Risk),
        new("amount", ActionMemberKind.Pointer),
        new("currency", ActionMemberKind.Pointer),
        new("recipient", ActionMemberKind.Pointer),
        new("subject", ActionMemberKind.Pointer),
        new("reversible", ActionMemberKind.Flag),
        new("external", ActionMemberKind.Flag),
        new("legal", ActionMemberKind.Flag),
        new("evidence", ActionMemberKind.Evidence),
        new(Arguments, ActionMemberKind.Schema),
    ];

    public static readonly string[] Names = [.. All.Select(static member => member.Name)];

    /// <summary>What a form has a place to write for.</summary>
    public static readonly IReadOnlyList<ActionMember> Fields = [.. All.Where(static member => member.Kind != ActionMemberKind.Schema)];

    public static readonly string[] FieldNames = [.. Fields.Select(static member => member.Name)];
}
