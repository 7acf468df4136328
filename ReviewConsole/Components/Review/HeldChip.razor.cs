using Microsoft.AspNetCore.Components;
using ReviewConsole.Components.Layout;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Review;

/// <summary>Reads the person's held decisions after commits, at most twice a second, and takes the newest back on demand.</summary>
public sealed partial class HeldChip : IAsyncDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<HeldItem> _held = [];
    private Task _following = Task.CompletedTask;
    private int _signalled;

    [Inject] private HeldReader Held { get; set; } = default!;

    [Inject] private ReviewerDesk Desk { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Changes.Committed += Hear;
            Signal(TimeSpan.Zero);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Changes.Committed -= Hear;
        await _gone.CancelAsync();
        await _following;
        _gone.Dispose();
    }

    // On the Writer's thread: note it, nothing more.
    private void Hear(ChangeSignal signal)
    {
        if (signal.Reviews.Count > 0 || signal.Topics.Contains(ChangeSignal.Line))
        {
            Signal(s_quiet);
        }
    }

    private void Signal(TimeSpan after)
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _following = InvokeAsync(() => FollowAsync(after));
        }
    }

    private async Task FollowAsync(TimeSpan after)
    {
        try
        {
            await Task.Delay(after, Time, _gone.Token);
            Interlocked.Exchange(ref _signalled, 0);
            var held = await Person.FindAsync() is { } me ? Held.Of(me.Id) : [];
            if (!held.SequenceEqual(_held))
            {
                _held = held;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task RecallAsync()
    {
        if (_held.Count == 0 || await Person.FindAsync() is not { } me)
        {
            return;
        }
        var newest = _held[^1].Review;
        var recalled = await Desk.RecallAsync(me, newest, Guid.CreateVersion7(Time.GetUtcNow()).ToString("D"), Via.Screen, _gone.Token);
        Announcer.Say(T[recalled.Refusal is null ? "Say.Recalled" : "Refusal.AlreadyReleased"]);
        _held = Held.Of(me.Id);
        if (recalled.Refusal is null && !Navigation.Uri.Contains(newest.ToString(), StringComparison.Ordinal))
        {
            Navigation.NavigateTo($"reviews/{newest}");
        }
    }

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
