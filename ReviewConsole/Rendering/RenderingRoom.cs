using ReviewConsole.Core.Queue;

namespace ReviewConsole.Rendering;

/// <summary>Composition of the rendering room.</summary>
internal static class RenderingRoom
{
    public static IServiceCollection AddRendering(this IServiceCollection services)
    {
        services.AddSingleton<RenderWords>();
        // The endpoint's policy has asked for the permission to read; only the revision that reviews show is served.
        services.AddSingleton<FindEvidence>(provider => (_, review, revision, index, _) =>
        {
            var reviews = provider.GetRequiredService<ReviewReader>();
            var evidence = reviews.Find(review) is { } stored && stored.State.Revision == revision ? reviews.Content(stored.State)?.Proposal.Evidence : null;
            return Task.FromResult(evidence is not null && index >= 0 && index < evidence.Count ? evidence[index] : null);
        });
        return services;
    }
}
