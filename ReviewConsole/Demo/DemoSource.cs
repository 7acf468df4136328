using ReviewConsole.Client;
using ReviewConsole.Demo.Cases;

namespace ReviewConsole.Demo;

/// <summary>
/// A simulated AI system. It knows the console only as any source does, over HTTP with a key of its own: it proposes, waits, runs exactly what was approved,
/// reports, tries again when told to, undoes when told to. All it must remember is in its reviews' external ids, so after a kill it asks the console and goes on.
/// </summary>
internal sealed partial class DemoSource(ReviewConsoleClient console, string system, Func<Fate> nextFate, TimeProvider time, ILogger<DemoSource> log)
{
    // In the order in which a review moves, so that one that moves on while they are listed is met again.
    private static readonly ReviewStatus[] s_unfinished = [ReviewStatus.Pending, ReviewStatus.Held, ReviewStatus.WaitingOnSource, ReviewStatus.Released];
    private static readonly TimeSpan s_thinking = TimeSpan.FromSeconds(3);

    public string System { get; } = system;

    /// <summary>Uploads what the proposal refers to and submits it. The external id is the idempotency key: proposing it again finds the same review.</summary>
    public async Task<Review> ProposeAsync(DemoProposal proposal, CancellationToken cancellationToken)
    {
        foreach (var sha256 in (proposal.Request.Evidence ?? []).Select(static e => e.Blob).OfType<string>())
        {
            var (bytes, mediaType) = DemoPictures.Bytes(sha256);
            using var content = new MemoryStream(bytes, writable: false);
            await console.UploadAsync(content, mediaType, cancellationToken).ConfigureAwait(false);
        }

        return await console.SubmitAsync(proposal.Request, proposal.Request.ExternalId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Follows a proposal, and those that replace it, until nothing is left to do for this source.</summary>
    public async Task FollowAsync(string reviewId, DemoProposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var current = proposal;
                var wait = new WaitOptions { OnQuestion = (review, token) => AnswerAsync(review, current, token) };
                var outcome = await console.WaitForOutcomeAsync(reviewId, wait, cancellationToken).ConfigureAwait(false);
                LogOutcome(log, System, current.Request.ExternalId!, outcome.Decision, outcome.Instruction);
                if (outcome.Instruction is Instruction.Resume)
                {
                    await ExecuteAsync(outcome, current, cancellationToken).ConfigureAwait(false);
                }

                if (outcome.Instruction is not Instruction.Retry || current.After(outcome) is not { } next)
                {
                    return;
                }

                proposal = next;
                reviewId = (await ProposeAsync(next, cancellationToken).ConfigureAwait(false)).Id;
            }
        }
        catch (ReviewConsoleException refusal)
        {
            LogRefused(log, System, proposal.Request.ExternalId!, refusal.Message);
        }
    }

    /// <summary>What an earlier process of this source left unfinished, as the console knows it.</summary>
    public async Task<IReadOnlyList<(string ReviewId, DemoProposal Proposal)>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string, DemoProposal)>();
        foreach (var status in s_unfinished)
        {
            await foreach (var review in console.ListAllAsync(new ReviewQuery { Status = status, Source = System, Limit = 200 }, cancellationToken).ConfigureAwait(false))
            {
                // What was reported is for people to finish; what was only started is followed, and ends as unknown.
                var reported = review.Execution is { Status: not ExecutionStatus.Started };
                if (!reported && await RebuildAsync(review.ExternalId, cancellationToken).ConfigureAwait(false) is { } proposal)
                {
                    found.Add((review.Id, proposal));
                }
            }
        }

        // Decided while nobody waited here: another proposal was asked for and never made.
        await foreach (var review in console.ListAllAsync(new ReviewQuery { Status = ReviewStatus.Closed, Source = System, Limit = 200 }, cancellationToken).ConfigureAwait(false))
        {
            if (review.Execution is null && await RebuildAsync(review.ExternalId, cancellationToken).ConfigureAwait(false) is { } proposal
                && await console.TryGetOutcomeAsync(review.Id, 1, cancellationToken).ConfigureAwait(false) is { Instruction: Instruction.Retry } outcome
                && proposal.After(outcome) is { } next
                && (await console.ListAsync(new ReviewQuery { ExternalId = next.Request.ExternalId }, cancellationToken).ConfigureAwait(false)).Items.Count == 0)
            {
                found.Add((review.Id, proposal));
            }
        }

        return found;
    }

    /// <summary>How many cases this source ever proposed.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var review in console.ListAllAsync(new ReviewQuery { Source = System, Limit = 200 }, cancellationToken).ConfigureAwait(false))
        {
            count += DemoCases.Parse(review.ExternalId) is { Attempt: 1 } ? 1 : 0;
        }

        return count;
    }

    /// <summary>Undoes what people asked to have undone.</summary>
    public async Task UndoAsync(CancellationToken cancellationToken)
    {
        await foreach (var review in console.ListAllAsync(new ReviewQuery { Status = ReviewStatus.Released, Source = System, Limit = 200 }, cancellationToken).ConfigureAwait(false))
        {
            if (review.Outcomes < 2 || await console.TryGetOutcomeAsync(review.Id, 2, cancellationToken).ConfigureAwait(false) is not { Instruction: Instruction.Rollback } rollback)
            {
                continue;
            }

            await Task.Delay(s_thinking, time, cancellationToken).ConfigureAwait(false);
            await console.RolledBackAsync(rollback, $"undo-{review.ExternalId}", "Simulated: undone", cancellationToken).ConfigureAwait(false);
            LogRolledBack(log, System, review.ExternalId!);
        }
    }

    /// <summary>The proposal behind an external id; a second attempt is made again from the outcome of the first.</summary>
    private async Task<DemoProposal?> RebuildAsync(string? externalId, CancellationToken cancellationToken)
    {
        if (DemoCases.Parse(externalId) is not { } parsed)
        {
            return null;
        }

        var proposal = DemoProposal.First(parsed.Case, parsed.Occasion);
        while (proposal.Attempt < parsed.Attempt)
        {
            var page = await console.ListAsync(new ReviewQuery { ExternalId = proposal.Request.ExternalId }, cancellationToken).ConfigureAwait(false);
            if (page.Items is not [{ } before] || await console.TryGetOutcomeAsync(before.Id, 1, cancellationToken).ConfigureAwait(false) is not { } outcome || proposal.After(outcome) is not { } next)
            {
                return null;
            }

            proposal = next;
        }

        return proposal;
    }

    private async Task AnswerAsync(Review review, DemoProposal proposal, CancellationToken cancellationToken)
    {
        await Task.Delay(s_thinking, time, cancellationToken).ConfigureAwait(false);
        try
        {
            await console.ReviseAsync(review.Id, review.Revision, proposal.Answered().Request, cancellationToken).ConfigureAwait(false);
            LogAnswered(log, System, proposal.Request.ExternalId!);
        }
        catch (ReviewConsoleException refusal) when (refusal.Is("stale-revision") || refusal.Is("already-released") || refusal.Is("expired"))
        {
            LogRefused(log, System, proposal.Request.ExternalId!, refusal.Message);
        }
    }

    private async Task ExecuteAsync(Outcome outcome, DemoProposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            outcome.RequireApproved(proposal.Request, time);
        }
        catch (NotApprovedException not)
        {
            LogNotApproved(log, System, proposal.Request.ExternalId!, not.Why);
            return;
        }

        var fate = nextFate();
        if (fate.WrongDigestFirst)
        {
            await ReportWrongDigestAsync(outcome, proposal, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await console.StartedAsync(outcome, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (ReviewConsoleException refusal) when (refusal.Is("already-started"))
        {
            // An earlier process started it and was killed: whether it ran, nobody knows. Running it again would be worse.
            await SettleAsync(outcome, proposal, Ending.StaysUnknown, cancellationToken).ConfigureAwait(false);
            return;
        }

        catch (ReviewConsoleException refusal) when (refusal.Is("already-reported"))
        {
            // A person wants it undone before it ran: UndoAsync says that it is.
            LogRefused(log, System, proposal.Request.ExternalId!, refusal.Message);
            return;
        }

        await Task.Delay(proposal.Work, time, cancellationToken).ConfigureAwait(false);
        await SettleAsync(outcome, proposal, fate.Ending, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(Outcome outcome, DemoProposal proposal, Ending ending, CancellationToken cancellationToken)
    {
        try
        {
            var reference = $"sim-{proposal.Request.ExternalId}";
            await (ending switch
            {
                Ending.Fails => console.FailedAsync(outcome, "Simulated: the system that should have carried it out refused", reference, cancellationToken),
                Ending.StaysUnknown => console.UnknownAsync(outcome, "Simulated: no answer, it may have run or not", reference, cancellationToken),
                _ => console.SucceededAsync(outcome, reference, cancellationToken: cancellationToken),
            }).ConfigureAwait(false);
            LogExecuted(log, System, proposal.Request.ExternalId!, ending);
        }
        catch (ReviewConsoleException refusal) when (refusal.Is("already-reported"))
        {
            LogRefused(log, System, proposal.Request.ExternalId!, refusal.Message);
        }
    }

    private async Task ReportWrongDigestAsync(Outcome outcome, DemoProposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            var other = ActionDigest.Of(ProposedAction.Of("something_else", new { instead = proposal.Request.ExternalId }));
            await console.ReportAsync(outcome.ReviewId, new ExecutionReport(ExecutionStatus.Started, other, "Simulated: an executor that holds another action"), cancellationToken).ConfigureAwait(false);
        }
        catch (ReviewConsoleException refusal) when (refusal.Is("digest-mismatch"))
        {
            LogRefused(log, System, proposal.Request.ExternalId!, refusal.Message);
        }
    }

    [LoggerMessage(EventId = 7000, Level = LogLevel.Information, Message = "{System}: {Proposal} was {Decision}, told to {Instruction}")]
    private static partial void LogOutcome(ILogger log, string system, string proposal, Decision decision, Instruction instruction);

    [LoggerMessage(EventId = 7001, Level = LogLevel.Information, Message = "{System}: {Proposal} executed, {Ending}")]
    private static partial void LogExecuted(ILogger log, string system, string proposal, Ending ending);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Information, Message = "{System}: {Proposal} undone")]
    private static partial void LogRolledBack(ILogger log, string system, string proposal);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Information, Message = "{System}: a question about {Proposal} answered")]
    private static partial void LogAnswered(ILogger log, string system, string proposal);

    [LoggerMessage(EventId = 7004, Level = LogLevel.Warning, Message = "{System}: {Proposal} does not run: {Why}")]
    private static partial void LogNotApproved(ILogger log, string system, string proposal, NotApprovedReason why);

    [LoggerMessage(EventId = 7005, Level = LogLevel.Information, Message = "{System}: {Proposal} was refused by the console: {Reason}")]
    private static partial void LogRefused(ILogger log, string system, string proposal, string reason);
}
