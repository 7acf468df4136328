using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Store;

/// <summary>An act with what its person said of it; null where nobody did, or it is erased.</summary>
internal sealed record ToldAct(PolicyAct Act, string? Reason);

/// <summary>All policies there ever were, by number, and what was put into force, oldest first.</summary>
/// <param name="Next">What is to come, if anything.</param>
/// <param name="Locked">A file says what is in force; nothing can be changed here.</param>
/// <param name="Demotions">All there ever were, oldest first.</param>
internal sealed record PolicyShelf(
    IReadOnlyList<StoredPolicy> Policies, IReadOnlyList<ToldAct> Acts, PolicyAct InForce, PolicyAct? Next, bool Locked, IReadOnlyList<Demotion> Demotions)
{
    /// <summary>The next version that is free for a name.</summary>
    public int NextVersion(string name) => Policies.Where(policy => policy.Name == name).Max(static policy => policy.Version) + 1;

    /// <summary>What counts as demoted in a policy, for rules of that name: what came after it was first put into force. For one that never was, what counts in the one in force.</summary>
    public IEnumerable<Demotion> DemotionsOf(long policy)
    {
        var since = (Acts.FirstOrDefault(told => told.Act.Policy == policy) ?? Acts.First(told => told.Act.Policy == InForce.Policy)).Act.Seq;
        return Demotions.Where(demotion => demotion.Seq > since);
    }
}
