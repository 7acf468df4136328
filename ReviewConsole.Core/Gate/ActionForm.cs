namespace ReviewConsole.Core.Gate;

/// <summary>An action of the catalogue as it is written, for a form: nothing in it is judged yet. Two of them are equal when they say the same.</summary>
/// <param name="Members">By name, those of <see cref="ActionMember.Fields"/> that are there.</param>
public sealed record ActionForm(string Name, IReadOnlyDictionary<string, WrittenValue> Members)
{
    /// <summary>The member with this value, or without it where that is empty.</summary>
    public ActionForm With(string member, WrittenValue value)
    {
        var members = Members.Where(written => written.Key != member).ToDictionary(StringComparer.Ordinal);
        if (value.Text.Length > 0)
        {
            members.Add(member, value);
        }

        return this with { Members = members };
    }

    /// <summary>The list of a member with one word more, or less.</summary>
    public ActionForm With(string member, string word, bool isThere)
    {
        var others = (Members.TryGetValue(member, out var value) ? value.Items : []).Where(other => other != word && other.Length > 0);
        return With(member, new WrittenValue([.. others, .. isThere ? [word] : Array.Empty<string>()], IsList: true));
    }

    public bool Equals(ActionForm? other) => other is not null && Name == other.Name
        && Members.Count == other.Members.Count && Members.All(member => other.Members.TryGetValue(member.Key, out var value) && value == member.Value);

    public override int GetHashCode() => HashCode.Combine(Name, Members.Count);
}
