using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>Who may neither approve nor correct beside the person behind the agent, and nobody a second time, which always hold.</summary>
[Flags]
internal enum NotBy
{
    Nobody = 0,

    /// <summary>Who corrects is none of those who approve: as many others as ever are needed after a correction.</summary>
    Editor = 1,

    /// <summary>Whoever wrote on the policy that judged it.</summary>
    PolicyAuthor = 2,
}

/// <summary>Evidence that a rule wants in view: all of a kind (<c>email</c>), of a role (<c>role/limits</c>), or one piece (<c>id/order</c>).</summary>
internal sealed record EvidenceDemand(string Word)
{
    private const string Id = "id/", Role = "role/";

    public static bool IsOne(string word) =>
        WireNames.EvidenceKinds.ContainsKey(word) || (word.StartsWith(Id, StringComparison.Ordinal) && word.Length > Id.Length) || (word.StartsWith(Role, StringComparison.Ordinal) && word.Length > Role.Length);

    public bool Wants(EvidenceItem item) =>
        Word.StartsWith(Id, StringComparison.Ordinal) ? item.Id == Word[Id.Length..]
        : Word.StartsWith(Role, StringComparison.Ordinal) ? item.Role == Word[Role.Length..]
        : item.Kind.Wire() == Word;
}
