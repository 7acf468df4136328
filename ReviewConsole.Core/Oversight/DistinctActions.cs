using System.Runtime.InteropServices;

namespace ReviewConsole.Core.Oversight;

/// <summary>What is known of one action, whichever items proposed it.</summary>
[Flags]
internal enum ActionMarks
{
    None = 0,
    Proceeded = 1,
    Reviewed = 2,
    Blocked = 4,

    /// <summary>Let through, or drawn out of what is let through.</summary>
    Passed = 8,
    PassedLabelled = 16,
    PassedWrong = 32,
    Slipped = 64,
    Caught = 128,
}

/// <summary>
/// Distinct actions among items that repeat. The one part of a back-test that grows: about 60 bytes for each distinct action, 60 MB for a million of them.
/// </summary>
internal sealed class DistinctActions
{
    private readonly Dictionary<ulong, Entry> _actions = [];

    public int Count => _actions.Count;

    /// <param name="signal">In <see cref="Frontier.Unit"/>; below 0 where there is none.</param>
    public void Add(ulong action, ActionMarks marks, int signal, Label label)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_actions, action, out var isThere);
        if (!isThere)
        {
            entry.Signal = entry.LabelledSignal = entry.WrongSignal = -1;
        }

        entry.Marks |= marks;
        entry.Signal = Math.Max(entry.Signal, signal);
        entry.LabelledSignal = label == Label.None ? entry.LabelledSignal : Math.Max(entry.LabelledSignal, signal);
        entry.WrongSignal = label == Label.Wrong ? Math.Max(entry.WrongSignal, signal) : entry.WrongSignal;
    }

    public long CountOf(ActionMarks mark) => _actions.Values.LongCount(entry => (entry.Marks & mark) != 0);

    /// <summary>The greatest signal of each action: of all its items, of those with a label, and of the wrong ones; below 0 for none.</summary>
    public IEnumerable<(int Signal, int LabelledSignal, int WrongSignal)> Signals() =>
        _actions.Values.Select(static entry => (entry.Signal, entry.LabelledSignal, entry.WrongSignal));

    private struct Entry
    {
        public ActionMarks Marks;
        public int Signal;
        public int LabelledSignal;
        public int WrongSignal;
    }
}
