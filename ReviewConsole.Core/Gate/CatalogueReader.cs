using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>The action catalogue of a policy file.</summary>
internal static class CatalogueReader
{
    /// <param name="weight">What the patterns of the rules come to.</param>
    public static FrozenDictionary<string, CatalogueAction> Read(PolicyNode node, IReadOnlyDictionary<string, CatalogueAction>? under, long weight)
    {
        var actions = new Dictionary<string, CatalogueAction>(under ?? FrozenDictionary<string, CatalogueAction>.Empty, StringComparer.Ordinal);
        weight += actions.Values.Sum(static action => CatalogueSchema.Weight(action.Arguments));
        foreach (var (name, item) in node.Map())
        {
            item.Only(ActionMember.Names);
            actions[name] = new CatalogueAction(
                name,
                item["kind"].Text(),
                item["risk"].Choice(RuleReader.Risks) ?? Risk.Low,
                Pointer(item["amount"]),
                Pointer(item["currency"]),
                Pointer(item["recipient"]),
                Pointer(item["subject"]),
                item["reversible"].Flag(),
                item["external"].Flag(),
                item["legal"].Flag(),
                [.. item["evidence"].Items().Select(kind => kind.Choice(WireNames.EvidenceKinds)).OfType<EvidenceKind>()])
            {
                Arguments = CatalogueSchema.Read(item[ActionMember.Arguments]),
            };
            var weighed = weight;
            weight += CatalogueSchema.Weight(actions[name].Arguments);
            if (weight > PatternWeight.MostInFile && weighed <= PatternWeight.MostInFile)
            {
                item[ActionMember.Arguments].Fail(PatternWeight.TooMuch("schema"));
            }
        }

        return actions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string? Pointer(PolicyNode node)
    {
        var pointer = node.Text();
        if (pointer is not null && !ArgumentPointer.IsValid(pointer))
        {
            node.Fail("Must be a JSON pointer into the arguments, like /amount.");
        }

        return pointer;
    }
}
