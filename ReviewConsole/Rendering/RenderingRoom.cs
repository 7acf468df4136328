using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Rendering;

/// <summary>Composition of the rendering room.</summary>
internal static class RenderingRoom
{
    public static IServiceCollection AddRendering(this IServiceCollection services)
    {
        services.AddSingleton<RenderWords>();
        // The endpoint's policy has asked for the permission to read. An earlier revision is what a decision on it was made on.
        services.AddSingleton<FindEvidence>(provider => (_, review, revision, index, _) =>
        {
            var reviews = provider.GetRequiredService<ReviewReader>();
            var proposal = reviews.Find(review) is not { State: var state } ? null
                : state.Revision == revision ? reviews.Content(state)?.Proposal
                : provider.GetRequiredService<ReplayReader>().Revision(review, revision);
            var evidence = proposal?.Evidence;
            return Task.FromResult(evidence is not null && index >= 0 && index < evidence.Count ? evidence[index] : null);
        });
        services.AddSingleton<FindDraft>(provider => (person, review, entry) =>
            provider.GetRequiredService<ReplayReader>().Draft(review, entry, provider.GetRequiredService<SessionPrincipal>().Find(person)?.Id));
        services.AddSingleton<Poppler>();
        services.AddSingleton<PdfPages>();
        // Asked before a proposal enters: an image that is none, or a PDF without pages, becomes a failed check that has to be answered.
        services.AddSingleton<FindUnshowable>(provider => (proposal, stop) => UnshowableAsync(
            proposal, provider.GetRequiredService<BlobFolder>(), provider.GetRequiredService<PdfPages>(), stop));
        return services;
    }

    private static async ValueTask<FrozenSet<string>> UnshowableAsync(Proposal proposal, BlobFolder blobs, PdfPages pdfs, CancellationToken stop)
    {
        HashSet<string>? unshowable = null;
        foreach (var item in proposal.Evidence)
        {
            var can = item switch
            {
                { Kind: EvidenceKind.Image, Blob: { } blob } => await IsImageAsync(blobs, blob.Sha256, stop) || await EvidenceEndpoint.SvgAsync(item, blobs, stop) is not null,
                { Kind: EvidenceKind.Pdf, Blob: { } blob } => await pdfs.DrawAsync(blob.Sha256, 1, stop) is not null,
                _ => true,
            };
            if (!can)
            {
                (unshowable ??= new HashSet<string>(StringComparer.Ordinal)).Add(item.Id);
            }
        }

        return unshowable?.ToFrozenSet(StringComparer.Ordinal) ?? [];
    }

    private static async ValueTask<bool> IsImageAsync(BlobFolder blobs, string sha256, CancellationToken stop)
    {
        await using var bytes = blobs.Open(sha256);
        return bytes is not null && await EvidenceEndpoint.FactsAsync(bytes, stop) is { MayBeShown: true };
    }
}
