using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>One value of an account before and after; null is "not there".</summary>
internal sealed record ChangeRow(string Name, string? Before, string? After)
{
    private const string Kind = "accountChange";

    public bool Differs => Before != After;

    /// <summary>What the arguments change: a tool that is told <c>from</c> and <c>to</c> says both itself.</summary>
    public static ChangeRow? OfArguments(ReviewModel model)
    {
        var arguments = model.Proposal.Action.Arguments;
        return model.Gate.Kind == Kind && arguments.TryGetProperty("from", out var from) && arguments.TryGetProperty("to", out var to)
            ? new ChangeRow(arguments.TryGetProperty("change", out var what) && what.ValueKind == JsonValueKind.String ? what.GetString()! : "", Text(from), Text(to))
            : null;
    }

    /// <summary>What two pieces of evidence show, one with the role <c>before</c> and one with <c>after</c>; empty without such a pair.</summary>
    public static IReadOnlyList<ChangeRow> OfEvidence(EvidenceModel? before, EvidenceModel? after)
    {
        if (before is null || after is null || Values(before.Item) is not { } was || Values(after.Item) is not { } now)
        {
            return [];
        }

        return [.. was.Select(value => new ChangeRow(value.Name, value.Text, now.FirstOrDefault(other => other.Name == value.Name).Text)),
            .. now.Where(value => was.All(other => other.Name != value.Name)).Select(value => new ChangeRow(value.Name, null, value.Text))];
    }

    /// <summary>The only piece of evidence with this role, of an account change.</summary>
    public static EvidenceModel? Only(ReviewModel model, string role) =>
        model.Gate.Kind == Kind && model.Evidence.Where(item => item.Item.Role == role).ToList() is [var one] ? one : null;

    private static List<(string Name, string? Text)>? Values(EvidenceItem item) => item switch
    {
        { Kind: EvidenceKind.Json, Content: { ValueKind: JsonValueKind.Object } members } => [.. members.EnumerateObject().Select(member => (member.Name, Text(member.Value)))],
        { Kind: EvidenceKind.KeyValue, Content: { ValueKind: JsonValueKind.Array } pairs } => [.. pairs.EnumerateArray()
            .Where(pair => pair.ValueKind == JsonValueKind.Object && pair.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String && pair.TryGetProperty("value", out _))
            .Select(pair => (pair.GetProperty("key").GetString()!, Text(pair.GetProperty("value"))))],
        _ => null,
    };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
