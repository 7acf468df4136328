using ReviewConsole.Components.Queue;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>Whose the review is and which one comes next: claim, extend, recall, go on.</summary>
public sealed partial class ReviewPage
{
    // Where a key has led. Until that is here, what is left is not drawn again: the other would wait for it.
    private Guid? _to;

    // The list that it was opened from goes along.
    private QueueFilter From => QueueAddress.Read(new Uri(Navigation.Uri).Query);

    private string Back => QueueAddress.BackFrom(Navigation.ToBaseRelativePath(Navigation.Uri));

    protected override bool ShouldRender() => _to is null || _to == Id;

    private Task ClaimAsync() => SayAsync(async () =>
    {
        if (await Person.FindAsync() is { } me)
        {
            Explain((await Desk.ClaimAsync(me, Id, Via.Screen, _gone.Token)).Refusal);
            Reread(me);
        }
    });

    private Task ExtendAsync() => SayAsync(async () =>
    {
        if (_work?.State.Claim is { } claim && await Person.FindAsync() is { } me)
        {
            var renewed = await Desk.RenewAsync(me, Id, claim.Token, _gone.Token);
            Explain(renewed.Refusal);
            Reread(me);
            if (renewed.Refusal is null)
            {
                Announcer.Say(T["Say.Extended"]);
            }
        }
    });

    private Task RecallAsync() => SayAsync(async () =>
    {
        if (_work is { Standing: Standing.HeldByMe } && await Person.FindAsync() is { } me)
        {
            var recalled = await Desk.RecallAsync(me, Id, Guid.CreateVersion7(Time.GetUtcNow()).ToString("D"), Via.Screen, _gone.Token);
            Explain(recalled.Refusal);
            Reread(me);
            if (recalled.Refusal is null)
            {
                Announcer.Say(T["Say.Recalled"]);
            }
        }
    });

    private Task NextAsync() => SayAsync(async () =>
    {
        if (await Person.FindAsync() is not { } me)
        {
            return;
        }
        if (await Queue.NextAsync(QueueFilter.Everything, me.Id, Id, _gone.Token) is not { } next)
        {
            Navigation.NavigateTo(Back);
            return;
        }
        await Desk.ClaimAsync(me, next, Via.Screen, _gone.Token);
        Navigation.NavigateTo(QueueAddress.Review(next, From));
    });

    // The one after this by due time, or before it, to look at: nothing is claimed.
    private async Task StepAsync(bool after)
    {
        if (_work is { } work)
        {
            var beside = await Queue.BesideAsync(work.State.DueAt, Id, after, _gone.Token);
            _to = beside;
            _leaving?.Cancel();
            Navigation.NavigateTo(beside is { } id ? QueueAddress.Review(id, From) : Back);
        }
    }

    private async Task LookAsync()
    {
        await SaveAsync();
        await LoadAsync();
    }
}
