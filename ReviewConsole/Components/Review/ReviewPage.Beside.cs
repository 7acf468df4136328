using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What is read once the review is on the screen, off the circuit: no paint waits for it, and who goes on stops it.</summary>
public sealed partial class ReviewPage
{
    // Where a key leads from here, and where it has led from.
    private const int MostPrepared = 5;

    private CancellationTokenSource? _leaving;
    private Workspace? _besideOf;
    private Task _beside = Task.CompletedTask;
    // Replaced and never changed: it is read off the circuit.
    private IReadOnlyList<Prepared> _prepared = [];

    // In the words of the version that each was decided under.
    private IReadOnlyDictionary<string, string> ReasonLabels => (_work?.Precedents ?? []).DistinctBy(static precedent => precedent.ReasonCode ?? "").ToDictionary(
        static precedent => precedent.ReasonCode ?? "",
        precedent => Gate.RulesOf(precedent.Policy).Reasons.Values.SelectMany(static reasons => reasons).FirstOrDefault(reason => reason.Code == precedent.ReasonCode)?.Label ?? precedent.ReasonCode ?? "");

    // After each render: the first one that shows another review, or another revision of it, starts the reading.
    private void ReadBeside()
    {
        if (ReferenceEquals(_besideOf, _work))
        {
            return;
        }
        _besideOf = _work;
        _leaving?.Cancel();
        _leaving?.Dispose();
        _leaving = null;
        if (_work is { Detail.Content: { } content, Me: { } me } work && !_gone.IsCancellationRequested)
        {
            _leaving = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
            _beside = ReadBesideAsync(_beside, work, me, content, _leaving.Token);
        }
    }

    private async Task ReadBesideAsync(Task before, Workspace work, PersonActor me, ReviewContent content, CancellationToken leaving)
    {
        await before;
        try
        {
            // Who only passes through is not made to wait for what they do not stay to read.
            await ReadAsync(() => SettledAsync(leaving));
            await ReadAsync(() => HearAsync(me));
            work.PaymentsFailed = !await ReadAsync(async () => work.Payments = await Task.Run(() => Payments.Read(me, work.State, content, leaving), leaving));
            work.PrecedentsFailed = !await ReadAsync(async () => work.Precedents = await Task.Run(() => Precedents.Read(me, work.Detail.Stored.Kind, content, leaving), leaving));
            await ReadAsync(async () => work.Place = await Task.Run(() => Queue.PlaceAsync(work.State.DueAt, Id, leaving), leaving));
            StateHasChanged();
            IReadOnlyList<Guid> beside = [];
            await ReadAsync(async () => beside = await Task.Run(() => NearAsync(me, work.State.DueAt, leaving), leaving));
            foreach (var near in beside)
            {
                await ReadAsync(async () => Keep(await Task.Run(() => PrepareAsync(me, near, leaving), leaving)));
            }
            LogPrepared(Log, _prepared.Count, Id);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The person went on.
        }

        [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What stands beside the review may be missing; neither the review nor the rest may fall with it.")]
        async Task<bool> ReadAsync(Func<Task> read)
        {
            try
            {
                await read();
                return true;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !leaving.IsCancellationRequested)
            {
                LogBeside(Log, fault, Id);
                return false;
            }
        }
    }

    // Where one key leads: the review that would be served next, and the neighbours by due time.
    private async Task<IReadOnlyList<Guid>> NearAsync(PersonActor me, long dueAt, CancellationToken leaving)
    {
        Guid?[] near = [await Queue.NextAsync(QueueFilter.Everything, me.Id, Id, leaving), await Queue.BesideAsync(dueAt, Id, after: true, leaving), await Queue.BesideAsync(dueAt, Id, after: false, leaving)];
        return [.. near.OfType<Guid>().Distinct()];
    }

    /// <summary>Reads and draws a review that a key leads to, so that going on is quick. Nothing is claimed and nothing is recorded.</summary>
    private async Task<Prepared?> PrepareAsync(PersonActor me, Guid id, CancellationToken leaving)
    {
        if (Reviews.Find(id) is not { } stored || Reviews.Shown(stored.State, me.Id) is not { } content)
        {
            return null;
        }
        var evidence = PreparedOf(content) ?? await EvidenceOfAsync(content, leaving);
        foreach (var piece in evidence)
        {
            leaving.ThrowIfCancellationRequested();
            _ = piece.Rendered;
        }
        return new Prepared(content.Proposal.Evidence, evidence);
    }

    // What was sealed never changes: the same evidence is drawn the same. What its reader has opened or looked for is not what somebody should find who comes anew.
    private IReadOnlyList<EvidenceModel>? PreparedOf(ReviewContent content) =>
        _prepared.FirstOrDefault(one => ReferenceEquals(one.Of, content.Proposal.Evidence)) is { } prepared && prepared.Evidence.All(static piece => piece.IsAsDrawn) ? prepared.Evidence : null;

    private void Keep(Prepared? latest) =>
        _prepared = latest is null ? _prepared : [.. _prepared.Where(one => !ReferenceEquals(one.Of, latest.Of)).TakeLast(MostPrepared - 1), latest];

    private Task<IReadOnlyList<EvidenceModel>> EvidenceOfAsync(ReviewContent content, CancellationToken cancellation) =>
        EvidenceModel.OfAsync(content.Review, content.Revision, content.Proposal, content.Gate.RequiredEvidence, Blobs, Pdfs, Words, cancellation);

    private async Task SettledAsync(CancellationToken leaving)
    {
        try
        {
            if (_script is { } script)
            {
                await script.InvokeVoidAsync(SettledScript, leaving);
            }
        }
        catch (JSDisconnectedException)
        {
            // Nobody is in front of it; who comes back finds it read.
        }
    }

    private async Task LeaveBesideAsync()
    {
        await _beside;
        _leaving?.Dispose();
    }

    private sealed record Prepared(IReadOnlyList<EvidenceItem> Of, IReadOnlyList<EvidenceModel> Evidence);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} reviews are prepared beside review {Review}.")]
    private static partial void LogPrepared(ILogger logger, int count, Guid review);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What stands beside review {Review} could not be read.")]
    private static partial void LogBeside(ILogger logger, Exception fault, Guid review);
}
