namespace ReviewConsole.Components.Queue;

/// <summary>Words of the queue.</summary>
internal sealed class QueueWords;
