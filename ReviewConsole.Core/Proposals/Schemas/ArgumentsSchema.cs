using System.Collections.Concurrent;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>Why a schema is not used at all.</summary>
internal enum SchemaTrouble
{
    None,
    TooLarge,
    TooDeep,

    /// <summary>References lead from one to the next and back, so they never come to a rule.</summary>
    Circular,
}

/// <summary>A rule that stands in the schema and is not checked here: its keyword and where it stands.</summary>
internal sealed record UncheckedKeyword(string Keyword, string At);

/// <summary>A pattern and the schema in which it stands.</summary>
internal sealed record PlacedPattern(SchemaPattern Pattern, string At);

/// <summary>
/// The JSON Schema that a source sent for the arguments of its action, or that the action catalogue of a policy has, as far as it is understood: types, properties, required, enum, const, limits, lengths, patterns
/// in linear time, dates, e-mail addresses, items, additionalProperties and local references. Reading never fails: what is not understood is named in
/// <see cref="NotChecked"/>, what is too much is <see cref="Trouble"/> and checks nothing.
/// </summary>
internal sealed class ArgumentsSchema
{
    private readonly IReadOnlyDictionary<string, SchemaNode> _definitions;

    // That of a policy is asked by many at a time.
    private readonly ConcurrentDictionary<SchemaNode, SchemaNode> _together = new(ReferenceEqualityComparer.Instance);

    private ArgumentsSchema(SchemaNode root, IReadOnlyDictionary<string, SchemaNode> definitions, SchemaTrouble trouble) => (Root, _definitions, Trouble) = (root, definitions, trouble);

    public SchemaNode Root { get; }

    public IReadOnlyList<UncheckedKeyword> NotChecked { get; private init; } = [];

    public IReadOnlyList<PlacedPattern> Patterns { get; private init; } = [];

    public SchemaTrouble Trouble { get; }

    /// <param name="timed">Of patterns: <see cref="SchemaPattern.TryRead"/>.</param>
    public static ArgumentsSchema Read(JsonElement schema, bool timed = true)
    {
        var reader = new SchemaReader(schema, timed);
        var root = reader.Read();
        var read = new ArgumentsSchema(root, reader.Definitions, reader.Trouble) { NotChecked = reader.NotChecked, Patterns = reader.Patterns };
        var trouble = read.Trouble != SchemaTrouble.None ? read.Trouble : read.GoesInCircles() ? SchemaTrouble.Circular : SchemaTrouble.None;
        return trouble == SchemaTrouble.None ? read : new ArgumentsSchema(SchemaNode.Anything, new Dictionary<string, SchemaNode>(), trouble);
    }

    /// <summary>That of a source; null when it sent none.</summary>
    public static ArgumentsSchema? Sent(ProposedAction action) => action.ArgumentsSchema is { } schema ? Read(schema) : null;

    /// <summary>A node and what it refers to: all of them hold for the same value.</summary>
    public IEnumerable<SchemaNode> All(SchemaNode node)
    {
        for (var next = node; next is not null; next = next.Reference is { } reference ? _definitions.GetValueOrDefault(reference) : null)
        {
            yield return next;
        }
    }

    /// <summary>What a form needs to know of a place, taken together from <see cref="All"/>; for checking each of them counts by itself.</summary>
    public SchemaNode Together(SchemaNode node) => _together.GetOrAdd(node, static (start, schema) => schema.All(start).Aggregate(Join), this);

    private static SchemaNode Join(SchemaNode a, SchemaNode b) => a with
    {
        Types = a.Types & b.Types,
        Title = a.Title ?? b.Title,
        Description = a.Description ?? b.Description,
        Properties = new(a.Properties.Concat(b.Properties.Where(property => !a.Properties.ContainsKey(property.Key))), StringComparer.Ordinal),
        Required = a.Required.Concat(b.Required).ToHashSet(StringComparer.Ordinal),
        Additional = a.Additional ?? b.Additional,
        Items = a.Items ?? b.Items,
        Choices = a.Choices ?? b.Choices,
        Default = a.Default ?? b.Default,
        Format = a.Format == SchemaFormat.None ? b.Format : a.Format,
        MaxLength = a.MaxLength ?? b.MaxLength,
        MinItems = a.MinItems ?? b.MinItems,
        MaxItems = a.MaxItems ?? b.MaxItems,
        Reference = null,
    };

    private bool GoesInCircles() => _definitions.Values.Append(Root).Any(start =>
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = start; next?.Reference is { } reference; next = _definitions.GetValueOrDefault(reference))
        {
            if (!seen.Add(reference))
            {
                return true;
            }
        }

        return false;
    });
}
