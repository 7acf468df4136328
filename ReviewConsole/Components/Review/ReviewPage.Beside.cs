using System.Diagnostics.CodeAnalysis;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What is read once the review is on the screen, off the circuit: no paint waits for it, and who goes on stops it.</summary>
public sealed partial class ReviewPage
{
    private CancellationTokenSource? _leaving;
    private Workspace? _besideOf;
    private Task _beside = Task.CompletedTask;

    private IReadOnlyDictionary<string, string> ReasonLabels =>
        Gate.Rules.Reasons.Values.SelectMany(static reasons => reasons).DistinctBy(static reason => reason.Code).ToDictionary(static reason => reason.Code, static reason => reason.Label);

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
            var precedents = await Task.Run(() => Precedents.Read(me, work.Detail.Stored.Kind, content, leaving), leaving);
            work.Precedents = precedents;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            LogBeside(Log, fault, Id);
            work.PrecedentsFailed = true;
        }
        if (!leaving.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    private async Task LeaveBesideAsync()
    {
        await _beside;
        _leaving?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What stands beside review {Review} could not be read.")]
    private static partial void LogBeside(ILogger logger, Exception fault, Guid review);
}
