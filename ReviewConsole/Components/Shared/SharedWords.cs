namespace ReviewConsole.Components.Shared;

/// <summary>Words of the shared parts.</summary>
internal sealed class SharedWords;
