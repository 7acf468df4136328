using ReviewConsole.Client;

namespace ReviewConsole.Demo;

/// <summary>
/// One invented situation of the demonstration: what the agent proposes, and what is really the matter with it. The second half never goes over the wire; it is
/// what a newcomer may find in the evidence.
/// </summary>
/// <param name="Key">Unique; begins the external id of every review made from it.</param>
/// <param name="System">The source that proposes it.</param>
/// <param name="Kind">The review's kind.</param>
/// <param name="Propose">The proposal on an occasion; the same occasion gives the same bytes.</param>
internal sealed record DemoCase(string Key, string System, string Kind, Func<Occasion, ReviewRequest> Propose)
{
    /// <summary>What is the matter, in kinds.</summary>
    public Flaw Flaw { get; init; }

    /// <summary>What is the matter, in words.</summary>
    public string? Truth { get; init; }

    /// <summary>What the agent proposes when it is told to try again without a suggested action; null repeats the action with the reviewer's words as evidence.</summary>
    public Func<ReviewRequest, ReviewRequest>? Better { get; init; }

    /// <summary>How the agent answers a question; null gives a general answer.</summary>
    public Func<ReviewRequest, ReviewRequest>? Reply { get; init; }
}

/// <summary>What is the matter with a case.</summary>
internal enum Flaw
{
    /// <summary>Nothing, or a check says so.</summary>
    None,

    /// <summary>The action is wrong and only the evidence shows it: neither title nor checks say so.</summary>
    OnlyInEvidence,

    /// <summary>Characters that cannot be seen, or that look like others, change the meaning.</summary>
    HiddenCharacters,

    /// <summary>A piece that the decision needs is not there; the answer to a question brings it.</summary>
    MissingEvidence,
}
