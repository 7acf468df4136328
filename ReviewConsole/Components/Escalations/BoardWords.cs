namespace ReviewConsole.Components.Escalations;

/// <summary>Words of the supervisor's board.</summary>
internal sealed class BoardWords;
