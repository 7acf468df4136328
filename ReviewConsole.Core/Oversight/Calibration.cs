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

    /// <summary>Versions and names of signals are words of sources: past so many of one system none more is counted, and what is not counted is not calibrated.</summary>
    public const int MostOfASystem = 1_000;

    private const int Tenths = 10;
    private const long OneDecided = 1;
    private const long OneApproved = 1L << 32;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<(string Version, string Signal), long[]>> _systems = new(StringComparer.Ordinal);

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
    /// <returns>Null where too few were decided.</returns>
    public CalibratedFact? Find(string system, string? version, string signal, decimal value)
    {
        if (version is null || !_systems.TryGetValue(system, out var known) || !known.TryGetValue((version, signal), out var tenths))
        {
            return null;
        }

        var counted = Volatile.Read(ref tenths[TenthOf(value)]);
        var (right, of) = ((int)(counted / OneApproved), (int)(counted % OneApproved));
        return of < Fewest ? null : new CalibratedFact(right, of, Math.Floor((decimal)new Rate(right, of).Interval!.Value.Low * 1_000) / 1_000);
    }

    /// <summary>What is known of the signals of one proposal, by name, and of their lowest.</summary>
    public IReadOnlyDictionary<string, CalibratedFact> Of(Proposal proposal)
    {
        if (proposal.Signals.Count == 0 || !_systems.ContainsKey(proposal.Source.System))
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

    private static void Count(ConcurrentDictionary<(string Version, string Signal), long[]> known, (string Version, string Signal) key, decimal value, bool approved)
    {
        if (known.TryGetValue(key, out var tenths) || (known.Count < MostOfASystem && known.TryAdd(key, tenths = new long[Tenths])))
        {
            Interlocked.Add(ref tenths[TenthOf(value)], OneDecided + (approved ? OneApproved : 0));
        }
    }
}
