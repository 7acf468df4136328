using ReviewConsole.Client;
using ReviewConsole.Demo.Cases;

namespace ReviewConsole.Demo;

/// <summary>A case on one occasion, the n-th attempt at it, and the body that was or will be submitted for it.</summary>
internal sealed record DemoProposal(DemoCase Case, Occasion Occasion, int Attempt, ReviewRequest Request)
{
    /// <summary>A source tries three times; after that it leaves the matter to people.</summary>
    public const int Attempts = 3;

    /// <summary>How long the simulated work takes: 1 to 4 seconds, the same for the same proposal.</summary>
    public TimeSpan Work => TimeSpan.FromMilliseconds(1000 + (Request.ExternalId!.Sum(static c => c) * 97 % 3000));

    public static DemoProposal First(DemoCase @case, Occasion occasion)
        => new(@case, occasion, 1, @case.Propose(occasion) with { ExternalId = DemoCases.ExternalId(@case, occasion, 1) });

    /// <summary>
    /// What is proposed after a <c>retry</c>: the action that the reviewer suggested, else what the case does better, else the same action with the
    /// reviewer's words among the evidence. Null when there were attempts enough.
    /// </summary>
    public DemoProposal? After(Outcome outcome)
    {
        if (Attempt >= Attempts)
        {
            return null;
        }

        var better = Case.Better?.Invoke(Request) ?? Request;
        var next = outcome.SuggestedAction is { } suggested ? Suggested(better, suggested) : better;
        var words = outcome.Message is { Length: > 0 } message
            ? [Evidence.Text("reviewer", "What the reviewer said about the first proposal", message) with { Role = "question" }]
            : Array.Empty<Evidence>();
        return this with
        {
            Attempt = Attempt + 1,
            Request = next with
            {
                ExternalId = DemoCases.ExternalId(Case, Occasion, Attempt + 1),
                RetryOf = outcome.ReviewId,
                Evidence = [.. (next.Evidence ?? []).Where(static e => e.Id != "reviewer"), .. words],
            },
        };
    }

    /// <summary>
    /// Another tool brings neither draft nor fields nor the declarations of the first one; the same tool keeps them, but for the amount, which the console
    /// derives from the arguments.
    /// </summary>
    private static ReviewRequest Suggested(ReviewRequest request, ProposedAction suggested)
    {
        var told = request with { Action = suggested, Title = "As the reviewer suggested", Alternatives = null };
        return string.Equals(suggested.Name, request.Action.Name, StringComparison.Ordinal)
            ? told with { Impact = request.Impact is { } impact ? impact with { Amount = null } : null }
            : told with { Kind = null, Draft = null, Fields = null, Impact = null };
    }

    /// <summary>The same proposal with an answer to a reviewer's question.</summary>
    public DemoProposal Answered()
    {
        var reply = Case.Reply?.Invoke(Request)
            ?? Request with { Answer = "I have looked again and found nothing to add: what I know is in the evidence. If that is not enough, please reject the proposal." };
        return this with { Request = reply };
    }
}
