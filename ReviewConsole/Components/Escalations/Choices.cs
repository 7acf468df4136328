namespace ReviewConsole.Components.Escalations;

/// <summary>To whom: one of the two.</summary>
public sealed record AssignChoice(string? Person, string? Queue, string? Note);

/// <summary>Which line: null is every.</summary>
public sealed record StopChoice(string? System, string? Kind, string Reason);
