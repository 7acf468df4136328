using System.Collections.Frozen;

namespace ReviewConsole.Core.Identity;

/// <summary>A named set of permissions (TRUST.md §3).</summary>
internal enum Role
{
    Reviewer,
    Senior,
    Supervisor,
    Compliance,
    Author,
    Publisher,
    Admin,
}

internal static class Roles
{
    private static readonly Permission[] s_reviewer =
        [Permission.ReviewsRead, Permission.ReviewsClaim, Permission.ReviewsDecide, Permission.ReviewsEscalate, Permission.HistoryRead];

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> s_grants = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Reviewer] = s_reviewer.ToFrozenSet(),
        [Role.Senior] = s_reviewer.Append(Permission.SecondRead).ToFrozenSet(),
        [Role.Supervisor] = s_reviewer.Concat(
        [
            Permission.SecondRead, Permission.ReviewsAssign, Permission.ClaimsRelease, Permission.RecallAny, Permission.ReviewsRollback,
            Permission.LineStop, Permission.LineResume, Permission.InsightsRead, Permission.DeliveryManage,
        ]).ToFrozenSet(),
        [Role.Compliance] = new[]
        {
            Permission.ReviewsRead, Permission.HistoryRead, Permission.HistoryExport, Permission.LedgerVerify, Permission.LegalHoldSet,
            Permission.ErasureApprove, Permission.InsightsRead,
        }.ToFrozenSet(),
        [Role.Author] = new[] { Permission.ReviewsRead, Permission.PolicyDraft }.ToFrozenSet(),
        [Role.Publisher] = new[] { Permission.ReviewsRead, Permission.PolicyPublish }.ToFrozenSet(),
        [Role.Admin] = new[]
        {
            Permission.PeopleManage, Permission.KeysManage, Permission.DeliveryManage, Permission.CatalogueManage, Permission.RetentionExecute,
        }.ToFrozenSet(),
    }.ToFrozenDictionary();

    /// <summary>The role's name on the wire and in the ledger: the lower-case word.</summary>
    public static string Name(this Role role) => role.ToString().ToLowerInvariant();

    public static FrozenSet<Permission> Grants(this Role role) => s_grants[role];
}
