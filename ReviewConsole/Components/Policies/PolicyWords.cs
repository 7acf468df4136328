namespace ReviewConsole.Components.Policies;

/// <summary>Words of the policy studio.</summary>
internal sealed class PolicyWords;
