using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Api;

/// <summary>The room's one line in each step of the composition.</summary>
internal static class ApiServices
{
    /// <summary>The way in of proposals, which the import takes too.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton(ProposalLimits.Default);
        services.AddSingleton<BlobDesk>();
        services.AddSingleton<IncomingProposals>();
        return services;
    }

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ReviewSignals>();
        services.AddSingleton<ReviewViews>();
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapMe();
        routes.MapReviews();
        routes.MapOutcomes();
        routes.MapSourceReports();
        routes.MapBlobs();
        routes.MapGateQuestions();
        routes.MapLedger();
        routes.MapQueue();
        routes.MapClaims();
        routes.MapJudgements();
        routes.MapDecisions();
        routes.MapLines();
        routes.MapNotBuilt();
    }
}
