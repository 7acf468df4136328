using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Components.Policies;

/// <summary>The last back-test while its page is open, whichever part of the page is looked at, and what it was asked for.</summary>
public sealed class BacktestRun
{
    /// <summary>The last so many days; 0 for all.</summary>
    public int Days { get; set; } = 30;

    /// <summary>The signal of the frontier; empty for the lowest of each review.</summary>
    public string Signal { get; set; } = "";

    internal PastReport? Report { get; set; }
}
