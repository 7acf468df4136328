namespace ReviewConsole.Components.Policies;

/// <summary>What of a policy's text is shown as a list with a form.</summary>
public enum PolicyPart
{
    Rules,
    Actions,
}
