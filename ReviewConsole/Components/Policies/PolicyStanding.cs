namespace ReviewConsole.Components.Policies;

/// <summary>Where a policy is in its life, as people ask for it: a published one is in force, to come, or was there before.</summary>
public enum PolicyStanding
{
    Draft,
    Shadow,
    InForce,
    ToCome,
    Earlier,
    Discarded,
}
