using System.Collections.Concurrent;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>What <see cref="PolicyLint"/> has found, by the policy's digest: it compares every rule with every other, so that each text is looked at once and beside whoever asks.</summary>
internal sealed class KnownFindings
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, IReadOnlyList<PolicyFinding>> _known = new(StringComparer.Ordinal);

    /// <summary>Null for a policy that nobody has asked about yet.</summary>
    public IReadOnlyList<PolicyFinding>? Find(GatePolicy policy) => _known.GetValueOrDefault(policy.Digest);

    public async Task<IReadOnlyList<PolicyFinding>> FindAsync(GatePolicy policy, CancellationToken cancellation)
    {
        var found = await Task.Run(() => PolicyLint.Of(policy, new RuleProof(cancellation)), cancellation).ConfigureAwait(false);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[policy.Digest] = found;
    }
}
