using System.Diagnostics.CodeAnalysis;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What is read once the review is on the screen, off the circuit: no paint waits for it, and who goes on stops it.</summary>
public sealed partial class ReviewPage
{
    private CancellationTokenSource? _leaving;
    private Workspace? _besideOf;
    private Task _beside = Task.CompletedTask;
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

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What stands beside the review may be missing; the review may not fall with it.")]
    private async Task ReadBesideAsync(Task before, Workspace work, PersonActor me, ReviewContent content, CancellationToken leaving)
    {
        await before;
        try
        {
            await HearAsync(me);
            work.Payments = await Task.Run(() => Payments.Read(me, work.State, content, leaving), leaving);
            work.Precedents = await Task.Run(() => Precedents.Read(me, work.Detail.Stored.Kind, content, leaving), leaving);
            work.Place = await Task.Run(() => Queue.PlaceAsync(work.State.DueAt, Id, leaving), leaving);
            StateHasChanged();
            _prepared = await Task.Run(() => PrepareAsync(me, work.State.DueAt, leaving), leaving);
            LogPrepared(Log, _prepared.Count, Id);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The person went on.
        }
        catch (Exception fault)
        {
            LogBeside(Log, fault, Id);
            (work.PaymentsFailed, work.PrecedentsFailed) = (work.Payments is null, work.Precedents is null);
            StateHasChanged();
        }
    }

    /// <summary>Reads and draws the reviews that one key leads to, so that going on is quick: the one that would be served next, and its neighbours by due time. Nothing is claimed and nothing is recorded.</summary>
    private async Task<IReadOnlyList<Prepared>> PrepareAsync(PersonActor me, long dueAt, CancellationToken leaving)
    {
        var prepared = new List<Prepared>();
        Guid?[] near = [await Queue.NextAsync(QueueFilter.Everything, me.Id, Id, leaving), await Queue.BesideAsync(dueAt, Id, after: true, leaving), await Queue.BesideAsync(dueAt, Id, after: false, leaving)];
        foreach (var id in near.OfType<Guid>().Distinct())
        {
            if (Reviews.Find(id) is { } stored && Reviews.Shown(stored.State, me.Id) is { } content)
            {
                var evidence = await EvidenceOfAsync(content, leaving);
                foreach (var piece in evidence)
                {
                    leaving.ThrowIfCancellationRequested();
                    _ = piece.Rendered;
                }
                prepared.Add(new Prepared(content.Proposal.Evidence, evidence));
            }
        }
        return prepared;
    }

    // What was sealed never changes: the same evidence is drawn the same.
    private IReadOnlyList<EvidenceModel>? TakePrepared(ReviewContent content)
    {
        var prepared = _prepared.FirstOrDefault(one => ReferenceEquals(one.Of, content.Proposal.Evidence));
        _prepared = [];
        return prepared?.Evidence;
    }

    private Task<IReadOnlyList<EvidenceModel>> EvidenceOfAsync(ReviewContent content, CancellationToken cancellation) =>
        EvidenceModel.OfAsync(content.Review, content.Revision, content.Proposal, content.Gate.RequiredEvidence, Blobs, Pdfs, Words, cancellation);

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
