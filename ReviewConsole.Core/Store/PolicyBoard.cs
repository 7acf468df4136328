using System.Collections.Frozen;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>A published version, read, with what it says of deciding.</summary>
internal sealed record PolicyVersion(GatePolicy Policy)
{
    public ReviewRules Rules { get; } = new(
        Enum.GetValues<DecisionKind>().ToDictionary(
            static decision => decision,
            decision => (IReadOnlyList<ReasonCode>)[.. Policy.Reasons(decision.Word()).Select(static reason => new ReasonCode(reason.Code, reason.Label))]),
        Policy.Queues,
        Policy.ExpertQueue,
        Policy.ClaimMinutes);
}

/// <summary>
/// Every version that was ever published, and which one is in force. The board shows what is on disk and is read anywhere; a write asks with its scope, where what the
/// writes before it in the same batch have published counts already.
/// </summary>
internal sealed class PolicyBoard(TimeProvider time)
{
    private volatile Snapshot _now = new(new PolicyForce([]), FrozenDictionary<long, PolicyVersion>.Empty);

    public PolicyVersion InForce => _now.At(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The version in force as this write finds it.</summary>
    public PolicyVersion At(WriteScope scope)
    {
        var now = _now;
        return (PolicyRows.Newest(scope) == now.Force.Newest ? now : Read(scope.Connection, now)).At(scope.Now);
    }

    /// <summary>
    /// The version that judged a review. Reviews from before versions were kept may have met one that nobody has any more; for them, as ever, the one in force counts.
    /// </summary>
    public PolicyVersion Of(string? digest) => digest is not null && _now.ByDigest.TryGetValue(digest, out var version) ? version : InForce;

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

    /// <summary>Shows, once it is on disk, what this write has put into force.</summary>
    public void Changed(WriteScope scope)
    {
        var next = Read(scope.Connection, _now);
        scope.AfterCommit(() => _now = next);
    }

    // A published text never changes, so what was read before is not read again.
    private static Snapshot Read(SqliteConnection connection, Snapshot known)
    {
        var versions = new Dictionary<long, PolicyVersion>(known.Versions);
        foreach (var stored in PolicyRows.Published(connection).Where(stored => !known.Versions.ContainsKey(stored.Number)))
        {
            if (PolicyReader.Read(stored.Text, stored.Base).Policy is { } policy && policy.Digest == stored.Digest)
            {
                versions.Add(stored.Number, new PolicyVersion(policy));
            }
        }

        return new Snapshot(PolicyRows.Force(connection), versions);
    }

    private sealed class Snapshot(PolicyForce force, IReadOnlyDictionary<long, PolicyVersion> versions)
    {
        public PolicyForce Force => force;

        public IReadOnlyDictionary<long, PolicyVersion> Versions => versions;

        public FrozenDictionary<string, PolicyVersion> ByDigest { get; } = versions.Values.ToFrozenDictionary(static version => version.Policy.Digest, StringComparer.Ordinal);

        public PolicyVersion At(long time) => versions[force.At(time)?.Policy ?? throw new InvalidOperationException("No policy was opened.")];
    }
}
