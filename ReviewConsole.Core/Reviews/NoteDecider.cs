using ReviewConsole.Core.Identity;

namespace ReviewConsole.Core.Reviews;

/// <summary>Notes: what the people who work on a review say to each other. A note decides nothing and moves no claim.</summary>
internal static class NoteDecider
{
    /// <summary>Characters of a note.</summary>
    public const int Longest = 2_000;

    /// <param name="mentions">Pseudonyms of who is spoken to.</param>
    /// <param name="asks">Whether their opinion is asked.</param>
    public static Decision Write(ReviewState state, PersonActor actor, string text, IReadOnlyList<string> mentions, bool asks)
    {
        if (!actor.May(Permission.ReviewsClaim))
        {
            return new Refusal.NotPermitted(Permission.ReviewsClaim.Name());
        }

        if (!state.IsOpen && States.NotPending(state) is { } closed)
        {
            return closed;
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            return new Refusal.Invalid("#/note", $"A note has 1 to {Longest} characters.");
        }

        return asks && mentions.Count == 0
            ? new Refusal.Invalid("#/mentions", "An opinion is asked of somebody: name who.")
            : Decision.Of(new Noted { Mentions = mentions, Asks = asks, Sealed = [.. GateResultLedger.Seal(SealedNames.Note, text)] });
    }
}
