namespace ReviewConsole.Components.Policies;

/// <summary>What is done with the chosen rule as a whole.</summary>
public enum RuleAct
{
    Add,
    Copy,
    Up,
    Down,
    Remove,
}
