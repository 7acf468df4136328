using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

/// <summary>An automation rule that people found fault with, as people read of it.</summary>
/// <param name="Cause">A name of <c>DemotionCause</c>, or <c>Fault</c> while others may still have to judge the review.</param>
/// <param name="Review">Null as long.</param>
/// <param name="By">The version that judged the review, where it is known.</param>
public sealed record DemotedRule(string Rule, string Cause, Guid? Review, DateTimeOffset At, (string Name, int Version)? By)
{
    /// <summary>Those of a policy that count; of a draft, those that publishing it would put to work again.</summary>
    internal static IReadOnlyList<DemotedRule> Of(PolicyShelf shelf, StoredPolicy policy)
    {
        var demotions = shelf.DemotionsOf(policy.Number).ToList();
        // A text is read for that only where there is something to say.
        if (demotions.Count == 0 || PolicyReader.Read(policy.Text, policy.Base).Policy is not { } read)
        {
            return [];
        }

        var automations = read.Rules.Where(static rule => rule.Automation is not null).Select(static rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. demotions.Where(demotion => automations.Contains(demotion.Rule)).DistinctBy(static demotion => demotion.Rule).Select(demotion => new DemotedRule(
                demotion.Rule, demotion.Open ? "Fault" : demotion.Cause.ToString(), demotion.Open ? null : demotion.Review, DateTimeOffset.FromUnixTimeMilliseconds(demotion.At),
                shelf.Policies.FirstOrDefault(judge => judge.Digest == demotion.Digest) is { } by ? (by.Name, by.Version) : null)),
        ];
    }
}
