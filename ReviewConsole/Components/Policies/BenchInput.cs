using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

/// <summary>What lies on the bench while its page is open, whichever part of the page is looked at.</summary>
public sealed class BenchInput
{
    /// <summary>A submit body, as it was pasted.</summary>
    public string Text { get; set; } = "";

    /// <summary>What is taken for drawn of the pasted body.</summary>
    public BenchDraw Draw { get; set; }

    /// <summary>A review whose proposal is asked about; null for the pasted one.</summary>
    public Guid? Review { get; set; }
}
