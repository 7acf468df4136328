namespace ReviewConsole.Core.Gate;

/// <summary>How a version came to be put into force.</summary>
internal enum PolicyActKind
{
    Published,
    RolledBack,

    /// <summary>At a start, from the file that the settings name.</summary>
    File,

    /// <summary>At the first start: the policy that ships.</summary>
    Shipped,
}

/// <summary>One act that puts a version into force. Times are Unix ms.</summary>
/// <param name="Seq">Its ledger entry.</param>
/// <param name="By">Pseudonym of who did it.</param>
/// <param name="Effective">From when on it counts; never before <paramref name="Made"/>.</param>
/// <param name="Policy">The number of the policy.</param>
internal sealed record PolicyAct(long Seq, PolicyActKind Kind, string By, long Made, long Effective, long Policy)
{
    public static string Word(PolicyActKind kind) => kind switch
    {
        PolicyActKind.Published => "published",
        PolicyActKind.RolledBack => "rolledBack",
        PolicyActKind.File => "file",
        _ => "shipped",
    };
}

/// <summary>
/// Which act counts when: the newest whose time has come. A later act cancels what was scheduled before it and had not yet come. Computed, never an event.
/// </summary>
internal sealed class PolicyForce
{
    private readonly List<PolicyAct> _standing = [];

    /// <param name="acts">In the order of their entries.</param>
    public PolicyForce(IReadOnlyList<PolicyAct> acts)
    {
        Acts = acts;
        var clock = long.MinValue;
        foreach (var act in acts)
        {
            // A clock that was set back cancels nothing that had come already.
            clock = Math.Max(clock, act.Made);
            _standing.RemoveAll(earlier => earlier.Effective > clock);
            _standing.Add(act);
        }
    }

    public IReadOnlyList<PolicyAct> Acts { get; }

    /// <summary>The entry of the newest act; -1 while there is none.</summary>
    public long Newest => Acts is [.., var last] ? last.Seq : -1;

    /// <summary>What is in force at <paramref name="time"/>; before the first act's time the first one, so that there is always a policy. Null only without acts.</summary>
    public PolicyAct? At(long time) => _standing.FindLast(act => act.Effective <= time) ?? _standing.FirstOrDefault();

    /// <summary>What is to come after <paramref name="time"/>, if anything.</summary>
    public PolicyAct? Next(long time) => _standing is [_, .., var last] && last.Effective > time ? last : null;
}
