using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// The schema of an action's arguments, as the catalogue has it:
/// <code>
/// arguments:
///   type: object
///   required: [order, amount]
///   properties:
///     amount: { type: string, pattern: '^[0-9]+\.[0-9]{2}$' }
///   additionalProperties: false
/// </code>
/// Unlike in a source's schema every rule of it is checked: an author who wrote one that is not is told so.
/// </summary>
internal static class CatalogueSchema
{
    // What a keyword that was not understood has to be.
    private static readonly Dictionary<string, string> s_shapes = new(StringComparer.Ordinal)
    {
        ["type"] = "one of null, boolean, integer, number, string, array, object, or a list of them",
        ["title"] = "a text",
        ["description"] = "a text",
        ["properties"] = "names with a schema each",
        ["required"] = "a list of names; one that looks like a number, true, false or null in quotes",
        ["additionalProperties"] = "a schema, true or false",
        ["items"] = "one schema, true or false",
        ["enum"] = "a list of at most 500 values",
        ["minimum"] = "a number",
        ["maximum"] = "a number",
        ["exclusiveMinimum"] = "a number",
        ["exclusiveMaximum"] = "a number",
        ["multipleOf"] = "a number above 0",
        ["minLength"] = "a whole number from 0",
        ["maxLength"] = "a whole number from 0",
        ["minItems"] = "a whole number from 0",
        ["maxItems"] = "a whole number from 0",
        ["pattern"] = "a regular expression of at most 500 characters that runs in linear time: without looking around and without going back to a group",
        ["format"] = "date or email",
        ["$ref"] = "a pointer to a schema within this one, like '#/$defs/address', in quotes",
    };

    public static ArgumentsSchema? Read(PolicyNode node)
    {
        if (!node.Exists)
        {
            return null;
        }

        if (!node.IsMap)
        {
            node.Fail("Must be a JSON Schema with keys and values, like { type: object, required: [amount] }.");
            return null;
        }

        if (PolicyJson.Read(node) is not { } json)
        {
            return null;
        }

        var schema = ArgumentsSchema.Read(json, timed: false);
        if (Trouble(schema.Trouble) is { } trouble)
        {
            node.Fail(trouble);
        }

        foreach (var (keyword, at) in schema.NotChecked.Distinct())
        {
            Refuse(At(node, at), keyword);
        }

        foreach (var (pattern, at) in schema.Patterns.DistinctBy(static placed => placed.At).Where(static placed => Weight(placed) > PatternWeight.Most))
        {
            At(node, at)["pattern"].Fail($"The pattern is too heavy: written out without its counts it has more than {PatternWeight.Most} parts. Make it shorter, or its counts smaller.");
        }

        return schema;
    }

    /// <summary>What all of its patterns come to.</summary>
    public static long Weight(ArgumentsSchema? schema) => schema?.Patterns.Sum(Weight) ?? 0;

    private static long Weight(PlacedPattern placed) => PatternWeight.Of(placed.Pattern.Translated) ?? PatternWeight.Most + 1;

    private static PolicyNode At(PolicyNode node, string pointer) => SchemaReader.Steps(pointer).Aggregate(node, static (found, step) => found[step]);

    private static void Refuse(PolicyNode schema, string keyword)
    {
        if (!schema.IsMap)
        {
            schema.Fail("Must be a schema: keys and values, true or false.");
        }
        else if (s_shapes.TryGetValue(keyword, out var shape))
        {
            schema[keyword].Fail($"Must be {shape}.");
        }
        else
        {
            schema[keyword].Fail($"“{keyword}” is no rule that is checked. Checked are {string.Join(", ", s_shapes.Keys)}, const; leave it out, or say it by these.");
        }
    }

    private static string? Trouble(SchemaTrouble trouble) => trouble switch
    {
        SchemaTrouble.TooLarge => "The schema has more than 1,000 parts; say less, or put what repeats under $defs.",
        SchemaTrouble.TooDeep => "The schema is nested deeper than 32; put what lies deep under $defs.",
        SchemaTrouble.Circular => "References lead from one to the next and back, so they never come to a rule; write the rule where they begin.",
        _ => null,
    };
}
