namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>Which rule of a schema a value breaks.</summary>
internal enum SchemaRule
{
    Type,
    Required,
    Choice,
    Minimum,
    Maximum,
    Above,
    Below,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Date,
    Email,
    MinItems,
    MaxItems,
    Additional,
    Nothing,

    /// <summary>There are more values than are compared: none of the rules is known to hold.</summary>
    TooLarge,
}

/// <summary>One value that does not fit: where, which rule, and the rule's own number, pattern or list.</summary>
internal sealed record SchemaFault(Place At, SchemaRule Rule, string Limit = "", SchemaTypes Types = SchemaTypes.None)
{
    /// <summary>As a sentence for programs: what it must be.</summary>
    public string Detail => Rule switch
    {
        SchemaRule.Type => $"Must be {string.Join(" or ", Names(Types))}.",
        SchemaRule.Required => "Is required by the action's schema.",
        SchemaRule.Choice => $"Must be one of {Limit}.",
        SchemaRule.Minimum => $"Must be at least {Limit}.",
        SchemaRule.Maximum => $"Must be at most {Limit}.",
        SchemaRule.Above => $"Must be greater than {Limit}.",
        SchemaRule.Below => $"Must be less than {Limit}.",
        SchemaRule.MultipleOf => $"Must be a multiple of {Limit}.",
        SchemaRule.MinLength => $"Must have at least {Limit} characters.",
        SchemaRule.MaxLength => $"Must have at most {Limit} characters.",
        SchemaRule.Pattern => $"Must match the pattern {Limit}.",
        SchemaRule.Date => "Must be a date as RFC 3339 writes it, like 2026-05-20.",
        SchemaRule.Email => "Must be an e-mail address, like ana@example.org.",
        SchemaRule.MinItems => $"Must have at least {Limit} items.",
        SchemaRule.MaxItems => $"Must have at most {Limit} items.",
        SchemaRule.Additional => "Is not a member that the action's schema knows; remove it.",
        SchemaRule.TooLarge => "Has more values than can be checked against the action's schema.",
        _ => "Must not be there; remove it.",
    };

    /// <summary>As the schema writes the rule: <c>maximum 100</c>.</summary>
    public string Keyword => Rule switch
    {
        SchemaRule.Type => $"type {string.Join(" or ", Single(Types).Select(static type => type.ToString().ToLowerInvariant()))}",
        SchemaRule.Required => "required",
        SchemaRule.Choice => $"enum {Limit}",
        SchemaRule.Minimum => $"minimum {Limit}",
        SchemaRule.Maximum => $"maximum {Limit}",
        SchemaRule.Above => $"exclusiveMinimum {Limit}",
        SchemaRule.Below => $"exclusiveMaximum {Limit}",
        SchemaRule.MultipleOf => $"multipleOf {Limit}",
        SchemaRule.MinLength => $"minLength {Limit}",
        SchemaRule.MaxLength => $"maxLength {Limit}",
        SchemaRule.Pattern => $"pattern {Limit}",
        SchemaRule.Date => "format date",
        SchemaRule.Email => "format email",
        SchemaRule.MinItems => $"minItems {Limit}",
        SchemaRule.MaxItems => $"maxItems {Limit}",
        SchemaRule.Additional => "additionalProperties",
        SchemaRule.TooLarge => "too many values",
        _ => "false",
    };

    /// <summary>The single types in <paramref name="types"/>; a number may be whole anyway.</summary>
    public static IEnumerable<SchemaTypes> Single(SchemaTypes types) => Enum.GetValues<SchemaTypes>()
        .Where(type => type is not (SchemaTypes.None or SchemaTypes.Any) && types.HasFlag(type) && !(type == SchemaTypes.Integer && types.HasFlag(SchemaTypes.Number)));

    private static IEnumerable<string> Names(SchemaTypes types) => Single(types).Select(static type => type switch
    {
        SchemaTypes.Null => "null",
        SchemaTypes.Boolean => "true or false",
        SchemaTypes.Integer => "a whole number",
        SchemaTypes.Number => "a number",
        SchemaTypes.String => "a string",
        SchemaTypes.Array => "an array",
        _ => "an object",
    });
}
