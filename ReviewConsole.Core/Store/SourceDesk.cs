using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>A proposal as it came over the wire, read and well made; its blobs are stored unless it is refused.</summary>
/// <param name="Body">The bytes as sent: what idempotency compares.</param>
/// <param name="Refused">What speaks against it at this moment. It counts only for what is new: the same sent before is answered as it was then.</param>
internal sealed record Incoming(Proposal Proposal, ReadOnlyMemory<byte> Body, string? IdempotencyKey, Refusal? Refused = null)
{
    /// <summary>Ids of evidence whose bytes cannot be shown.</summary>
    public FrozenSet<string> Unshowable { get; init; } = [];
}

/// <summary>What a submit comes to: the answer's bytes, the first ones when the same was sent before.</summary>
internal sealed record Submitted201(Guid Id, int Revision, byte[] Answer, bool IsNew);

/// <summary>What calling systems do. Everything slow (reading, digests, the gate, sealing) happens before the Writer.</summary>
internal sealed class SourceDesk(
    Writer writer, ReadDatabase database, ReviewRunner runner, Gatekeeper gate, ContentReader contents, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Owner, string Key), byte> _running = new();

    /// <param name="answer">Makes the wire's answer from the state that the submit left and the gate's result; kept with the idempotency key.</param>
    public async Task<Result<Submitted201>> SubmitAsync(
        SourceActor actor, Incoming incoming, Func<ReviewState, GateResult, byte[]> answer, CancellationToken cancellation)
    {
        var proposal = incoming.Proposal;
        if (!actor.Systems.Contains(proposal.Source.System))
        {
            return new Refusal.SourceNotYours(proposal.Source.System);
        }

        if (incoming.IdempotencyKey is not { } key)
        {
            return await SubmitAsync(actor, incoming, null, answer, cancellation).ConfigureAwait(false);
        }

        var scoped = proposal.Source.System + "\n" + key;
        if (!_running.TryAdd((actor.Owner, scoped), 0))
        {
            return new Refusal.InProgress();
        }

        try
        {
            return await SubmitAsync(actor, incoming, scoped, answer, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove((actor.Owner, scoped), out _);
        }
    }

    private async Task<Result<Submitted201>> SubmitAsync(
        SourceActor actor, Incoming incoming, string? key, Func<ReviewState, GateResult, byte[]> answer, CancellationToken cancellation)
    {
        var proposal = incoming.Proposal;
        var bodyHash = SHA256.HashData(incoming.Body.Span);
        var policy = gate.Policy;
        var counted = incoming.Refused is null ? gate.Count(database, policy, proposal) : null;
        var submission = incoming.Refused is null ? Prepare(policy, Guid.CreateVersion7(time.GetUtcNow()), actor, incoming, reviewedBefore: false, counted, null) : null;
        var face = submission is null ? null : ReviewFace.Of(proposal, submission.Gate);
        var result = await writer.RunAsync<Result<Pending>>(
            scope =>
            {
                if (key is not null && Idempotency.Find(scope, actor.Owner, key) is { } first)
                {
                    return first.BodyHash.AsSpan().SequenceEqual(bodyHash)
                        ? new Pending(first.Review, 1, first.Answer, null, null, false)
                        : new Refusal.IdempotencyKeyReused("Idempotency-Key");
                }

                if (proposal.ExternalId is { } external
                    && ReviewRows.FindExternal(scope, actor.Owner, proposal.Source.System, external) is { } taken)
                {
                    return taken.BodyHash.AsSpan().SequenceEqual(bodyHash) && ReviewRows.Load(scope, taken.Id) is { } same && contents.Read(scope, same.State) is { } known
                        ? new Pending(taken.Id, same.State.Revision, null, same.State, known.Gate, false)
                        : new Refusal.ExternalIdTaken(taken.Id);
                }

                if (submission is null || face is null)
                {
                    return incoming.Refused!;
                }

                var current = Recheck(scope, submission, counted);
                var retried = proposal.RetryOf is { } retryOf ? ReviewRows.Load(scope, retryOf) : null;
                var moment = runner.Moment(scope, proposal.Source.System, current.Gate.Kind);
                var decision = SourceDecider.Submit(current, retried?.State, moment);
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                var recording = runner.Add(
                    scope, current.Review, actor.Id, decision, current == submission ? face : ReviewFace.Of(proposal, current.Gate), bodyHash);
                gate.Note(scope, proposal, current.Review, 1, recording.Entries[0].Seq);
                if (retried is not null)
                {
                    runner.Save(scope, retried, actor.Id, null, null, ExecutionDecider.Replace(retried.State, current.Review));
                }

                byte[]? bytes = null;
                if (key is not null)
                {
                    bytes = answer(recording.State, current.Gate);
                    Idempotency.Add(scope, actor.Owner, key, bodyHash, current.Review, bytes);
                }

                return new Pending(current.Review, 1, bytes, recording.State, current.Gate, true);
            },
            cancellation).ConfigureAwait(false);
        return result.Value is { } pending
            ? new Submitted201(pending.Id, pending.Revision, pending.Answer ?? answer(pending.State!, pending.Gate!), pending.IsNew)
            : result.Refusal!;
    }

    // The answer is made on the Writer's thread only where it is kept with a key; else the request's thread makes it.
    private sealed record Pending(Guid Id, int Revision, byte[]? Answer, ReviewState? State, GateResult? Gate, bool IsNew);

    /// <summary>A new revision; <paramref name="answered"/> is the reply to a question.</summary>
    public async Task<Result<ReviewState>> ReviseAsync(
        SourceActor actor, Guid id, int expected, Incoming incoming, string? answered, CancellationToken cancellation)
    {
        if (incoming.Refused is { } refused)
        {
            return refused;
        }

        var policy = gate.Policy;
        var counted = gate.Count(database, policy, incoming.Proposal, id);
        var submission = Prepare(policy, id, actor, incoming, reviewedBefore: true, counted, Changes(policy, id, expected, incoming.Proposal));
        var bodyHash = SHA256.HashData(incoming.Body.Span);
        return await writer.RunAsync<Result<ReviewState>>(
            scope =>
            {
                if (Own(scope, actor, id) is not { } stored)
                {
                    return new Refusal.UnknownReview();
                }

                if (incoming.Proposal.Source.System != stored.System)
                {
                    return new Refusal.Invalid("#/source/system", "A revision keeps the source system of its review.");
                }

                if (incoming.Proposal.ExternalId != stored.ExternalId)
                {
                    return new Refusal.Invalid("#/externalId", "A revision keeps the externalId of its review.");
                }

                var current = Recheck(scope, submission, counted);
                var decision = SourceDecider.Revise(stored.State, expected, current, answered, runner.Moment(scope, stored));
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                var recording = runner.Revise(scope, stored, actor.Id, decision, ReviewFace.Of(incoming.Proposal, current.Gate), bodyHash);
                gate.Note(scope, incoming.Proposal, id, recording.State.Revision, recording.Entries[0].Seq);
                return recording.State;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <param name="bytes">RFC 8785 bytes of the list <c>[{name, fingerprint}]</c>.</param>
    public Task<Result<ReviewState>> ReportPreconditionsAsync(SourceActor actor, Guid id, byte[] bytes, CancellationToken cancellation) =>
        ChangeAsync(actor, id, (scope, stored) => SourceDecider.ReportPreconditions(stored.State, bytes), cancellation);

    public Task<Result<ReviewState>> CancelAsync(SourceActor actor, Guid id, string? reason, CancellationToken cancellation)
    {
        // The content of the newest revision; one that comes in between is read again on the Writer's thread, which is rare.
        using var connection = database.Open();
        var content = ReviewRows.Load(connection, id) is { } known ? contents.Read(known.State) : null;
        return ChangeAsync(
            actor,
            id,
            (scope, stored) =>
            {
                var current = content is not null && content.Matches(stored.State) ? content : contents.Read(scope, stored.State);
                return current is null ? new Refusal.UnknownReview() : SourceDecider.Cancel(stored.State, current, reason, runner.Moment(scope, stored));
            },
            cancellation);
    }

    public Task<Result<ReviewState>> ReportAsync(
        SourceActor actor, Guid id, ExecutionStatus status, string actionDigest, string? detail, string? reference, CancellationToken cancellation) =>
        ChangeAsync(
            actor,
            id,
            (scope, stored) =>
                ExecutionDecider.Report(stored.State, status, actionDigest, detail, reference, runner.Moment(scope, stored)),
            cancellation);

    private Task<Result<ReviewState>> ChangeAsync(
        SourceActor actor, Guid id, Func<WriteScope, StoredReview, Decision> decide, CancellationToken cancellation) =>
        writer.RunAsync<Result<ReviewState>>(
            scope =>
            {
                if (Own(scope, actor, id) is not { } stored)
                {
                    return new Refusal.UnknownReview();
                }

                var decision = decide(scope, stored);
                var recording = runner.Save(scope, stored, actor.Id, null, null, decision);
                return decision.Refusal is { } refusal ? refusal : recording.State;
            },
            cancellation);

    /// <summary>Against the revision that it says it follows; nobody knows when that is not the newest, and then it is refused anyway.</summary>
    private FrozenSet<string>? Changes(GatePolicy policy, Guid id, int expected, Proposal proposal)
    {
        using var connection = database.Open();
        return ReviewRows.Load(connection, id) is { } stored && stored.State.Revision == expected && contents.Read(stored.State) is { } before
            ? RevisionChanges.Between(policy, before.Proposal with { Preconditions = before.Preconditions }, proposal)
            : null;
    }

    private Submission Prepare(
        GatePolicy policy, Guid id, SourceActor actor, Incoming incoming, bool reviewedBefore, WindowReading? counted, FrozenSet<string>? changed)
    {
        var proposal = incoming.Proposal;
        var digest = proposal.Effective.Digest;
        var result = gate.Ask(policy, proposal, digest, reviewedBefore, incoming.Unshowable, counted, changed);
        return new Submission(
            id, actor.Owner, proposal, digest, result, [.. ProposalSeal.Of(proposal), new SealedPart(SealedNames.Gate, SealedGate.Write(result))]);
    }

    /// <summary>The verdict is made again only when what it rests on has moved since it was made.</summary>
    private Submission Recheck(WriteScope scope, Submission submission, WindowReading? counted)
    {
        var result = gate.Recheck(scope, submission.Proposal, submission.ActionDigest, submission.Review, submission.Gate, counted);
        return ReferenceEquals(result, submission.Gate) ? submission : submission with
        {
            Gate = result,
            Sealed = [.. submission.Sealed.Where(static part => part.Name != SealedNames.Gate), new SealedPart(SealedNames.Gate, SealedGate.Write(result))],
        };
    }

    /// <summary>Somebody else's review answers like one that is not there.</summary>
    private static StoredReview? Own(WriteScope scope, SourceActor actor, Guid id) =>
        ReviewRows.Load(scope, id) is { } stored && stored.State.Owner == actor.Owner && actor.Systems.Contains(stored.System) ? stored : null;
}
