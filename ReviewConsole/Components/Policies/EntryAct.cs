namespace ReviewConsole.Components.Policies;

/// <summary>What is done with the chosen rule or action as a whole.</summary>
public enum EntryAct
{
    Add,
    Copy,
    Up,
    Down,
    Remove,
}
