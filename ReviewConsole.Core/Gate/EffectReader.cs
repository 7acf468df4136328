using System.Collections.Frozen;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>The effects of a rule that are more than one word:
/// <code>
/// then:
///   evidence: [email, role/limits, id/order]
///   expiry: { after: 2 h, outcome: escalate }
///   notBy: [editor, policyAuthor]
///   skill: german            # or a list
///   reasons: { approve: [POLICY_MET] }
/// </code>
/// </summary>
internal static class EffectReader
{
    /// <summary>All effects by name, those of one value among them.</summary>
    public static readonly string[] Names = [.. RuleEffect.All.Select(static effect => effect.Key).Distinct(StringComparer.Ordinal)];

    private const int MostDemands = 20, MostSkills = 10;

    private static readonly Dictionary<string, NotBy> s_notBy = new(StringComparer.Ordinal) { ["editor"] = NotBy.Editor, ["policyAuthor"] = NotBy.PolicyAuthor };

    private static readonly Dictionary<string, ExpiryOutcome> s_outcomes =
        new(StringComparer.Ordinal) { ["reject"] = ExpiryOutcome.Reject, ["escalate"] = ExpiryOutcome.Escalate };

    public static IReadOnlyList<EvidenceDemand> Evidence(PolicyNode node)
    {
        var demands = new List<EvidenceDemand>();
        foreach (var item in Some(node, "evidence"))
        {
            if (item.Text() is not { } word)
            {
                continue;
            }

            if (!EvidenceDemand.IsOne(word))
            {
                item.Fail($"Must be a kind ({string.Join(", ", WireNames.EvidenceKinds.Keys)}), “role/…” or “id/…”.");
            }

            demands.Add(new EvidenceDemand(word));
        }

        if (demands.Count > MostDemands)
        {
            node.Fail($"Must have at most {MostDemands} pieces.");
        }

        // The same nothing for every rule, so that rules that ask the same are equal.
        return demands.Count == 0 ? Array.Empty<EvidenceDemand>() : demands;
    }

    public static (int? Minutes, ExpiryOutcome? Outcome) Expiry(PolicyNode node)
    {
        node.Only("after", "outcome");
        if (node.Exists && !node["after"].Exists && !node["outcome"].Exists)
        {
            node.Fail("Must have “after”, “outcome” or both, like { after: 2 h, outcome: escalate }.");
        }

        return (node["after"].Minutes(), node["outcome"].Choice(s_outcomes));
    }

    public static NotBy Barred(PolicyNode node)
    {
        var who = NotBy.Nobody;
        foreach (var item in Some(node, "people"))
        {
            switch (item.Text())
            {
                case "initiator":
                    item.Fail("Who started the action neither approves nor corrects under any policy; leave it out.");
                    break;
                case "firstApprover":
                    item.Fail("Nobody gives two approvals under any policy; leave it out, and ask for two with “approvals: 2”.");
                    break;
                case not null:
                    who |= item.Choice(s_notBy) ?? default;
                    break;
            }
        }

        return who;
    }

    public static IReadOnlyList<string> Skills(PolicyNode node)
    {
        var skills = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in node.IsList ? Some(node, "skill") : node.Exists ? [node] : [])
        {
            if (item.Text() is not { } word)
            {
                continue;
            }

            if (!Skill.IsOne(word))
            {
                item.Fail($"Must be a word like german: a lower-case letter, then letters, digits and hyphens, at most {Skill.MostLetters}.");
            }

            skills.Add(word);
        }

        if (skills.Count > MostSkills)
        {
            node.Fail($"Must have at most {MostSkills} skills.");
        }

        return skills.Count == 0 ? Array.Empty<string>() : [.. skills];
    }

    /// <param name="known">The reason codes of the policy, by decision.</param>
    public static FrozenDictionary<string, IReadOnlyList<string>> Reasons(PolicyNode node, IReadOnlyDictionary<string, IReadOnlyList<PolicyReason>> known)
    {
        node.Only([.. known.Keys]);
        var narrowed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (decision, list) in node.Map().Where(entry => known.ContainsKey(entry.Key)))
        {
            var codes = new List<string>();
            foreach (var item in Some(list, "codes"))
            {
                if (item.Text() is not { } code)
                {
                    continue;
                }

                if (known[decision].All(reason => reason.Code != code))
                {
                    item.Fail($"{decision} has no code “{code}”. There are {string.Join(", ", known[decision].Select(static reason => reason.Code))}; write new ones under “reasons” of the policy.");
                }

                codes.Add(code);
            }

            narrowed[decision] = codes;
        }

        return narrowed.Count == 0 ? FrozenDictionary<string, IReadOnlyList<string>>.Empty : narrowed.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IReadOnlyList<PolicyNode> Some(PolicyNode node, string what)
    {
        var items = node.Items().ToList();
        if (node.IsList && items.Count == 0)
        {
            node.Fail($"Names no {what}; name some, or leave it out.");
        }

        return items;
    }
}
