using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Shared;

/// <summary>A check as a chip shows it.</summary>
public sealed record CheckMark(string Id, string Name, CheckResult Result);
