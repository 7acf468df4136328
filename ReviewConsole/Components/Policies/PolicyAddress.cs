using System.Globalization;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

/// <summary>The studio's view state as an address: <c>policies/7?show=changes</c>. Without <c>show</c>: text, rules and findings.</summary>
internal static class PolicyAddress
{
    public const string Page = "policies";
    public const string Edit = "edit";
    public const string Changes = "changes";
    public const string Backtest = "backtest";
    public const string Bench = "bench";

    public const string Candidates = "policies/candidates";

    /// <param name="days">0 for all.</param>
    public static string CandidatesOf(int days) => string.Create(CultureInfo.InvariantCulture, $"{Candidates}?days={days}");

    public static string Of(long number, string? show = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Page}/{number}{(show is null ? "" : "?show=" + show)}");

    /// <summary>A rule or an action of the text that is edited, from 1.</summary>
    public static string OfEntry(long number, PolicyPart part, int entry) => string.Create(CultureInfo.InvariantCulture, $"{Of(number, Edit)}&{(part == PolicyPart.Actions ? "action" : "rule")}={entry}");

    public static PolicyStanding Standing(PolicyShelf shelf, StoredPolicy policy) =>
        shelf.InForce.Policy == policy.Number ? PolicyStanding.InForce
        : shelf.Next?.Policy == policy.Number ? PolicyStanding.ToCome
        : policy.State switch
        {
            PolicyState.Draft => PolicyStanding.Draft,
            PolicyState.Shadow => PolicyStanding.Shadow,
            PolicyState.Discarded => PolicyStanding.Discarded,
            _ => PolicyStanding.Earlier,
        };
}
