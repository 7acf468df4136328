namespace ReviewConsole.Components.Policies;

/// <summary>Words of the form of a rule.</summary>
internal sealed class RuleWords;
