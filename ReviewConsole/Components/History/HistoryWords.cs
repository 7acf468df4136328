namespace ReviewConsole.Components.History;

/// <summary>Words of the history.</summary>
internal sealed class HistoryWords;
