using ReviewConsole.Core.Store;

namespace ReviewConsole.Tests.Support;

internal static class ChangesExtensions
{
    /// <summary>What the Writer does after a commit.</summary>
    public static void Raise(this Changes changes, ChangeSignal signal)
    {
        foreach (var listener in changes.Listeners)
        {
            listener(signal);
        }
    }
}
