using System.Text.Json.Nodes;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>The outcome's <c>changes</c>: what a person changed of the proposed action.</summary>
internal static class ActionChanges
{
    /// <summary>RFC 8785 bytes of <c>[{path, was, value}]</c>; an added leaf has no <c>was</c>, a removed one no <c>value</c>.</summary>
    public static byte[] Bytes(EffectiveAction proposed, EffectiveAction corrected)
    {
        var list = new JsonArray();
        foreach (var change in ActionChange.Between(proposed, corrected))
        {
            var node = new JsonObject { ["path"] = change.Path };
            if (change.Was is { } was)
            {
                node["was"] = JsonNode.Parse(was.GetRawText());
            }

            if (change.Value is { } value)
            {
                node["value"] = JsonNode.Parse(value.GetRawText());
            }

            list.Add(node);
        }

        return CanonicalJson.Of(list);
    }
}
