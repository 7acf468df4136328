namespace ReviewConsole.Components.Shared;

/// <summary>What a person has typed, as the browser sent it. <paramref name="Version"/> grows with every key of this editor.</summary>
public sealed record EditorText(string Text, int Version);
