using System.Security.Cryptography;
using System.Text.Json;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What people do to reviews, by screen or API alike: every rule is in the command, in the write transaction.</summary>
internal sealed class ReviewerDesk(
    Writer writer, ReadDatabase database, ReviewRunner runner, Gatekeeper gate, Corrections corrections, ContentReader contents, PeopleDirectory people, TimeProvider time)
{
    /// <summary>Names what rendered the evidence that a decision's <c>presented</c> part speaks of.</summary>
    public const string Renderer = "console/1";

    private const int MostLooks = 5;

    internal static readonly Refusal Ended = new Refusal.NotPermitted("a session that is still open");

    public Task<Result<ClaimAnswer>> ClaimAsync(PersonActor actor, Guid id, Via via, CancellationToken cancellation)
    {
        var token = Guid.CreateVersion7(time.GetUtcNow());
        return ChangeAsync(
            actor,
            id,
            via,
            null,
            (person, scope, stored) => ClaimDecider.Claim(stored.State, person, token, gate.RulesOf(stored.State), runner.Moment(scope, stored)),
            (scope, recording) =>
            {
                if (recording.Entries.Count > 0)
                {
                    SeenRows.Clear(scope, id, actor.Id);
                }

                return Claim(recording.State)!;
            },
            cancellation);
    }

    public Task<Result<ClaimAnswer>> RenewAsync(PersonActor actor, Guid id, Guid token, CancellationToken cancellation) =>
        OnStoredAsync<ClaimAnswer>(
            actor,
            id,
            (person, scope, stored) =>
            {
                var (refusal, until) = ClaimDecider.Renew(stored.State, person, token, gate.RulesOf(stored.State), runner.Moment(scope, stored));
                if (refusal is not null)
                {
                    return refusal;
                }

                scope.Prepare("UPDATE review SET claim_until = $until WHERE id = $id").With("$until", until).With("$id", id.ToString()).ExecuteNonQuery();
                scope.Touch(id);
                return Claim(stored.State with { ClaimUntil = until })!;
            },
            cancellation);

    /// <param name="token">The claim, or null to end somebody else's with the permission for it.</param>
    public Task<Result<ReviewState>> ReleaseClaimAsync(PersonActor actor, Guid id, Guid? token, Via via, CancellationToken cancellation) =>
        ChangeAsync(
            actor,
            id,
            via,
            null,
            (person, scope, stored) => ClaimDecider.Release(stored.State, person, token, runner.Moment(scope, stored)),
            static (_, recording) => recording.State,
            cancellation);

    /// <summary>Gives the claim back with a reason; this person is served the review again after all others.</summary>
    public Task<Result<ReviewState>> SkipAsync(PersonActor actor, Guid id, Guid token, SkipReason reason, CancellationToken cancellation) =>
        ChangeAsync(
            actor,
            id,
            Via.Screen,
            null,
            (person, scope, stored) => ClaimDecider.Skip(stored.State, person, token, reason, runner.Moment(scope, stored)),
            (scope, recording) =>
            {
                ColleagueRows.Skip(scope, recording.State, actor.Id);
                return recording.State;
            },
            cancellation);

    public Task<Result<ReviewState>> AssignAsync(
        PersonActor actor, Guid id, string? person, string? queue, string? note, Via via, CancellationToken cancellation)
    {
        if (person is not null && people.Person(person) is not { Active: true })
        {
            return Task.FromResult<Result<ReviewState>>(new Refusal.Invalid("#/to/person", $"There is nobody with the id '{person}'."));
        }

        return ChangeAsync(
            actor,
            id,
            via,
            null,
            (by, scope, stored) => ClaimDecider.Assign(
                stored.State, by, person, person is null ? [] : Skill.Missing(stored.State.Gate.Skills, PeopleStore.Active(scope, person)?.Skills), queue, note, gate.RulesOf(stored.State)),
            static (_, recording) => recording.State,
            cancellation);
    }

    /// <summary>Credits evidence in view; answers what this person has of that piece now, in milliseconds.</summary>
    public Task<Result<long>> SeenAsync(PersonActor actor, Guid id, string evidence, long milliseconds, CancellationToken cancellation) =>
        OnStoredAsync<long>(
            actor,
            id,
            (person, scope, stored) =>
            {
                var moment = runner.Moment(scope, stored);
                var state = stored.State;
                if (States.NotPending(state) is { } refusal)
                {
                    return refusal;
                }

                if (ClaimDecider.Holds(state, person, state.Claim?.Token ?? Guid.Empty, moment) is { } lost)
                {
                    return lost;
                }

                if (contents.Read(scope, state)?.Proposal.Evidence.Any(item => item.Id == evidence) != true)
                {
                    return new Refusal.Invalid("#/evidence", $"The review has no evidence '{evidence}'.");
                }

                return SeenRows.Credit(scope, state, person.Id, evidence, milliseconds, moment.Now);
            },
            cancellation);

    public Task<Result<JudgementAnswer>> JudgeAsync(PersonActor actor, Guid id, Judging judging, CancellationToken cancellation) =>
        OnceAsync(
            actor, id, $"judgement\n{judging.Revision}\n{judging.Decision}\n{judging.Claim}\n{judging.Note}", judging.OperationId, judging.Via, DeskJson.Default.JudgementAnswer,
            JudgementDecider.MayJudge,
            (person, scope, stored, content) => JudgementDecider.Judge(
                stored.State, content, person,
                new JudgeCommand(judging.Revision, judging.Decision, judging.Note, judging.Claim, Renderer, SeenRows.Presented(scope, stored.State, person.Id)),
                runner.Moment(scope, stored)),
            state => state.JudgementOf(actor.Id) is { } said ? new JudgementAnswer(said.Decision, said.At, said.Seq) : throw new InvalidOperationException("A judgement that was recorded is not in the state."),
            cancellation);

    public async Task<Result<DecisionAnswer>> DecideAsync(PersonActor actor, Guid id, Deciding deciding, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostLooks; tries++)
        {
            if (await TryDecideAsync(actor, id, deciding, cancellation).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }

        return new Refusal.StaleRevision(deciding.Revision);
    }

    /// <summary>Null when what the correction was compared with has moved on: comparing takes as long as the proposal is large, and nobody writes meanwhile.</summary>
    private async Task<Result<DecisionAnswer>?> TryDecideAsync(PersonActor actor, Guid id, Deciding deciding, CancellationToken cancellation)
    {
        var (known, content) = Load(id);
        if (known is null || content is null)
        {
            return new Refusal.UnknownReview();
        }

        var (weighed, counted) = deciding.Correction is { } correcting ? corrections.Weigh(content, correcting) : default;
        return await writer.RunAsync<Result<DecisionAnswer>?>(
            scope =>
            {
                if (ReviewRows.Load(scope, id) is not { } stored)
                {
                    return new Refusal.UnknownReview();
                }

                if (PeopleStore.Current(scope, actor) is not { } person)
                {
                    return Ended;
                }

                if (Friction.Personal(content, person, deciding.Decision) is { } personal)
                {
                    return personal;
                }

                if (Idempotency.FindOperation(scope, person.Id, deciding.OperationId) is { } before)
                {
                    return before.BodyHash.AsSpan().SequenceEqual(deciding.BodyHash)
                        ? JsonSerializer.Deserialize(before.Answer, DeskJson.Default.DecisionAnswer)!
                        : new Refusal.IdempotencyKeyReused("operationId");
                }

                // What approvals are about may have moved on since the content was read; it is rare.
                var asRead = stored.State.ContentSeq == known.State.ContentSeq && stored.State.CorrectionSeq == known.State.CorrectionSeq
                    && stored.State.PreconditionsSeq == known.State.PreconditionsSeq;
                if ((asRead ? content : contents.Read(scope, stored.State)) is not { } current)
                {
                    return new Refusal.UnknownReview();
                }

                // A correction that was made for another revision is refused as stale.
                if (!asRead && current.Revision == deciding.Revision && weighed is not null)
                {
                    return null;
                }

                if (gate.Refuse(stored.State) is { } unread)
                {
                    return unread;
                }

                // How many alternatives there are is not said before the first judgement.
                var suggestion = current.Revision == deciding.Revision && !stored.State.Hides(person.Id) ? Suggestion(current, deciding) : default;
                if (suggestion.Refusal is { } gone)
                {
                    return gone;
                }

                var correction = weighed is null ? null : corrections.Recount(scope, content, weighed, counted);
                var seen = SeenRows.Read(scope, stored.State, person.Id);
                var command = new DecideCommand(
                    deciding.Revision, deciding.Decision, deciding.ReasonCode, deciding.Rationale, deciding.Message, deciding.Instruction,
                    suggestion.Value, correction, deciding.ToQueue, deciding.Acknowledged, deciding.Claim, deciding.OperationId, deciding.Via,
                    Renderer, SeenRows.Presented(scope, stored.State, person.Id));
                var decision = DecisionDecider.Decide(stored.State, current, person, command, seen, gate.RulesOf(scope.Connection, stored.State), runner.Moment(scope, stored));
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                var recording = runner.Save(scope, stored, person.Id, deciding.Via, deciding.OperationId, decision);
                if (correction is not null)
                {
                    gate.Note(scope, Corrections.Corrected(content, correction.Action), id, recording.State.Revision, recording.Entries[0].Seq);
                }

                var decided = (Decided)recording.Entries[0].Event;
                var answer = new DecisionAnswer(
                    recording.State.Status, recording.State.Held is null ? null : recording.State.ReleasesAt, decided.After, recording.Entries[0].Seq,
                    decided.Have, decided.Need);
                Idempotency.AddOperation(
                    scope, person.Id, deciding.OperationId, deciding.BodyHash, JsonSerializer.SerializeToUtf8Bytes(answer, DeskJson.Default.DecisionAnswer));
                return answer;
            },
            cancellation).ConfigureAwait(false);
    }

    public Task<Result<RecallAnswer>> RecallAsync(PersonActor actor, Guid id, string operationId, Via via, CancellationToken cancellation) =>
        OnceAsync(
            actor, id, "recall", operationId, via, DeskJson.Default.RecallAnswer, HoldDecider.MayRecall,
            (person, scope, stored, _) => HoldDecider.Recall(stored.State, person, gate.RulesOf(stored.State), runner.Moment(scope, stored)),
            static state => new RecallAnswer(state.Status, Claim(state)),
            cancellation);

    public Task<Result<ReviewState>> RollbackAsync(
        PersonActor actor, Guid id, string rationale, string operationId, Via via, CancellationToken cancellation) =>
        OnceAsync(
            actor, id, "rollback\n" + rationale, operationId, via, ReviewEventJson.Default.ReviewState, ExecutionDecider.MayFinish,
            (person, scope, stored, content) => ExecutionDecider.AskRollback(stored.State, content, person, rationale, runner.Moment(scope, stored)),
            static state => state,
            cancellation);

    public Task<Result<ReviewState>> CloseAsync(
        PersonActor actor, Guid id, string rationale, string operationId, Via via, CancellationToken cancellation) =>
        OnceAsync(
            actor, id, "close\n" + rationale, operationId, via, ReviewEventJson.Default.ReviewState, ExecutionDecider.MayFinish,
            (person, _, stored, _) => ExecutionDecider.Close(stored.State, person, rationale),
            static state => state,
            cancellation);

    /// <summary>What each decision still needs of this person; null for a review that is not there.</summary>
    public IReadOnlyList<DecisionOption>? Options(PersonActor actor, Guid id)
    {
        var (stored, content) = Load(id);
        if (stored is null || content is null)
        {
            return null;
        }

        using var connection = database.Open();
        var moment = new Moment(time.GetUtcNow().ToUnixTimeMilliseconds(), 0, gate.Line(stored.System, stored.Kind));
        return Friction.Options(stored.State, content, actor, SeenRows.Read(connection, stored.State, actor.Id), gate.RulesOf(connection, stored.State), moment);
    }

    /// <summary>What this person has been credited with for the current revision.</summary>
    public EvidenceSeen Seen(PersonActor actor, Guid id)
    {
        using var connection = database.Open();
        return ReviewRows.Load(connection, id) is { } stored ? SeenRows.Read(connection, stored.State, actor.Id) : EvidenceSeen.Nothing;
    }

    private static Result<ProposedAction?> Suggestion(ReviewContent content, Deciding deciding)
    {
        if (deciding.Alternative is not { } index)
        {
            return new Result<ProposedAction?>(null, null);
        }

        var alternatives = content.Proposal.Alternatives;
        return index >= 0 && index < alternatives.Count
            ? alternatives[index].Action
            : new Refusal.Invalid("#/alternative", $"The proposal has {alternatives.Count} alternatives, numbered from 0.");
    }

    private (StoredReview? Stored, ReviewContent? Content) Load(Guid id)
    {
        using var connection = database.Open();
        return ReviewRows.Load(connection, id) is { } stored ? (stored, contents.Read(stored.State)) : (null, null);
    }

    /// <summary>One command by one person who may give it; the same operation id is answered again.</summary>
    private Task<Result<T>> OnceAsync<T>(
        PersonActor actor, Guid id, string body, string operationId, Via via, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json,
        Func<PersonActor, Refusal?> personal, Func<PersonActor, WriteScope, StoredReview, ReviewContent, Decision> decide, Func<ReviewState, T> answer, CancellationToken cancellation)
    {
        var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{id}\n{body}"));
        return OnStoredAsync<T>(
            actor,
            id,
            (person, scope, stored) =>
            {
                if (personal(person) is { } refused)
                {
                    return refused;
                }

                if (Idempotency.FindOperation(scope, person.Id, operationId) is { } before)
                {
                    return before.BodyHash.AsSpan().SequenceEqual(hash)
                        ? JsonSerializer.Deserialize(before.Answer, json)!
                        : new Refusal.IdempotencyKeyReused("operationId");
                }

                if (contents.Read(scope, stored.State) is not { } content)
                {
                    return new Refusal.UnknownReview();
                }

                var decision = decide(person, scope, stored, content);
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                var result = answer(runner.Save(scope, stored, person.Id, via, operationId, decision).State);
                Idempotency.AddOperation(scope, person.Id, operationId, hash, JsonSerializer.SerializeToUtf8Bytes(result, json));
                return result;
            },
            cancellation);
    }

    private Task<Result<T>> ChangeAsync<T>(
        PersonActor actor, Guid id, Via via, string? op, Func<PersonActor, WriteScope, StoredReview, Decision> decide,
        Func<WriteScope, Recording, T> answer, CancellationToken cancellation) =>
        OnStoredAsync<T>(
            actor,
            id,
            (person, scope, stored) =>
            {
                var decision = decide(person, scope, stored);
                return decision.Refusal is { } refusal ? refusal : answer(scope, runner.Save(scope, stored, person.Id, via, op, decision));
            },
            cancellation);

    private Task<Result<T>> OnStoredAsync<T>(
        PersonActor actor, Guid id, Func<PersonActor, WriteScope, StoredReview, Result<T>> work, CancellationToken cancellation) =>
        writer.RunAsync(
            scope => ReviewRows.Load(scope, id) is not { } stored ? new Refusal.UnknownReview()
                : PeopleStore.Current(scope, actor) is { } person ? work(person, scope, stored)
                : Ended,
            cancellation);

    private static ClaimAnswer? Claim(ReviewState state) =>
        state.Claim is { } claim ? new ClaimAnswer(claim.Token, claim.Fence, state.ClaimUntil) : null;
}
