using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>A question that an agent leaves to a person: what is asked, and what could be answered. The options are those of the arguments, if it lists any, and the alternatives.</summary>
/// <param name="Question">Verbatim; null where no piece of evidence has the role <c>question</c> and no argument that name.</param>
/// <param name="From">The piece of evidence it stands in; null for an argument.</param>
/// <param name="More">How many options the arguments list besides.</param>
/// <param name="IsUnclear">The arguments name more than one answer, or one that is no word, or several options carry the one they name: none of them is marked.</param>
internal sealed record OpenChoice(string? Question, EvidenceModel? From, IReadOnlyList<ChoiceOption> Options, int More, bool IsUnclear)
{
    private const string Kind = "agentDecision";

    private const int Most = 30;

    private static readonly string[] s_chosen = ["decision", "choice", "option", "answer", "selected"];

    public static bool Is(ReviewModel model) => model.Gate.Kind == Kind;

    public static OpenChoice Of(ReviewModel model)
    {
        var (action, alternatives) = (model.Proposal.Action, model.Proposal.Alternatives);
        var asked = model.Evidence.FirstOrDefault(item => item.Item is { Role: "question", Kind: EvidenceKind.Text or EvidenceKind.Markdown });
        var named = s_chosen.Select(name => action.Arguments.TryGetProperty(name, out var value) ? value : default).Where(static value => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)).ToList();
        var words = named.Select(ChoiceOption.Word).Distinct(StringComparer.Ordinal).ToList();
        var chosen = words is [var only] ? only : null;
        var listed = ChoiceOption.Listed(action.Arguments);
        var meant = listed.FindAll(option => option.Names.Contains(chosen!, StringComparer.Ordinal));
        var others = meant is [var one] ? listed.FindAll(option => option != one) : listed;
        return new OpenChoice(
            asked is null ? Text(action.Arguments, "question") : asked.Item.Content!.Value.GetString(), asked,
            [
                meant is [var proposed] ? proposed with { IsProposed = true } : new ChoiceOption(chosen is null ? [] : [chosen], action, null, true, [], []),
                .. others.Take(Most),
                .. alternatives.Select(alternative => new ChoiceOption([], alternative.Action, alternative.Why, false, [], [])),
            ],
            Math.Max(others.Count - Most, 0), words.Count > 1 || words.Contains(null) || meant.Count > 1);
    }

    private static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>One answer that could be given.</summary>
/// <param name="Names">All that the source calls it by, the one for people first: what runs may go by another of them. Empty for an alternative, which is shown as the action it is.</param>
/// <param name="Action">What would run; null for one that is only named.</param>
/// <param name="Why">In the agent's words; <paramref name="For"/> and <paramref name="Against"/> likewise.</param>
internal sealed record ChoiceOption(IReadOnlyList<string> Names, ProposedAction? Action, string? Why, bool IsProposed, IReadOnlyList<string> For, IReadOnlyList<string> Against)
{
    private static readonly string[] s_names = ["label", "name", "title", "id", "value"];

    public bool IsArgued => Why is not null || For.Count + Against.Count > 0;

    /// <summary>The argument <c>options</c>: a list of names, or of objects with a name and what speaks for and against.</summary>
    public static List<ChoiceOption> Listed(JsonElement arguments)
    {
        if (!arguments.TryGetProperty("options", out var options) || options.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var listed = new List<ChoiceOption>();
        foreach (var option in options.EnumerateArray())
        {
            var names = option.ValueKind == JsonValueKind.Object ? [.. s_names.SelectMany(name => Texts(option, name)).Distinct(StringComparer.Ordinal)]
                : Word(option) is { } word ? [word] : new List<string>();
            if (names.Count == 0)
            {
                // Another shape than is known here: the arguments say it, and nothing is half said.
                return [];
            }

            listed.Add(new ChoiceOption(names, null, null, false, [.. Texts(option, "for"), .. Texts(option, "pros")], [.. Texts(option, "against"), .. Texts(option, "cons")]));
        }

        return listed;
    }

    /// <summary>Ids are often numbers. Null for a list or an object.</summary>
    public static string? Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static IEnumerable<string> Texts(JsonElement option, string name) =>
        option.ValueKind != JsonValueKind.Object || !option.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Word).OfType<string>()
        : Word(value) is { } word ? [word] : [];
}
