namespace ReviewConsole.Components.Shared;

/// <summary>A piece of evidence was in view for so many milliseconds since the last report.</summary>
public sealed record SeenReport(string Evidence, int Milliseconds);
