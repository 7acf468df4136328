using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What colleagues say to each other about an open review, from the screen.</summary>
internal sealed class NoteDesk(Writer writer, ReadDatabase database, ReviewRunner runner, PeopleDirectory people)
{
    /// <summary>Who can be spoken to: everybody who could write back, but not oneself.</summary>
    public IReadOnlyList<Person> Colleagues(PersonActor actor) => [.. people.All().Where(person => person.Id != actor.Id && MayAnswer(person))];

    public Task<Result<ReviewState>> WriteAsync(PersonActor actor, Guid id, string text, IReadOnlyList<string> mentions, bool asks, CancellationToken cancellation)
    {
        if (mentions.FirstOrDefault(mention => people.Person(mention) is not { } person || !MayAnswer(person)) is { } nobody)
        {
            return Task.FromResult<Result<ReviewState>>(new Refusal.Invalid("#/mentions", $"There is nobody with the id '{nobody}' who works on reviews."));
        }

        return writer.RunAsync<Result<ReviewState>>(
            scope =>
            {
                if (ReviewRows.Load(scope, id) is not { } stored)
                {
                    return new Refusal.UnknownReview();
                }

                if (PeopleStore.Current(scope, actor) is not { } person)
                {
                    return ReviewerDesk.Ended;
                }

                var decision = NoteDecider.Write(stored.State, person, text, mentions, asks);
                if (decision.Refusal is { } refusal)
                {
                    return refusal;
                }

                ColleagueRows.Answered(scope, id, person.Id);
                foreach (var mention in mentions.Where(mention => mention != person.Id))
                {
                    ColleagueRows.Mention(scope, id, mention, asks);
                }

                return runner.Save(scope, stored, person.Id, Via.Screen, null, decision).State;
            },
            cancellation);
    }

    /// <summary>The person has the review on the screen: who was only named has heard. Writes nothing where there is nothing to hear.</summary>
    public async Task LookedAsync(PersonActor actor, Guid id, CancellationToken cancellation)
    {
        if (!IsNamed(actor, id))
        {
            return;
        }

        await writer.RunAsync(
            scope =>
            {
                var changed = ColleagueRows.Looked(scope, id, actor.Id);
                if (changed)
                {
                    scope.Touch(id);
                }

                return changed;
            },
            cancellation).ConfigureAwait(false);
    }

    private bool IsNamed(PersonActor actor, Guid id)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM mention WHERE person = $person AND review = $review AND asks = 0";
        return (long)command.With("$person", actor.Id).With("$review", id.ToString()).ExecuteScalar()! > 0;
    }

    private static bool MayAnswer(Person person) => person.Active && person.Permissions.Contains(Permission.ReviewsClaim);
}
