using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>The life of a policy: who may do what to it, what is recorded, what is in force. After each test the log's reading of it is compared with the rows.</summary>
public sealed class PolicyDeskTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private PolicyDesk Policies => _desk.Policies;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_draft_comes_into_force_when_somebody_else_publishes_it()
    {
        var (ana, pia) = await PeopleAsync();
        Assert.Equal(("default", 1), Version());
        var draft = (await Policies.SaveAsync(ana, null, Text(1, "hold: 5 s"), Cancelled)).Value!;
        Assert.Equal((PolicyState.Draft, "test", 1, PolicyReader.Default.Text), (draft.State, draft.Name, draft.Version, draft.Base));

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        var shadow = (await Policies.ShadowAsync(ana, draft.Number, draft.Digest, Cancelled)).Value!;
        Assert.Equal((PolicyState.Shadow, Now), (shadow.State, shadow.ShadowSince));
        Assert.Equal(("default", 1), Version());

        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await Policies.PublishAsync(pia, draft.Number, draft.Digest, null, "Fewer seconds to wait.", Cancelled)).Refusal);

        Assert.Equal(("test", 1), Version());
        Assert.Equal(5, _desk.Board.InForce.Policy.HoldSeconds);
        var shelf = Policies.Read();
        Assert.Equal(new PolicyAct(shelf.InForce.Seq, PolicyActKind.Published, pia.Id, Now, Now, draft.Number), shelf.InForce);
        Assert.Equal([null, "Fewer seconds to wait."], shelf.Acts.Select(told => told.Reason));
        Assert.Equal([PolicyState.Published, PolicyState.Published], shelf.Policies.Select(policy => policy.State));
        Assert.Equal((Text(1, "hold: 5 s"), ana.Id, (long?)null), (shelf.Policies[1].Text, shelf.Policies[1].Authors.Single(), shelf.Policies[1].ShadowSince));
        Assert.Equal(["policyLoaded", "policyDrafted", "policyShadowed", "policyPublished"], Types());
    }

    [Fact]
    public async Task Nobody_puts_into_force_what_they_wrote_on()
    {
        var (ana, pia) = await PeopleAsync();
        var both = await _desk.PersonAsync("both", Role.Author, Role.Publisher);
        var also = await _desk.PersonAsync("also", Role.Author, Role.Publisher);
        var draft = (await Policies.SaveAsync(both, null, Text(1, "hold: 5 s"), Cancelled)).Value!;
        draft = (await Policies.SaveAsync(also, (draft.Number, draft.Digest), Text(1, "hold: 6 s"), Cancelled)).Value!;
        // Saving what stands there already makes nobody an author.
        draft = (await Policies.SaveAsync(ana, (draft.Number, draft.Digest), draft.Text, Cancelled)).Value!;
        Assert.Equal([both.Id, also.Id], draft.Authors);

        foreach (var author in new[] { both, also })
        {
            Assert.IsType<Refusal.ConflictOfInterest>((await Policies.PublishAsync(author, draft.Number, draft.Digest, null, "Mine.", Cancelled)).Refusal);
        }

        Assert.Equal(("default", 1), Version());
        await PublishedAsync(pia, draft);
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(2), Cancelled)).Value!);
        Assert.IsType<Refusal.ConflictOfInterest>((await Policies.RollBackAsync(both, draft.Number, "Mine.", Cancelled)).Refusal);
        Assert.Equal(("test", 2), Version());
    }

    [Fact]
    public async Task A_copy_has_the_authors_of_what_it_copies()
    {
        var (ana, pia) = await PeopleAsync();
        var both = await _desk.PersonAsync("both", Role.Author, Role.Publisher);
        var mine = (await Policies.SaveAsync(both, null, Text(1, "hold: 5 s"), Cancelled)).Value!;
        var copy = (await Policies.SaveAsync(ana, null, mine.Text, Cancelled)).Value!;
        Assert.Equal(mine.Digest, copy.Digest);
        Assert.Equal([both.Id, ana.Id], copy.Authors);
        await Policies.SaveAsync(both, (mine.Number, mine.Digest), Text(1, "hold: 6 s"), Cancelled);

        Assert.IsType<Refusal.ConflictOfInterest>((await Policies.PublishAsync(both, copy.Number, copy.Digest, null, "Mine after all.", Cancelled)).Refusal);
        await PublishedAsync(pia, copy);
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(2), Cancelled)).Value!);
        Assert.IsType<Refusal.ConflictOfInterest>((await Policies.RollBackAsync(both, copy.Number, "Mine after all.", Cancelled)).Refusal);
        Assert.Equal(("test", 2), Version());
    }

    [Fact]
    public async Task What_a_file_let_through_unaudited_does_not_come_back_and_can_be_kept()
    {
        var (ana, pia) = await PeopleAsync();
        await RestartAsync(GateCases.Policy("rules:\n  - { rule: wave-through, when: { field: kind, equals: refund }, then: { verdict: proceed } }"));
        var (board, free) = await RestartAsync(null);
        var next = (await free.SaveAsync(ana, null, Text(2), Cancelled)).Value!;
        Assert.Null((await free.PublishAsync(pia, next.Number, next.Digest, Now + 60_000, "Soon.", Cancelled)).Refusal);

        // It is in force: to name it cancels what was to come.
        Assert.Null((await free.RollBackAsync(pia, 2, "Not yet.", Cancelled)).Refusal);
        Assert.Null(free.Read().Next);
        Assert.Null((await free.RollBackAsync(pia, 1, "Audited.", Cancelled)).Refusal);
        Invalid("#/rules", await free.RollBackAsync(pia, 2, "Less work.", Cancelled));
        Assert.Equal("default", board.InForce.Policy.Name);
    }

    [Fact]
    public async Task What_a_role_does_not_grant_is_refused_also_when_it_was_granted_a_moment_ago()
    {
        var (ana, pia) = await PeopleAsync();
        var draft = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        var before = _desk.Rebuild.Check(null, Cancelled).Entries;

        await AuthorAsync(pia);
        await AuthorAsync(await _desk.PersonAsync("jonas", Role.Reviewer, Role.Supervisor, Role.Compliance, Role.Admin));
        await PublisherAsync(ana);
        await _desk.PersonAsync("ana", Role.Publisher);
        await _desk.PersonAsync("pia", Role.Author);
        before += 3;
        await AuthorAsync(ana);
        await PublisherAsync(pia);

        Assert.Equal(before, _desk.Rebuild.Check(null, Cancelled).Entries);
        Assert.Equal(PolicyState.Draft, Policies.Read().Policies[1].State);

        async Task AuthorAsync(PersonActor person)
        {
            NotPermitted("policy.draft", await Policies.SaveAsync(person, null, Text(2), Cancelled));
            NotPermitted("policy.draft", await Policies.SaveAsync(person, (draft.Number, draft.Digest), Text(2), Cancelled));
            NotPermitted("policy.draft", await Policies.ShadowAsync(person, draft.Number, draft.Digest, Cancelled));
            NotPermitted("policy.draft", await Policies.DiscardAsync(person, draft.Number, draft.Digest, Cancelled));
        }

        async Task PublisherAsync(PersonActor person)
        {
            NotPermitted("policy.publish", await Policies.PublishAsync(person, draft.Number, draft.Digest, null, "Now.", Cancelled));
            NotPermitted("policy.publish", await Policies.RollBackAsync(person, 1, "Back.", Cancelled));
        }
    }

    [Theory]
    [InlineData("extends: default\npolicy: test\nversion: 1\nhold: long\n", 4)]
    [InlineData("extends: default\npolicy: test\nversion: 1\nrules:\n  - rule: x\n    when: { field: nothing, equals: 1 }\n    then: { verdict: review }\n", 6)]
    [InlineData("policy: [\n", 2)]
    [InlineData("extends: default\npolicy: Ana and Jonas\nversion: 1\n", 2)]
    [InlineData("", 1)]
    public async Task A_malformed_text_changes_nothing(string text, int line)
    {
        var (ana, _) = await PeopleAsync();
        var draft = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        var (before, entries) = (Shelf(Policies), Types());

        foreach (var over in new (long, string)?[] { null, (draft.Number, draft.Digest) })
        {
            var malformed = Assert.IsType<Refusal.PolicyMalformed>((await Policies.SaveAsync(ana, over, text, Cancelled)).Refusal);
            Assert.Contains(malformed.Errors, error => error.Line == line && error.Detail.Length > 0);
        }

        Assert.Equal((before, entries.Count), (Shelf(Policies), Types().Count));
    }

    [Fact]
    public async Task What_is_decided_about_is_what_was_read()
    {
        var (ana, pia) = await PeopleAsync();
        var read = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        var newer = (await Policies.SaveAsync(ana, (read.Number, read.Digest), Text(1, "hold: 7 s"), Cancelled)).Value!;

        Assert.Equal(new Refusal.PolicyMoved(newer.Digest), (await Policies.PublishAsync(pia, read.Number, read.Digest, null, "Now.", Cancelled)).Refusal);
        Assert.Equal(new Refusal.PolicyMoved(newer.Digest), (await Policies.SaveAsync(ana, (read.Number, read.Digest), Text(1, "hold: 8 s"), Cancelled)).Refusal);
        Assert.Equal(new Refusal.PolicyMoved(newer.Digest), (await Policies.ShadowAsync(ana, read.Number, read.Digest, Cancelled)).Refusal);
        Assert.Equal(new Refusal.PolicyMoved(newer.Digest), (await Policies.DiscardAsync(ana, read.Number, read.Digest, Cancelled)).Refusal);

        // Read here, saved over before the write: the digest that was read is still the old one.
        var (saved, published) = await _desk.TogetherAsync(
            () => Policies.SaveAsync(ana, (newer.Number, newer.Digest), Text(1, "hold: 9 s"), Cancelled),
            () => Policies.PublishAsync(pia, newer.Number, newer.Digest, null, "Now.", Cancelled));
        Assert.Equal(new Refusal.PolicyMoved(saved.Value!.Digest), published.Refusal);
        Assert.Equal(("default", 1), Version());
    }

    [Fact]
    public async Task A_shadow_that_is_saved_over_is_a_draft_and_what_is_finished_never_changes()
    {
        var (ana, pia) = await PeopleAsync();
        var draft = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        await Policies.ShadowAsync(ana, draft.Number, draft.Digest, Cancelled);
        draft = (await Policies.SaveAsync(ana, (draft.Number, draft.Digest), Text(1, "hold: 7 s"), Cancelled)).Value!;
        Assert.Equal((PolicyState.Draft, (long?)null), (Policies.Read().Policies[1].State, Policies.Read().Policies[1].ShadowSince));

        await PublishedAsync(pia, draft);
        var gone = (await Policies.SaveAsync(ana, null, Text(2), Cancelled)).Value!;
        Assert.Equal(PolicyState.Discarded, (await Policies.DiscardAsync(ana, gone.Number, gone.Digest, Cancelled)).Value!.State);
        foreach (var finished in new[] { draft, gone })
        {
            Invalid("#/policy", await Policies.SaveAsync(ana, (finished.Number, finished.Digest), Text(3), Cancelled));
            Invalid("#/policy", await Policies.ShadowAsync(ana, finished.Number, finished.Digest, Cancelled));
            Invalid("#/policy", await Policies.DiscardAsync(ana, finished.Number, finished.Digest, Cancelled));
            Invalid("#/policy", await Policies.PublishAsync(pia, finished.Number, finished.Digest, null, "Again.", Cancelled));
        }

        Invalid("#/policy", await Policies.RollBackAsync(pia, gone.Number, "Never published.", Cancelled));
        Invalid("#/policy", await Policies.PublishAsync(pia, 99, "sha256:", null, "No such one.", Cancelled));
    }

    [Fact]
    public async Task A_version_is_higher_than_every_one_that_was_published_of_its_name()
    {
        var (ana, pia) = await PeopleAsync();
        foreach (var (version, name, hold, accepted) in new[]
        {
            (3, "test", 1, true), (3, "test", 2, false), (2, "test", 3, false), (1, "default", 4, false), (1, "other", 5, true), (4, "test", 6, true),
        })
        {
            var draft = (await Policies.SaveAsync(ana, null, Text(version, $"hold: {hold} s", name), Cancelled)).Value!;
            var result = await Policies.PublishAsync(pia, draft.Number, draft.Digest, null, "Next.", Cancelled);
            if (accepted)
            {
                Assert.Null(result.Refusal);
            }
            else
            {
                Invalid("#/version", result);
            }
        }

        Assert.Equal(("test", 4), Version());
    }

    [Fact]
    public async Task What_lets_actions_through_unaudited_can_be_tried_and_not_published()
    {
        var (ana, pia) = await PeopleAsync();
        var draft = (await Policies.SaveAsync(
            ana, null, Text(1, "rules:\n  - { rule: wave-through, when: { field: kind, equals: refund }, then: { verdict: proceed } }"), Cancelled)).Value!;
        Assert.Null((await Policies.ShadowAsync(ana, draft.Number, draft.Digest, Cancelled)).Refusal);

        var refused = await Policies.PublishAsync(pia, draft.Number, draft.Digest, null, "Less work.", Cancelled);

        Invalid("#/rules", refused);
        Assert.Contains("wave-through", ((Refusal.Invalid)refused.Refusal!).Detail, StringComparison.Ordinal);
        Assert.Equal(("default", 1), Version());
    }

    [Fact]
    public async Task It_needs_a_reason_and_a_time_that_is_not_over()
    {
        var (ana, pia) = await PeopleAsync();
        var draft = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        Assert.IsType<Refusal.RationaleRequired>((await Policies.PublishAsync(pia, draft.Number, draft.Digest, null, "  ", Cancelled)).Refusal);
        Invalid("#/reason", await Policies.PublishAsync(pia, draft.Number, draft.Digest, null, new string('x', 5_000), Cancelled));
        Invalid("#/effective", await Policies.PublishAsync(pia, draft.Number, draft.Digest, Now - 1, "Then.", Cancelled));
        Assert.IsType<Refusal.RationaleRequired>((await Policies.RollBackAsync(pia, 1, "", Cancelled)).Refusal);
        Invalid("#/policy", await Policies.RollBackAsync(pia, 1, "It is in force.", Cancelled));
        Assert.Equal(["policyLoaded", "policyDrafted"], Types());
    }

    [Fact]
    public async Task What_is_to_come_comes_unless_a_later_act_takes_its_place()
    {
        var (ana, pia) = await PeopleAsync();
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!, Now + 3_600_000);
        Assert.Equal((("default", 1), 2L), (Version(), Policies.Read().Next?.Policy));
        _desk.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((("test", 1), (PolicyAct?)null), (Version(), Policies.Read().Next));

        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(2), Cancelled)).Value!, Now + 3_600_000);
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(3), Cancelled)).Value!, Now + 7_200_000);
        _desk.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(("test", 1), Version());
        // Naming what is in force cancels what is to come.
        Assert.Null((await Policies.RollBackAsync(pia, 2, "Not yet.", Cancelled)).Refusal);
        _desk.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal((("test", 1), (PolicyAct?)null), (Version(), Policies.Read().Next));
    }

    [Fact]
    public async Task Rolling_back_puts_the_same_version_into_force_again()
    {
        var (ana, pia) = await PeopleAsync();
        var first = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        await PublishedAsync(pia, first);
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(2, "hold: 7 s"), Cancelled)).Value!);

        Assert.Null((await Policies.RollBackAsync(pia, first.Number, "Too long a wait.", Cancelled)).Refusal);

        Assert.Equal(first.Digest, _desk.Board.InForce.Policy.Digest);
        Assert.Equal(3, Policies.Read().Policies.Count);
        Assert.Null((await Policies.RollBackAsync(pia, 1, "All the way.", Cancelled)).Refusal);
        Assert.Equal(("default", 1), Version());
    }

    [Fact]
    public async Task A_restart_keeps_all_of_it()
    {
        var (ana, pia) = await PeopleAsync();
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(1, "hold: 3 s"), Cancelled)).Value!);
        await PublishedAsync(pia, (await Policies.SaveAsync(ana, null, Text(2), Cancelled)).Value!, Now + 60_000);
        var shadow = (await Policies.SaveAsync(ana, null, Text(9), Cancelled)).Value!;
        await Policies.ShadowAsync(ana, shadow.Number, shadow.Digest, Cancelled);
        var entries = Types().Count;

        var (board, again) = await RestartAsync(null);

        Assert.Equal(Shelf(Policies), Shelf(again));
        Assert.Equal(3, board.InForce.Policy.HoldSeconds);
        _desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, board.InForce.Policy.Version);
        Assert.Equal(entries, Types().Count);
    }

    [Fact]
    public async Task A_file_is_in_force_and_locks_the_desk_until_it_is_taken_out()
    {
        var (ana, pia) = await PeopleAsync();
        var draft = (await Policies.SaveAsync(ana, null, Text(1), Cancelled)).Value!;
        var next = (await Policies.SaveAsync(ana, null, Text(2, "hold: 7 s"), Cancelled)).Value!;
        await PublishedAsync(pia, next, Now + 60_000);

        var file = GateCases.Policy("hold: 4 s");
        var (board, locked) = await RestartAsync(file);

        Assert.Equal((file.Digest, PolicyActKind.File, true), (board.InForce.Policy.Digest, locked.Read().InForce.Kind, locked.Read().Locked));
        foreach (var refused in new[]
        {
            await locked.SaveAsync(ana, null, Text(3), Cancelled), await locked.ShadowAsync(ana, draft.Number, draft.Digest, Cancelled),
            await locked.DiscardAsync(ana, draft.Number, draft.Digest, Cancelled), await locked.PublishAsync(pia, draft.Number, draft.Digest, null, "Now.", Cancelled),
            await locked.RollBackAsync(pia, 1, "Back.", Cancelled),
        })
        {
            Assert.Contains("change the file", Assert.IsType<Refusal.Invalid>(refused.Refusal).Detail, StringComparison.Ordinal);
        }

        // What was to come is cancelled, and the same file is no news at the next start.
        _desk.Time.Advance(TimeSpan.FromHours(1));
        var entries = Types().Count;
        Assert.Equal(file.Digest, (await RestartAsync(file)).Board.InForce.Policy.Digest);
        Assert.Equal(entries, Types().Count);
        Assert.Equal(file.Digest, (await RestartAsync(null)).Board.InForce.Policy.Digest);
        Assert.Equal(entries, Types().Count);

        // Another file, and the first one again: its text is there already.
        await RestartAsync(GateCases.Policy("hold: 5 s"));
        (board, _) = await RestartAsync(file);
        Assert.Equal((file.Digest, 4), (board.InForce.Policy.Digest, board.InForce.Policy.HoldSeconds));
        Assert.Equal(5, Policies.Read().Policies.Count);
        Assert.Equal(4, Types().Count(static type => type == "policyLoaded"));
        Assert.Null((await (await RestartAsync(null)).Desk.RollBackAsync(pia, 1, "People again.", Cancelled)).Refusal);
    }

    [Fact]
    public async Task A_file_cancels_what_was_to_come_also_where_it_says_what_is_in_force()
    {
        var (ana, pia) = await PeopleAsync();
        var first = GateCases.Policy("hold: 4 s");
        await RestartAsync(first);
        var (_, free) = await RestartAsync(null);
        var next = (await free.SaveAsync(ana, null, Text(2), Cancelled)).Value!;
        Assert.Null((await free.PublishAsync(pia, next.Number, next.Digest, Now + 60_000, "Soon.", Cancelled)).Refusal);

        var (board, _) = await RestartAsync(first);
        _desk.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(first.Digest, board.InForce.Policy.Digest);
    }

    [Fact]
    public async Task A_text_that_no_longer_reads_as_it_was_published_stops_the_start()
    {
        _desk.Spoiled = true;
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _desk.Store.DatabasePath, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE policy SET text = replace(text, 'hold: 10 s', 'hold: 1 s')";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => RestartAsync(null));
        Assert.Contains("Policy:File", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await RestartAsync(GateCases.Policy("hold: 4 s"))).Board.InForce.Policy.HoldSeconds);
    }

    private long Now => _desk.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Text(int version, string lines = "", string name = "test") => $"extends: default\npolicy: {name}\nversion: {version}\n{lines}\n";

    private (string Name, int Version) Version() => (_desk.Board.InForce.Policy.Name, _desk.Board.InForce.Policy.Version);

    private async Task<(PersonActor Author, PersonActor Publisher)> PeopleAsync() =>
        (await _desk.PersonAsync("ana", Role.Author), await _desk.PersonAsync("pia", Role.Publisher));

    private async Task PublishedAsync(PersonActor publisher, StoredPolicy draft, long? effective = null) =>
        Assert.Null((await Policies.PublishAsync(publisher, draft.Number, draft.Digest, effective, "Agreed on Monday.", Cancelled)).Refusal);

    /// <summary>What the next process would find on disk.</summary>
    private async Task<(PolicyBoard Board, PolicyDesk Desk)> RestartAsync(GatePolicy? file)
    {
        var board = new PolicyBoard(_desk.Time);
        var desk = new PolicyDesk(_desk.Store.Writer, _desk.Store.Database, board, _desk.Time);
        await desk.OpenAsync(file, Cancelled);
        return (board, desk);
    }

    private static string Shelf(PolicyDesk policies) => JsonSerializer.Serialize(policies.Read());

    private List<string> Types()
    {
        using var connection = _desk.Store.Database.Open();
        using var ledger = new LedgerReader(connection);
        return [.. ledger.Entries(0, 1_000).Select(static stored => LedgerEntry.Parse(stored.Entry).Type).Where(static type => type.StartsWith("policy", StringComparison.Ordinal))];
    }

    private static void NotPermitted(string permission, Result<StoredPolicy> result) => Assert.Equal(new Refusal.NotPermitted(permission), result.Refusal);

    private static void Invalid(string pointer, Result<StoredPolicy> result) => Assert.Equal(pointer, Assert.IsType<Refusal.Invalid>(result.Refusal).Pointer);
}
