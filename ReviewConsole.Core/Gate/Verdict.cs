namespace ReviewConsole.Core.Gate;

/// <summary>What the gate says, from loose to strict: the strictest of all matching rules wins.</summary>
internal enum Verdict
{
    Proceed,
    Review,
    Block,
}

/// <summary>How much friction a review has, from loose to strict: the strictest of all matching rules wins.</summary>
public enum Risk
{
    Low,
    Medium,
    High,
}

internal static class GateWords
{
    public static string Wire(this Verdict verdict) => verdict switch
    {
        Verdict.Proceed => "proceed",
        Verdict.Review => "review",
        _ => "block",
    };

    public static string Wire(this Risk risk) => risk switch
    {
        Risk.Low => "low",
        Risk.Medium => "medium",
        _ => "high",
    };
}
