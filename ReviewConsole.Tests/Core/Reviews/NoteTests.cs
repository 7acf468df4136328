using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>What colleagues say to each other about a review, and what one of them passes on.</summary>
public sealed class NoteTests : LifeBench
{
    private static CancellationToken Cancellation => TestDesk.Cancellation;

    [Fact]
    public async Task An_opinion_is_asked_and_answered_and_the_claim_stays()
    {
        var (jonas, priya) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("priya"));
        var review = await Desk.SubmitAsync();
        var claim = (await Desk.Reviewers.ClaimAsync(jonas, review.Id, Via.Screen, Cancellation)).Value!;
        Assert.Null((await Desk.Notes.WriteAsync(jonas, review.Id, "Is this hers, @priya?", [priya.Id], asks: true, Cancellation)).Refusal);
        Assert.Equal(Mention.Asked, await MarkAsync(priya, review));
        Assert.Null(await MarkAsync(jonas, review));
        Assert.Equal(1, (await Desk.Queue.CountViewsAsync(QueueFilter.Everything, priya.Id, Cancellation)).Mine);

        // Looking is no answer.
        await Desk.Notes.LookedAsync(priya, review.Id, Cancellation);
        Assert.Equal(Mention.Asked, await MarkAsync(priya, review));
        Assert.Null((await Desk.Notes.WriteAsync(priya, review.Id, "It is, @jonas.", [jonas.Id], asks: false, Cancellation)).Refusal);
        Assert.Null(await MarkAsync(priya, review));
        Assert.Equal(Mention.Named, await MarkAsync(jonas, review));
        await Desk.Notes.LookedAsync(jonas, review.Id, Cancellation);
        Assert.Null(await MarkAsync(jonas, review));

        Assert.Equal(claim.Token, State(review).Claim!.Token);
        var notes = Desk.Reviews.Read(review.Id, jonas.Id)!.Timeline.Where(static entry => entry.Event is Noted).ToList();
        Assert.Equal(["Is this hers, @priya?", "It is, @jonas."], notes.Select(static entry => entry.Texts[SealedNames.Note]));
        Assert.Equal([jonas.Id, priya.Id], notes.Select(static entry => entry.By));
    }

    [Fact]
    public async Task A_note_is_of_somebody_who_works_here_on_an_open_review_to_people_who_can_answer()
    {
        var (jonas, carla) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("carla", Role.Compliance));
        var review = await Desk.SubmitAsync();
        Assert.IsType<Refusal.NotPermitted>((await Desk.Notes.WriteAsync(carla, review.Id, "I saw this.", [], asks: false, Cancellation)).Refusal);
        Assert.Equal("#/note", Assert.IsType<Refusal.Invalid>((await Desk.Notes.WriteAsync(jonas, review.Id, " ", [], asks: false, Cancellation)).Refusal).Pointer);
        Assert.Equal("#/note", Assert.IsType<Refusal.Invalid>((await Desk.Notes.WriteAsync(jonas, review.Id, new string('x', 2_001), [], asks: false, Cancellation)).Refusal).Pointer);
        Assert.Equal("#/mentions", Assert.IsType<Refusal.Invalid>((await Desk.Notes.WriteAsync(jonas, review.Id, "?", [], asks: true, Cancellation)).Refusal).Pointer);
        Assert.Equal("#/mentions", Assert.IsType<Refusal.Invalid>((await Desk.Notes.WriteAsync(jonas, review.Id, "@carla", [carla.Id], asks: false, Cancellation)).Refusal).Pointer);

        await Desk.DecideAsync(jonas, review.Id, DecisionKind.Reject);
        Assert.Null((await Desk.Notes.WriteAsync(jonas, review.Id, "While it is held.", [], asks: false, Cancellation)).Refusal);
        await Desk.ReleaseAsync();
        Assert.IsType<Refusal.AlreadyDecided>((await Desk.Notes.WriteAsync(jonas, review.Id, "Too late.", [], asks: false, Cancellation)).Refusal);
    }

    [Fact]
    public async Task What_closes_speaks_to_nobody_any_more()
    {
        var (jonas, priya) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("priya"));
        var review = await Desk.SubmitAsync();
        await Desk.Notes.WriteAsync(jonas, review.Id, "@priya?", [priya.Id], asks: true, Cancellation);
        await Desk.DecideAsync(jonas, review.Id, DecisionKind.Reject);
        await Desk.ReleaseAsync();
        using var connection = Desk.Store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM mention";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    [Fact]
    public async Task What_somebody_skips_is_served_to_them_after_all_others_and_to_others_as_before()
    {
        var (jonas, priya) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("priya"));
        var first = await Desk.SubmitAsync();
        // Of those due at the same moment either may be served first.
        Desk.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await Desk.SubmitAsync();
        var claim = (await Desk.Reviewers.ClaimAsync(jonas, first.Id, Via.Screen, Cancellation)).Value!;
        Assert.IsType<Refusal.ClaimLost>((await Desk.Reviewers.SkipAsync(jonas, first.Id, Guid.Empty, SkipReason.NotMyField, Cancellation)).Refusal);
        Assert.Null((await Desk.Reviewers.SkipAsync(jonas, first.Id, claim.Token, SkipReason.NotMyField, Cancellation)).Refusal);
        Assert.Null(State(first).Claim);
        Assert.Equal(SkipReason.NotMyField, Desk.Reviews.Read(first.Id, jonas.Id)!.Timeline.Select(static entry => entry.Event).OfType<ClaimReleased>().Single().Skip);

        Assert.Equal(second.Id, await NextAsync(jonas));
        Assert.Equal(first.Id, await NextAsync(priya));
        await Desk.Reviewers.ClaimAsync(priya, second.Id, Via.Screen, Cancellation);
        Assert.Equal(first.Id, await NextAsync(jonas));

        // Another revision is another thing to look at.
        await Desk.SubmitAsync();
        Assert.Null((await ReviseAsync(first, 1)).Refusal);
        Assert.Equal(first.Id, await NextAsync(jonas));
    }

    private Task<Guid?> NextAsync(PersonActor person) => Desk.Queue.NextAsync(QueueFilter.Everything, person.Id, null, Cancellation);

    private async Task<Mention?> MarkAsync(PersonActor person, ReviewState review) =>
        (await Desk.Queue.ReadAsync(QueueFilter.Everything, person.Id, null, 50, Cancellation)).Items.Single(item => item.Id == review.Id).Mention;
}
