using System.Collections.Frozen;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>A published version, read, with what it says of deciding.</summary>
internal sealed record PolicyVersion(GatePolicy Policy)
{
    /// <summary>Its automation rules that people found fault with since it was first put into force.</summary>
    public FrozenSet<string> Demoted { get; init; } = [];

    public ReviewRules Rules { get; } = new(
        Enum.GetValues<DecisionKind>().ToDictionary(
            static decision => decision,
            decision => (IReadOnlyList<ReasonCode>)[.. Policy.Reasons(decision.Word()).Select(static reason => new ReasonCode(reason.Code, reason.Label))]),
        Policy.Queues,
        Policy.ExpertQueue,
        Policy.ClaimMinutes);

    /// <summary>Some rule says that who wrote on it neither approves nor corrects.</summary>
    public bool BarsAuthors { get; } = Policy.Rules.Any(static rule => rule.NotBy.HasFlag(NotBy.PolicyAuthor));
}

/// <summary>
/// Every version that was ever published, which one is in force, and which of its automation rules are demoted. The board shows what is on disk and is read anywhere; a write asks with its scope, where what the
/// writes before it in the same batch have published counts already.
/// </summary>
internal sealed class PolicyBoard(TimeProvider time)
{
    private volatile Snapshot _now = new(new PolicyForce([]), [], FrozenDictionary<long, PolicyVersion>.Empty, []);

    public PolicyVersion InForce => _now.At(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Published versions that this program cannot read as they were published.</summary>
    public IReadOnlyList<StoredPolicy> Unread => _now.Unread;

    /// <summary>The version in force as this write finds it.</summary>
    public PolicyVersion At(WriteScope scope)
    {
        var now = _now;
        return (PolicyRows.Newest(scope) == now.Newest ? now : Read(scope.Connection, now)).At(scope.Now);
    }

    /// <summary>
    /// The version that judged a review. Reviews from before versions were kept may have met one that nobody has any more; for them, as ever, the one in force counts. One that
    /// is there and unread is shown with the words of the one in force, and nobody decides under it (<see cref="Refuse"/>).
    /// </summary>
    public PolicyVersion Of(string? digest) => digest is not null && _now.ByDigest.TryGetValue(digest, out var version) ? version : InForce;

    /// <summary>The demoted automation rules of a text by its digest. One that was never put into force has none: whoever publishes it starts its rules anew.</summary>
    public FrozenSet<string> DemotedOf(string digest) => _now.ByDigest.TryGetValue(digest, out var version) ? version.Demoted : [];

    /// <summary>Why nobody can decide what the version of this digest judged: it is kept, and this program cannot read it. Null for every other one.</summary>
    public Refusal? Refuse(string? digest) => Unread.FirstOrDefault(stored => stored.Digest == digest) is { } stored
        ? new Refusal.Invalid(
            "#/revision",
            $"The policy “{stored.Name}” {stored.Version} judged this and this program cannot read it. Have the source send a new revision, or start the program that published it.")
        : null;

    /// <exception cref="InvalidDataException">The version in force, or to come, cannot be read.</exception>
    public void Load(SqliteConnection connection)
    {
        var read = Read(connection, _now);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var act in new[] { read.Force.At(now), read.Force.Next(now) }.OfType<PolicyAct>().Where(act => !read.Versions.ContainsKey(act.Policy)))
        {
            throw new InvalidDataException(
                $"The policy {StoredPolicy.IdOf(act.Policy)} is to be in force and this program cannot read it as it was published. Start the program that published it, or name a file in Policy:File.");
        }

        _now = read;
    }

    /// <summary>Shows, once it is on disk, what this write has put into force or demoted.</summary>
    public void Changed(WriteScope scope)
    {
        var next = Read(scope.Connection, _now);
        scope.AfterCommit(() => _now = next);
    }

    // A published text never changes, so what was read before is not read again.
    private static Snapshot Read(SqliteConnection connection, Snapshot known)
    {
        var versions = new Dictionary<long, PolicyVersion>(known.Versions);
        var unread = new List<StoredPolicy>();
        foreach (var stored in PolicyRows.Published(connection).Where(stored => !known.Versions.ContainsKey(stored.Number)))
        {
            if (PolicyRows.Policy(stored) is { } policy)
            {
                versions.Add(stored.Number, new PolicyVersion(policy));
            }
            else
            {
                unread.Add(stored);
            }
        }

        var (force, demotions) = (PolicyRows.Force(connection), DemotionRows.All(connection));
        foreach (var (number, version) in versions.Where(static version => version.Value.Policy.Rules.Any(static rule => rule.Automation is not null)).ToList())
        {
            versions[number] = version with { Demoted = Demoted(force, demotions, number, version.Policy) };
        }

        return new Snapshot(force, demotions, versions, unread);
    }

    // A version that was first put into force after a demotion is somebody's answer to it; of one whose beginning nobody knows, every demotion counts.
    private static FrozenSet<string> Demoted(PolicyForce force, IReadOnlyList<Demotion> demotions, long number, GatePolicy policy)
    {
        var since = force.Acts.FirstOrDefault(act => act.Policy == number)?.Seq ?? -1;
        return demotions.Where(demotion => demotion.Seq > since && policy.Rules.Any(rule => rule.Automation is not null && rule.Name == demotion.Rule))
            .Select(static demotion => demotion.Rule).ToFrozenSet(StringComparer.Ordinal);
    }

    private sealed class Snapshot(PolicyForce force, IReadOnlyList<Demotion> demotions, IReadOnlyDictionary<long, PolicyVersion> versions, IReadOnlyList<StoredPolicy> unread)
    {
        /// <summary>As <see cref="PolicyRows.Newest"/>.</summary>
        public long Newest { get; } = Math.Max(force.Newest, demotions is [.., var last] ? last.Seq : -1);

        public IReadOnlyList<StoredPolicy> Unread => unread;

        public PolicyForce Force => force;

        public IReadOnlyDictionary<long, PolicyVersion> Versions => versions;

        public FrozenDictionary<string, PolicyVersion> ByDigest { get; } = versions.Values.ToFrozenDictionary(static version => version.Policy.Digest, StringComparer.Ordinal);

        public PolicyVersion At(long time) => versions[force.At(time)?.Policy ?? throw new InvalidOperationException("No policy was opened.")];
    }
}
