using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// Our own checks of the evidence (WIRE.md §3): <c>evidence</c> when there is none, <c>evidence:&lt;id&gt;</c> for a piece that the console cannot show,
/// <c>console:required-evidence</c> when a kind is missing that the catalogue asks for, <c>console:demanded-evidence</c> when something is that a rule demands. All are failed ones.
/// </summary>
internal static class EvidenceChecks
{
    public static IEnumerable<Check> Of(Proposal proposal, CatalogueAction? action, Facts facts)
    {
        if (proposal.Evidence.Count == 0)
        {
            yield return new Check("evidence", CheckSentences.NoEvidence, CheckResult.Fail, CheckSentences.NoEvidenceDetail, []);
        }

        foreach (var item in proposal.Evidence)
        {
            if (Why(item, facts) is { } why)
            {
                yield return new Check("evidence:" + item.Id, Say(CheckSentences.CannotBeShown, item.Label), CheckResult.Fail, why, [item.Id]);
            }
        }

        var missing = action?.Evidence.Where(kind => proposal.Evidence.All(item => item.Kind != kind)).Select(kind => kind.Wire()).ToList();
        if (missing is { Count: > 0 })
        {
            yield return new Check(
                "console:required-evidence", CheckSentences.EvidenceMissing, CheckResult.Fail, Say(CheckSentences.EvidenceMissingDetail, string.Join(", ", missing)), []);
        }
    }

    /// <summary>The check of what rules demand and nothing meets.</summary>
    public static IEnumerable<Check> Missing(IReadOnlyList<string> demands) => demands.Count == 0 ? [] :
    [
        new("console:demanded-evidence", CheckSentences.EvidenceMissing, CheckResult.Fail, Say(CheckSentences.EvidenceDemandedDetail, string.Join(", ", demands)), []),
    ];

    /// <summary>Ids of what a reviewer must have seen: what the source marks as required, else all; and what rules demand.</summary>
    public static IReadOnlyList<string> Required(Proposal proposal, IReadOnlyList<string> demanded)
    {
        var isMarked = proposal.Evidence.Any(item => item.Required == true);
        return [.. proposal.Evidence.Where(item => !isMarked || item.Required == true || demanded.Contains(item.Id)).Select(item => item.Id)];
    }

    public static int Unshowable(Proposal proposal, Facts facts) => proposal.Evidence.Count(item => Why(item, facts) is not null);

    private static string? Why(EvidenceItem item, Facts facts) => item switch
    {
        { Kind: EvidenceKind.File } => CheckSentences.DownloadOnly,
        { Kind: EvidenceKind.Pdf } when facts.Unshowable.Contains(item.Id) => CheckSentences.PagesNotDrawn,
        _ when facts.Unshowable.Contains(item.Id) => CheckSentences.OtherBytes,
        // An empty list or object is what was looked up: a search that found nothing. It can be shown.
        { Kind: not EvidenceKind.Json, Content: { } content } when IsEmpty(content) => CheckSentences.Empty,
        { Kind: EvidenceKind.Json, Content.ValueKind: JsonValueKind.Null } => CheckSentences.Empty,
        _ => null,
    };

    private static string Say(string sentence, string gap) => string.Format(CultureInfo.InvariantCulture, sentence, gap);

    private static bool IsEmpty(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(content.GetString()),
        JsonValueKind.Array => content.GetArrayLength() == 0,
        JsonValueKind.Object => !content.EnumerateObject().MoveNext(),
        JsonValueKind.Null => true,
        _ => false,
    };
}
