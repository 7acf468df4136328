namespace ReviewConsole.Components.Escalations;

/// <summary>To whom: one of the two.</summary>
internal sealed record AssignChoice(string? Person, string? Queue, string? Note);

/// <summary>Which line: null is every.</summary>
internal sealed record StopChoice(string? System, string? Kind, string Reason);
