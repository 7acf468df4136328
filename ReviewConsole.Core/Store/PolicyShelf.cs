using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Store;

/// <summary>An act with what its person said of it; null where nobody did, or it is erased.</summary>
internal sealed record ToldAct(PolicyAct Act, string? Reason);

/// <summary>All policies there ever were, by number, and what was put into force, oldest first.</summary>
/// <param name="Next">What is to come, if anything.</param>
/// <param name="Locked">A file says what is in force; nothing can be changed here.</param>
internal sealed record PolicyShelf(IReadOnlyList<StoredPolicy> Policies, IReadOnlyList<ToldAct> Acts, PolicyAct InForce, PolicyAct? Next, bool Locked);
