using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// One changed JSON leaf (WIRE.md §2): an RFC 6901 path under <c>/arguments</c>, <c>/draft</c> or <c>/fields/&lt;name&gt;/value</c>. An added leaf has no
/// <see cref="Was"/>, a removed one no <see cref="Value"/>; a JSON null is a value. Arrays change as a whole.
/// </summary>
internal sealed record ActionChange(string Path, JsonElement? Was, JsonElement? Value)
{
    /// <summary>What a correction changed, in the order of the parts; nothing when the digests are the same.</summary>
    public static IReadOnlyList<ActionChange> Between(EffectiveAction from, EffectiveAction to)
    {
        var changes = new List<ActionChange>();
        Compare("/arguments", from.Arguments, to.Arguments, changes);
        CompareText("/draft/format", from.Draft?.Format.Wire(), to.Draft?.Format.Wire(), changes);
        CompareText("/draft/content", from.Draft?.Content, to.Draft?.Content, changes);
        Compare("/draft/target", from.Draft?.Target, to.Draft?.Target, changes);
        CompareFields(from.Fields, to.Fields, changes);
        return changes;
    }

    private static void CompareFields(IReadOnlyList<Field>? from, IReadOnlyList<Field>? to, List<ActionChange> changes)
    {
        var count = changes.Count;
        foreach (var old in from ?? [])
        {
            var now = to?.FirstOrDefault(field => field.Name == old.Name);
            CompareLeaf(FieldPath(old), Leaf(old), now is null ? null : Leaf(now), changes);
        }

        foreach (var added in to ?? [])
        {
            if (from is null || from.All(field => field.Name != added.Name))
            {
                changes.Add(new ActionChange(FieldPath(added), null, Leaf(added)));
            }
        }

        // An empty list and none run differently (their digests differ), and so do two orders of the same fields.
        if (count == changes.Count && !(from ?? []).Select(field => field.Name).SequenceEqual((to ?? []).Select(field => field.Name)))
        {
            changes.Add(new ActionChange("/fields", Names(from), Names(to)));
        }
        else if (count == changes.Count && from is null != to is null)
        {
            changes.Add(new ActionChange("/fields", from is null ? null : JsonLiterals.EmptyArray, to is null ? null : JsonLiterals.EmptyArray));
        }
    }

    private static JsonElement Names(IReadOnlyList<Field>? fields) => JsonSerializer.SerializeToElement((fields ?? []).Select(field => field.Name).ToArray());

    private static void CompareText(string path, string? was, string? value, List<ActionChange> changes)
    {
        if (was != value)
        {
            changes.Add(new ActionChange(
                path, was is null ? null : JsonSerializer.SerializeToElement(was), value is null ? null : JsonSerializer.SerializeToElement(value)));
        }
    }

    private static void Compare(string path, JsonElement? was, JsonElement? value, List<ActionChange> changes)
    {
        var before = Members(was);
        var after = Members(value);
        if (!(before ?? after).HasValue || (was is not null && before is null) || (value is not null && after is null))
        {
            CompareLeaf(path, was, value, changes);
            return;
        }

        if (IsEmpty(before) && IsEmpty(after))
        {
            CompareLeaf(path, was, value, changes);
            return;
        }

        foreach (var member in before ?? default)
        {
            Compare(Join(path, member.Name), member.Value, after is not null && value!.Value.TryGetProperty(member.Name, out var now) ? now : null, changes);
        }

        foreach (var member in after ?? default)
        {
            if (before is null || !was!.Value.TryGetProperty(member.Name, out _))
            {
                Compare(Join(path, member.Name), null, member.Value, changes);
            }
        }
    }

    private static void CompareLeaf(string path, JsonElement? was, JsonElement? value, List<ActionChange> changes)
    {
        if (was is { } before && value is { } after ? !Same(before, after) : was is null != value is null)
        {
            changes.Add(new ActionChange(path, was, value));
        }
    }

    private static bool Same(JsonElement a, JsonElement b) =>
        a.ValueKind == b.ValueKind && CanonicalJson.Of(a).AsSpan().SequenceEqual(CanonicalJson.Of(b));

    private static JsonElement.ObjectEnumerator? Members(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } item ? item.EnumerateObject() : null;

    private static bool IsEmpty(JsonElement.ObjectEnumerator? members) => members is not { } some || !some.MoveNext();

    private static JsonElement Leaf(Field field) => field.Value ?? JsonLiterals.Null;

    private static string FieldPath(Field field) => Join("/fields", field.Name) + "/value";

    private static string Join(string path, string name) =>
        path + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
