namespace ReviewConsole.Core.Identity;

/// <summary>What a person may be allowed to do. The wire name is <see cref="Permissions.Name"/>.</summary>
internal enum Permission
{
    ReviewsRead,
    ReviewsClaim,
    ReviewsDecide,
    ReviewsEscalate,
    ReviewsAssign,
    ClaimsRelease,
    SecondRead,
    HistoryRead,
    HistoryExport,
    LedgerVerify,
    PolicyDraft,
    PolicyPublish,
    LineStop,
    LineResume,
    InsightsRead,
    DeliveryManage,
    PeopleManage,
    KeysManage,
    CatalogueManage,
    RecallAny,
    ReviewsRollback,
    LegalHoldSet,
    ErasureApprove,
    RetentionExecute,
}

/// <summary>The names of permissions as the API and the documentation write them.</summary>
internal static class Permissions
{
    public static string Name(this Permission permission) => permission switch
    {
        Permission.ReviewsRead => "reviews.read",
        Permission.ReviewsClaim => "reviews.claim",
        Permission.ReviewsDecide => "reviews.decide",
        Permission.ReviewsEscalate => "reviews.escalate",
        Permission.ReviewsAssign => "reviews.assign",
        Permission.ClaimsRelease => "claims.release",
        Permission.SecondRead => "secondread",
        Permission.HistoryRead => "history.read",
        Permission.HistoryExport => "history.export",
        Permission.LedgerVerify => "ledger.verify",
        Permission.PolicyDraft => "policy.draft",
        Permission.PolicyPublish => "policy.publish",
        Permission.LineStop => "line.stop",
        Permission.LineResume => "line.resume",
        Permission.InsightsRead => "insights.read",
        Permission.DeliveryManage => "delivery.manage",
        Permission.PeopleManage => "people.manage",
        Permission.KeysManage => "keys.manage",
        Permission.CatalogueManage => "catalogue.manage",
        Permission.RecallAny => "recall.any",
        Permission.ReviewsRollback => "reviews.rollback",
        Permission.LegalHoldSet => "legalhold.set",
        Permission.ErasureApprove => "erasure.approve",
        Permission.RetentionExecute => "retention.execute",
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, null),
    };
}
