using System.Collections.Concurrent;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// What people made of proposals whose signal was about as high: how many were approved unchanged of how many people decided, for each system, its version, signal and tenth of the scale. It says what was
/// approved, not what was right. One thread adds, any may ask.
/// </summary>
internal sealed class Calibration
{
    /// <summary>With fewer decisions a share says nothing.</summary>
    public const int Fewest = 20;

    /// <summary>Versions and names of signals are words of sources: past so many pairs of one system, the one that was counted longest ago makes room. What is not counted is not calibrated.</summary>
    public const int MostOfASystem = 1_000;

    private const int Tenths = 10;
    private const long OneDecided = 1;
    private const long OneApproved = 1L << 32;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<(string Version, string Signal), Bucket>> _systems = new(StringComparer.Ordinal);
    private volatile bool _whole;
    private long _counted;

    /// <summary>Whether all that there was at the start is counted. Before, nothing is said: a part of it can look better than the whole.</summary>
    public bool IsWhole
    {
        get => _whole;
        set => _whole = value;
    }

    /// <summary>The tenth of the scale that a value lies in; the last one has the 1.</summary>
    public static int TenthOf(decimal value) => Math.Clamp((int)(value * Tenths), 0, Tenths - 1);

    /// <param name="version">Null where the source names none: nobody would see it change, and so nothing is counted.</param>
    /// <param name="approved">As it was proposed; else corrected or rejected.</param>
    public void Add(string system, string? version, IReadOnlyList<Signal> signals, bool approved)
    {
        if (version is null || signals.Count == 0)
        {
            return;
        }

        var known = _systems.GetOrAdd(system, static _ => new());
        foreach (var signal in signals)
        {
            Count(known, (version, signal.Name), signal.Value, approved);
        }

        Count(known, (version, CalibratedFact.Lowest), signals.Min(static signal => signal.Value), approved);
    }

    /// <param name="signal">Its name, or <see cref="CalibratedFact.Lowest"/> for the lowest of an item.</param>
    /// <returns>Null where too few were decided, or not all are counted yet.</returns>
    public CalibratedFact? Find(string system, string? version, string signal, decimal value)
    {
        if (!IsWhole || version is null || !_systems.TryGetValue(system, out var known) || !known.TryGetValue((version, signal), out var bucket))
        {
            return null;
        }

        var counted = Volatile.Read(ref bucket.Tenths[TenthOf(value)]);
        var (right, of) = ((int)(counted / OneApproved), (int)(counted % OneApproved));
        return of < Fewest ? null : new CalibratedFact(right, of, Math.Floor((decimal)new Rate(right, of).Interval!.Value.Low * 1_000) / 1_000);
    }

    /// <summary>What is known of the signals of one proposal, by name, and of their lowest.</summary>
    public IReadOnlyDictionary<string, CalibratedFact> Of(Proposal proposal)
    {
        if (!IsWhole || proposal.Signals.Count == 0 || !_systems.ContainsKey(proposal.Source.System))
        {
            return CalibratedFact.None;
        }

        var known = new Dictionary<string, CalibratedFact>(StringComparer.Ordinal);
        foreach (var signal in proposal.Signals.Append(new Signal(CalibratedFact.Lowest, proposal.Signals.Min(static signal => signal.Value))))
        {
            if (Find(proposal.Source.System, proposal.Source.Version, signal.Name, signal.Value) is { } fact)
            {
                known[signal.Name] = fact;
            }
        }

        return known;
    }

    private void Count(ConcurrentDictionary<(string Version, string Signal), Bucket> known, (string Version, string Signal) key, decimal value, bool approved)
    {
        if (!known.TryGetValue(key, out var bucket))
        {
            if (known.Count >= MostOfASystem)
            {
                known.TryRemove(known.MinBy(static pair => pair.Value.Last).Key, out _);
            }

            known[key] = bucket = new Bucket();
        }

        bucket.Last = ++_counted;
        Interlocked.Add(ref bucket.Tenths[TenthOf(value)], OneDecided + (approved ? OneApproved : 0));
    }

    /// <summary>The counts of one version's signal.</summary>
    private sealed class Bucket
    {
        public long[] Tenths { get; } = new long[Calibration.Tenths];

        /// <summary>Which count was its last, in the order of the ledger.</summary>
        public long Last { get; set; }
    }
}
