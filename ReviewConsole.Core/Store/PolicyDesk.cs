using System.Text;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <param name="IsNew">False for one that was there with this very text.</param>
internal sealed record ImportedPolicy(StoredPolicy Policy, bool IsNew);

/// <summary>
/// The life of a policy: draft, shadow, published by somebody else, rolled back. Only what reads as a policy is ever saved, so nothing malformed can come into force. Each act
/// is recorded; what a shadow would have said is worked out from what was recorded since, so that it costs no submit anything.
/// </summary>
internal sealed class PolicyDesk(Writer writer, ReadDatabase database, PolicyBoard board, TimeProvider time)
{
    private const int LongestReason = 4_000;

    private static readonly Refusal s_locked = new Refusal.Invalid("#/policy", "The policy comes from a file and is locked here: change the file, and start again.");
    private static readonly Refusal s_unknown = new Refusal.Invalid("#/policy", "There is no such policy.");

    /// <summary>The policy comes from a file; set by <see cref="OpenAsync"/>.</summary>
    public bool Locked { get; private set; }

    /// <summary>
    /// At the start: records what the file holds where something else is in force or to come, and at the very first start the policy that ships. Without a file, what was in
    /// force stays, also over an upgrade: a policy moves by an act and by nothing else.
    /// </summary>
    /// <exception cref="InvalidDataException">What is in force cannot be read.</exception>
    public async Task OpenAsync(GatePolicy? file, CancellationToken cancellation)
    {
        Locked = file is not null;
        await writer.RunAsync(
            scope =>
            {
                var force = PolicyRows.Force(scope.Connection);
                if (file is null && force.Acts.Count > 0)
                {
                    return false;
                }

                var policy = file ?? PolicyReader.Default;
                var known = PolicyRows.FindPublished(scope.Connection, policy.Digest);
                if (known is not null && force.At(scope.Now)?.Policy == known.Number && force.Next(scope.Now) is null)
                {
                    return false;
                }

                PutIntoForce(scope, PolicyEntries.Loaded(
                    scope, known ?? PolicyRows.Save(scope, null, policy, PolicyState.Published, []), file is null ? PolicyActKind.Shipped : PolicyActKind.File, known is null));
                return true;
            },
            cancellation).ConfigureAwait(false);
        using var connection = database.Open();
        board.Load(connection);
    }

    public PolicyShelf Read()
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        var (force, now) = (PolicyRows.Force(connection), time.GetUtcNow().ToUnixTimeMilliseconds());
        return new PolicyShelf(
            PolicyRows.All(connection),
            [.. force.Acts.Select(act => new ToldAct(act, ledger.Opening(act.Seq, SealedNames.Reason) is { } bytes ? Encoding.UTF8.GetString(bytes) : null))],
            force.At(now)!, force.Next(now), Locked, DemotionRows.All(connection));
    }

    /// <summary>Saves a text as a draft; its writer is one of its authors from now on. Saving what stands there already is no act.</summary>
    /// <param name="over">The draft it replaces, by number, and its digest as it was read; null for a new one. A shadow that is saved over is a draft again.</param>
    public async Task<Result<StoredPolicy>> SaveAsync(PersonActor actor, (long Number, string Digest)? over, string text, CancellationToken cancellation)
    {
        if (!actor.May(Permission.PolicyDraft))
        {
            return new Refusal.NotPermitted(Permission.PolicyDraft.Name());
        }

        var reading = PolicyReader.Read(text);
        return reading.Policy is not { } policy
            ? new Refusal.PolicyMalformed(reading.Errors)
            : await ActAsync(actor, Permission.PolicyDraft, (scope, person) => Save(scope, person, over, policy), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// A text from a file as a new draft of <paramref name="author"/>, who need not be signed in: whoever may write in the data folder may name them. What is in force already, or waits
    /// as a draft, is not saved again.
    /// </summary>
    public async Task<Result<ImportedPolicy>> ImportAsync(Person author, string text, CancellationToken cancellation)
    {
        var reading = PolicyReader.Read(text);
        return reading.Policy is not { } policy
            ? new Refusal.PolicyMalformed(reading.Errors)
            : await writer.RunAsync<Result<ImportedPolicy>>(
                scope => PeopleStore.Active(scope, author.Id)?.Actor(session: null) is not { } person || !person.May(Permission.PolicyDraft)
                    ? new Refusal.NotPermitted(Permission.PolicyDraft.Name())
                    : Locked ? s_locked
                    : Known(scope, policy.Digest) is { } known ? new ImportedPolicy(known, IsNew: false)
                    : Save(scope, person, over: null, policy, via: "cli").Value is { } saved ? new ImportedPolicy(saved, IsNew: true)
                    : s_unknown,
                cancellation).ConfigureAwait(false);
    }

    private static StoredPolicy? Known(WriteScope scope, string digest)
    {
        var inForce = PolicyRows.Force(scope.Connection).At(scope.Now)?.Policy;
        return PolicyRows.All(scope.Connection).LastOrDefault(stored => stored.Digest == digest && (stored.Number == inForce || stored.State is PolicyState.Draft or PolicyState.Shadow));
    }

    /// <summary>From now on it can be compared with what really happens.</summary>
    public Task<Result<StoredPolicy>> ShadowAsync(PersonActor actor, long number, string digest, CancellationToken cancellation) => ReadableAsync(
        actor, Permission.PolicyDraft, number, Unchecked,
        (scope, person, stored) =>
        {
            if (Unfinished(stored, digest) is { } refusal)
            {
                return refusal;
            }

            if (stored.State == PolicyState.Shadow)
            {
                return stored;
            }

            PolicyEntries.Shadowed(scope, person, stored);
            return PolicyRows.SetState(scope, stored, PolicyState.Shadow);
        },
        cancellation);

    public Task<Result<StoredPolicy>> DiscardAsync(PersonActor actor, long number, string digest, CancellationToken cancellation) => ActAsync(
        actor,
        Permission.PolicyDraft,
        (scope, person) =>
        {
            if (PolicyRows.Find(scope.Connection, number) is not { } stored)
            {
                return s_unknown;
            }

            if (Unfinished(stored, digest) is { } refusal)
            {
                return refusal;
            }

            PolicyEntries.Discarded(scope, person, stored);
            return PolicyRows.SetState(scope, stored, PolicyState.Discarded);
        },
        cancellation);

    /// <summary>Puts a draft into force, by somebody who wrote nothing of it; none that lets anything through of which no random sample goes to a person.</summary>
    /// <param name="digest">Of the text that the publisher has read.</param>
    /// <param name="effective">Unix ms; null for at once. It cancels what was to come.</param>
    public Task<Result<StoredPolicy>> PublishAsync(PersonActor actor, long number, string digest, long? effective, string reason, CancellationToken cancellation) => ReadableAsync(
        actor, Permission.PolicyPublish, number,
        Unaudited,
        (scope, person, stored) =>
        {
            if ((Unfinished(stored, digest) ?? Personal(scope, stored, person) ?? Unsaid(reason)) is { } refusal)
            {
                return refusal;
            }

            if (effective < scope.Now)
            {
                return new Refusal.Invalid("#/effective", "A policy comes into force now or later.");
            }

            if (PolicyRows.Highest(scope, stored.Name) is var highest && stored.Version <= highest)
            {
                return new Refusal.Invalid("#/version", $"“{stored.Name}” was published up to version {highest}; give this text a higher one.");
            }

            var published = PolicyRows.SetState(scope, stored, PolicyState.Published);
            PutIntoForce(scope, PolicyEntries.PutIntoForce(scope, person, published, PolicyActKind.Published, effective ?? scope.Now, reason));
            return published;
        },
        cancellation);

    /// <summary>
    /// Puts what was published before into force again, at once. It cancels what was to come, and for that may name what is in force. A file or an earlier program may have put
    /// into force what nobody could publish here; that does not come back this way.
    /// </summary>
    public Task<Result<StoredPolicy>> RollBackAsync(PersonActor actor, long number, string reason, CancellationToken cancellation)
    {
        Refusal? unaudited = null;
        return ReadableAsync(
            actor,
            Permission.PolicyPublish,
            number,
            policy =>
            {
                unaudited = Unaudited(policy);
                return null;
            },
            (scope, person, stored) => RollBack(scope, person, stored, reason, unaudited),
            cancellation);
    }

    private Result<StoredPolicy> RollBack(WriteScope scope, PersonActor person, StoredPolicy stored, string reason, Refusal? unaudited)
    {
        if (stored.State != PolicyState.Published)
        {
            return new Refusal.Invalid("#/policy", "It was never published.");
        }

        if ((Personal(scope, stored, person) ?? Unsaid(reason)) is { } refusal)
        {
            return refusal;
        }

        var force = PolicyRows.Force(scope.Connection);
        var isInForce = force.At(scope.Now)?.Policy == stored.Number;
        if (isInForce && force.Next(scope.Now) is null)
        {
            return new Refusal.Invalid("#/policy", "It is in force.");
        }

        if (!isInForce && unaudited is not null)
        {
            return unaudited;
        }

        PutIntoForce(scope, PolicyEntries.PutIntoForce(scope, person, stored, PolicyActKind.RolledBack, scope.Now, reason));
        return stored;
    }

    private static Refusal? Unchecked(GatePolicy policy) => null;

    private static Refusal.Invalid? Unaudited(GatePolicy policy) => PublishCheck.Of(policy) is [var finding, ..] ? new Refusal.Invalid("#/rules", finding.ToString()) : null;

    private static Result<StoredPolicy> Save(WriteScope scope, PersonActor person, (long Number, string Digest)? over, GatePolicy policy, string? via = null)
    {
        var stored = over is { } known ? PolicyRows.Find(scope.Connection, known.Number) : null;
        if (over is { } expected && (stored is null ? s_unknown : Unfinished(stored, expected.Digest)) is { } refusal)
        {
            return refusal;
        }

        if (stored?.Digest == policy.Digest)
        {
            return stored;
        }

        // Whose text it is already stays its author, also when the row it is copied from changes.
        string[] authors = [.. (stored?.Authors ?? []).Union(PolicyRows.Authors(scope.Connection, policy.Digest)).Union([person.Id])];
        var saved = PolicyRows.Save(scope, stored?.Number, policy, PolicyState.Draft, authors);
        PolicyEntries.Drafted(scope, person, saved, via);
        return saved;
    }

    private void PutIntoForce(WriteScope scope, PolicyAct act)
    {
        PolicyRows.Add(scope, act);
        board.Changed(scope);
    }

    /// <summary>What was saved by another program may be no policy for this one: it is read once more, outside of the Writer, before anything rests on it.</summary>
    private async Task<Result<StoredPolicy>> ReadableAsync(
        PersonActor actor, Permission needed, long number, Func<GatePolicy, Refusal?> check, Func<WriteScope, PersonActor, StoredPolicy, Result<StoredPolicy>> act,
        CancellationToken cancellation)
    {
        if (!actor.May(needed))
        {
            return new Refusal.NotPermitted(needed.Name());
        }

        if (Find(number) is not { } read)
        {
            return s_unknown;
        }

        var reading = PolicyReader.Read(read.Text, read.Base);
        if (reading.Policy is not { } policy)
        {
            return new Refusal.PolicyMalformed(reading.Errors);
        }

        // Outside of the Writer too: it compares every rule with every other.
        var refused = check(policy);
        return await ActAsync(
            actor,
            needed,
            (scope, person) => PolicyRows.Find(scope.Connection, number) is not { } stored ? s_unknown
                : stored.Digest != policy.Digest ? new Refusal.PolicyMoved(stored.Digest)
                : refused is not null ? refused
                : act(scope, person, stored),
            cancellation).ConfigureAwait(false);
    }

    private Task<Result<StoredPolicy>> ActAsync(
        PersonActor actor, Permission needed, Func<WriteScope, PersonActor, Result<StoredPolicy>> act, CancellationToken cancellation) => writer.RunAsync(
        scope => PeopleStore.Current(scope, actor) is not { } person || !person.May(needed) ? new Refusal.NotPermitted(needed.Name())
            : Locked ? s_locked
            : act(scope, person),
        cancellation);

    private StoredPolicy? Find(long number)
    {
        using var connection = database.Open();
        return PolicyRows.Find(connection, number);
    }

    private static Refusal? Unfinished(StoredPolicy policy, string digest) => policy.State switch
    {
        PolicyState.Published => new Refusal.Invalid("#/policy", "It was published and never changes; save a new draft."),
        PolicyState.Discarded => new Refusal.Invalid("#/policy", "It was discarded; save a new draft."),
        _ => policy.Digest == digest ? null : new Refusal.PolicyMoved(policy.Digest),
    };

    private static Refusal.ConflictOfInterest? Personal(WriteScope scope, StoredPolicy policy, PersonActor person) => PolicyRows.Authors(scope.Connection, policy.Digest).Contains(person.Id)
        ? new Refusal.ConflictOfInterest("You wrote on this policy, so somebody else has to put it into force.")
        : null;

    private static Refusal? Unsaid(string reason) => reason.Trim().Length == 0 ? new Refusal.RationaleRequired(1)
        : reason.Length > LongestReason ? new Refusal.Invalid("#/reason", $"Must be at most {LongestReason} characters.")
        : null;
}
