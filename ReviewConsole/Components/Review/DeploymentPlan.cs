using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>
/// A deployment as its action and its evidence say it, by names that are common among tools. What stands under no such name is not guessed: it is told by the complete arguments alone.
/// </summary>
/// <param name="From">Which version the action says that it replaces.</param>
/// <param name="Running">Which one a table of the role <c>environments</c> shows for this service in this environment.</param>
/// <param name="Way">How to go back, verbatim.</param>
internal sealed record DeploymentPlan(
    string? Service, IReadOnlyList<string> Environments, IReadOnlyList<string> Regions, string? From, string? To, string? Strategy, PlanPiece? Running,
    PlanPiece? Steps, PlanPiece? Way, IReadOnlyList<PlanDiff> Diffs)
{
    private const string Kind = "deployment";
    private const int MostSaid = 40;

    /// <summary>Null for another kind, and where nothing of it is known.</summary>
    public static DeploymentPlan? Of(ReviewModel model)
    {
        if (model.Gate.Kind != Kind)
        {
            return null;
        }

        var arguments = model.Proposal.Action.Arguments;
        var (service, environments) = (One(arguments, "service", "app", "application", "component"), Many(arguments, "environment", "environments", "env"));
        var plan = new DeploymentPlan(
            service, environments, Many(arguments, "region", "regions"), One(arguments, "from", "fromVersion", "from_version", "previousVersion", "previous_version"),
            One(arguments, "version", "to", "toVersion", "to_version"), One(arguments, "strategy"), PlanText.Running(model, service, environments),
            Said(arguments, "steps") ?? PlanText.Steps(model), Said(arguments, "rollback", "rollbackPlan", "rollback_plan") ?? PlanText.Way(model), [.. PlanDiff.Of(model)]);
        return plan is { Service: null, Environments: [], To: null, Steps: null, Diffs: [] } ? null : plan;
    }

    private static PlanPiece? Said(JsonElement arguments, params string[] names) => Many(arguments, names) is { Count: > 0 } lines ? new PlanPiece([.. lines.Take(MostSaid)], null, Math.Max(lines.Count - MostSaid, 0)) : null;

    private static string? One(JsonElement arguments, params string[] names) => Many(arguments, names) is [var one] ? one : null;

    // The first of the names that is there. What is neither a scalar nor a list of them has another shape than is known here.
    private static List<string> Many(JsonElement arguments, params string[] names)
    {
        foreach (var name in names)
        {
            if (arguments.TryGetProperty(name, out var value))
            {
                var items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new List<JsonElement> { value };
                return items.TrueForAll(IsScalar) ? items.ConvertAll(Text) : [];
            }
        }

        return [];
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

/// <summary>Lines of a plan as they were sent.</summary>
/// <param name="From">The piece of evidence they stand in; null for the action's own arguments.</param>
/// <param name="More">How many lines stand there and not here.</param>
internal sealed record PlanPiece(IReadOnlyList<string> Lines, EvidenceModel? From, int More = 0);

/// <summary>Two versions of a manifest or a plan.</summary>
/// <param name="Path">The argument they stand in; else they are evidence.</param>
internal sealed record PlanDiff(DiffTexts Texts, string? Path, EvidenceModel? From)
{
    /// <summary>Arguments with <c>before</c> and <c>after</c>, then comparisons of the role <c>plan</c>; none beside a draft, which is the manifest itself.</summary>
    public static IEnumerable<PlanDiff> Of(ReviewModel model) =>
        model.Proposal.Action.Arguments.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Object && IsText(member.Value, "before") && IsText(member.Value, "after"))
            .Select(member => new PlanDiff(new DiffTexts(member.Value.GetProperty("before").GetString()!, member.Value.GetProperty("after").GetString()!), member.Name, null))
            .Concat(model.Proposal.Draft is not null ? [] : model.Evidence.Where(item => item.Item is { Role: "plan", Kind: EvidenceKind.Diff } && item.Compared is not null)
                .Select(item => new PlanDiff(item.Compared!, null, item)));

    private static bool IsText(JsonElement value, string name) => value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String;
}
