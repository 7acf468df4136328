namespace ReviewConsole.Components.Layout;

/// <summary>Places in the shell that other rooms fill with <c>&lt;SectionContent SectionId="ShellSlots.X"&gt;</c>.</summary>
internal static class ShellSlots
{
    /// <summary>Above the top bar, full width: a <c>Banner</c> for each line that does not simply run.</summary>
    public static readonly object Lines = new();

    /// <summary>First in the top bar: which queue one works in.</summary>
    public static readonly object QueueSwitch = new();

    public static readonly object Search = new();

    /// <summary>Right in the top bar: a decision in its hold, with the key that takes it back.</summary>
    public static readonly object Held = new();

    /// <summary>Small counts on the rail.</summary>
    public static readonly object QueueCount = new();

    public static readonly object EscalationCount = new();
}
