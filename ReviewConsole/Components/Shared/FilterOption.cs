namespace ReviewConsole.Components.Shared;

/// <summary>What a filter offers; <paramref name="Text"/> is already in the reader's language, or data.</summary>
public sealed record FilterOption(string Value, string Text);
