using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;

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
        // Asked before a proposal enters: an image that is none becomes a failed check that has to be answered.
        services.AddSingleton<CanShow>(provider => item =>
        {
            if (item is not { Kind: EvidenceKind.Image, Blob: { } blob })
            {
                return true;
            }
            using var bytes = provider.GetRequiredService<BlobFolder>().Open(blob.Sha256);
            return bytes is not null && EvidenceEndpoint.Facts(bytes) is { MayBeShown: true };
        });
        return services;
    }
}
