namespace ReviewConsole.Components.Keys;

/// <summary>What each key command does, in words.</summary>
internal sealed class KeyWords;
