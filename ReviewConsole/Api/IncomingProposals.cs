using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>
/// Submit bodies of the wire on their way to the desk: read, then judged by this moment (references looked up, times compared), their inline bytes stored. What only the
/// moment speaks against goes on to the desk, which knows whether the same was answered before.
/// </summary>
internal sealed class IncomingProposals(BlobDesk blobs, FindUnshowable unshowable, EndpointDirectory endpoints, ProposalLimits limits, TimeProvider time)
{
    /// <param name="revision">A new revision, which may carry an answer.</param>
    /// <param name="store">Whether inline bytes are kept; a question to the gate keeps nothing.</param>
    public async Task<(Incoming? Incoming, string? Answer, Problem? Problem)> ReadAsync(HttpContext http, bool revision, bool store)
    {
        var (bytes, problem) = await Bodies.ReadAsync(http, limits.Body).ConfigureAwait(false);
        if (problem is not null)
        {
            return (null, null, problem);
        }

        var (key, wrong) = IdempotencyKey(http);
        return wrong is not null ? (null, null, wrong) : await TakeAsync(http.Source(), bytes, key, revision, store, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The same for bytes that came another way than over HTTP.</summary>
    /// <param name="actor">Whom they speak for.</param>
    public async Task<(Incoming? Incoming, string? Answer, Problem? Problem)> TakeAsync(
        SourceActor actor, ReadOnlyMemory<byte> bytes, string? idempotencyKey, bool revision, bool store, CancellationToken cancellation)
    {
        var reading = revision ? ProposalReader.ReadRevision(bytes, limits) : ProposalReader.Read(bytes, limits);
        if (reading.Proposal is not { } proposal)
        {
            return (null, null, Bodies.Of(reading.Errors));
        }

        if (!actor.Systems.Contains(proposal.Source.System))
        {
            return (null, null, new Refusal.SourceNotYours(proposal.Source.System).Problem());
        }

        var errors = new InputErrors();
        proposal = LookUp(proposal, actor, errors);
        if (errors.Any)
        {
            return (new Incoming(proposal, bytes, idempotencyKey, new Refusal.InvalidNow(errors.Items)), reading.Answer, null);
        }

        if (store)
        {
            await blobs.StoreAsync(actor, reading.Inline, cancellation).ConfigureAwait(false);
        }

        var found = await unshowable(proposal, cancellation).ConfigureAwait(false);
        return (new Incoming(proposal, bytes, idempotencyKey) { Unshowable = found }, reading.Answer, null);
    }

    private Proposal LookUp(Proposal proposal, SourceActor actor, InputErrors errors)
    {
        if (proposal.Expires?.At <= time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            errors.Invalid(Place.Root.At("expires").At("at"), "Is in the past; nobody could decide in time.");
        }

        if (proposal.Deliver?.Webhook is { } webhook && !endpoints.Takes(webhook))
        {
            errors.Invalid(Place.Root.At("deliver").At("webhook"), $"There is no endpoint “{webhook}” that takes webhooks; an operator registers them.");
        }

        var named = proposal.Evidence.Where(item => item.Blob is { Size: null }).Select(item => item.Blob!.Sha256).Distinct(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
        {
            return proposal;
        }

        var sizes = blobs.Sizes(actor.Owner, named);
        for (var i = 0; i < proposal.Evidence.Count; i++)
        {
            if (proposal.Evidence[i].Blob is { Size: null } blob && !sizes.ContainsKey(blob.Sha256))
            {
                errors.Invalid(Place.Root.At("evidence").At(i).At("blob"), "You have uploaded no such bytes; send them with POST /api/v1/blobs first.");
            }
        }

        return proposal.WithBlobSizes(sizes);
    }

    // draft-ietf-httpapi-idempotency-key-header-07: a structured string, or, as many send it, the bare text.
    private static (string? Key, Problem? Problem) IdempotencyKey(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var values))
        {
            return (null, null);
        }

        var key = values.ToString().Trim();
        key = key is ['"', .. var quoted, '"'] ? quoted : key;
        return key.Length is > 0 and <= 200
            ? (key, null)
            : (null, Problems.Of("invalid", "Idempotency-Key must have 1 to 200 characters, quoted or bare."));
    }
}
