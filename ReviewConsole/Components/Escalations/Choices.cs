using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Escalations;

/// <summary>To whom: one of the two.</summary>
public sealed record AssignChoice(string? Person, string? Queue, string? Note);

/// <summary>Which line, null is every; in which mode, and for how long: null until somebody ends it.</summary>
public sealed record LineChoice(string? System, string? Kind, LineMode Mode, TimeSpan? For, string Reason);
