namespace ReviewConsole.Core.Store;

/// <summary>What a committed batch touched. Nothing that must not be lost travels on it: receivers re-read what they show.</summary>
internal sealed record ChangeSignal(long LedgerSize, IReadOnlySet<Guid> Reviews, IReadOnlySet<string> Topics)
{
    /// <summary>Topics beside the reviews themselves.</summary>
    public const string Line = "line", People = "people", Keys = "keys", Endpoints = "endpoints", Outbox = "outbox", Policies = "policies";
}

/// <summary>The Writer tells of every commit. Listeners run on its thread: they note, they never work or wait.</summary>
internal sealed class Changes
{
    public event Action<ChangeSignal>? Committed;

    internal Delegate.InvocationListEnumerator<Action<ChangeSignal>> Listeners => Delegate.EnumerateInvocationList(Committed);
}
