using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>Rows that say who may do what and where outcomes go, changed with a SQLite tool behind the log's back: each is named, by the entry that says otherwise.</summary>
public sealed class RegistryCheckTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE owner SET name = 'mine' WHERE number = 1", "owner o1 is not as it was made, in name")]
    [InlineData("DELETE FROM owner WHERE number = 1", "owner o1 has no row")]
    [InlineData("INSERT INTO owner VALUES (9, 'x')", "owner o9: has a row and no entry")]
    [InlineData("UPDATE person SET roles = '[\"admin\"]' WHERE number = 1", "person p1 is not as it was made, in roles")]
    [InlineData("UPDATE person SET active = 0 WHERE number = 1", "person p1 is not as it was made, in active")]
    [InlineData("UPDATE person SET subject = 'me', email = 'me', name = 'me' WHERE number = 1", "person p1 is not as it was made, in subject, email, name")]
    [InlineData("DELETE FROM person_session; DELETE FROM person WHERE number = 2", "person p2 has no row")]
    [InlineData("INSERT INTO person VALUES (9, 's', 'e', 'n', '[\"admin\"]', 1, '[]')", "person p9: has a row and no entry")]
    [InlineData("UPDATE person SET skills = '[\"german\"]' WHERE number = 1", "person p1 is not as it was made, in skills")]
    [InlineData("DELETE FROM sealed WHERE name = 'person'", "what names person p1 is erased there")]
    [InlineData("UPDATE api_key SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE number = 1", "api_key k1 is not as it was made, in hash")]
    [InlineData("UPDATE api_key SET name = 'k' WHERE number = 1", "api_key k1 is not as it was made, in name")]
    [InlineData("UPDATE api_key SET systems = '[\"all\"]' WHERE number = 1", "api_key k1 is not as it was made, in systems")]
    [InlineData("UPDATE api_key SET scopes = '[\"ledger:read\"]' WHERE number = 1", "api_key k1 is not as it was made, in scopes")]
    [InlineData("UPDATE api_key SET created = created - 1, expires = NULL WHERE number = 1", "api_key k1 is not as it was made, in created, expires")]
    [InlineData("UPDATE api_key SET revoked = NULL WHERE number = 2", "api_key k2 is not as it was made, in revoked")]
    [InlineData("DELETE FROM api_key WHERE number = 2", "api_key k2 has no row")]
    [InlineData("UPDATE endpoint SET name = 'n', url = 'https://elsewhere.example/' WHERE number = 1", "endpoint e1 is not as it was made, in name, url")]
    [InlineData("UPDATE endpoint SET secret = x'01' WHERE number = 1", "endpoint e1 is not as it was made, in secret")]
    [InlineData("UPDATE endpoint SET previous = x'01' WHERE number = 1", "endpoint e1 is not as it was made, in previous")]
    [InlineData("UPDATE endpoint SET previous_until = previous_until + 1 WHERE number = 1", "endpoint e1 is not as it was made, in previous_until")]
    [InlineData("UPDATE endpoint SET disabled = NULL, added = added - 1 WHERE number = 1", "endpoint e1 is not as it was made, in added, disabled")]
    [InlineData("UPDATE endpoint SET removed = NULL, secret = x'01' WHERE number = 2", "endpoint e2 is not as it was made, in secret, removed")]
    [InlineData("UPDATE line_mode SET until = until + 1", "line_mode [\"slow\",\"email\",\"everythingToReview\"] is not as it was made, in until")]
    [InlineData("UPDATE line_mode SET until = NULL", "line_mode [\"slow\",\"\",\"stopped\"] is not as it was made, in until")]
    [InlineData("UPDATE line_mode SET mode = 'twoPerson' WHERE mode = 'everythingToReview'", "line_mode [\"slow\",\"email\",\"everythingToReview\"] has no row")]
    [InlineData("UPDATE line_mode SET reason = 'mine'", "line_mode [\"bot\",\"\",\"stopped\"] is not as it was made, in reason")]
    [InlineData("UPDATE line_mode SET by = 'p2', since = since + 1", "line_mode [\"bot\",\"\",\"stopped\"] is not as it was made, in by, since")]
    [InlineData("DELETE FROM line_mode", "line_mode [\"bot\",\"\",\"stopped\"] has no row")]
    [InlineData("UPDATE line_mode SET system = 'other' WHERE system = 'bot'", "line_mode [\"bot\",\"\",\"stopped\"] has no row")]
    [InlineData("INSERT INTO line_mode VALUES ('', '', 'stopped', 'r', 'p1', 1, NULL)", "line_mode [\"\",\"\",\"stopped\"]: has a row and no entry")]
    [InlineData("DELETE FROM sealed WHERE name = 'line'", "which line it speaks of is erased")]
    [InlineData("UPDATE policy SET text = replace(text, '5 s', '0 s') WHERE number = 2", "policy d2 is not as it was made, in text")]
    [InlineData("UPDATE policy SET base = NULL WHERE number = 2", "policy d2 is not as it was made, in base")]
    [InlineData("UPDATE policy SET base = 'more' WHERE number = 1", "policy d1 is not as it was made, in base")]
    [InlineData("UPDATE policy SET name = 'mine', version = 7, digest = 'x', saved = 1 WHERE number = 2", "policy d2 is not as it was made, in name, version, digest, saved")]
    [InlineData("UPDATE policy SET authors = '[]' WHERE number = 2", "policy d2 is not as it was made, in authors")]
    [InlineData("UPDATE policy SET authors = '[\"p2\"]' WHERE number = 3", "policy d3 is not as it was made, in authors")]
    [InlineData("UPDATE policy SET shadow_since = 1 WHERE number = 3", "policy d3 is not as it was made, in shadow_since")]
    [InlineData("UPDATE policy SET state = 'published', shadow_since = NULL WHERE number = 3", "policy d3 is not as it was made, in state, shadow_since")]
    [InlineData("UPDATE policy SET state = 'draft' WHERE number = 4", "policy d4 is not as it was made, in state")]
    [InlineData("DELETE FROM policy WHERE number = 4", "policy d4 has no row")]
    [InlineData("INSERT INTO policy VALUES (9, 'n', 1, 'd', 't', NULL, 'published', '[]', 1, NULL)", "policy d9: has a row and no entry")]
    [InlineData("DELETE FROM sealed WHERE name = 'text'", "what names policy d2 is erased there")]
    [InlineData("UPDATE policy_force SET policy = 2 WHERE act = 'rolledBack'", "policy_force of entry")]
    [InlineData("UPDATE policy_force SET effective = effective + 1, made = made - 1, by = 'p1' WHERE act = 'published'", "is not as it was made, in by, made, effective")]
    [InlineData("UPDATE policy_force SET act = 'file' WHERE act = 'shipped'", "is not as it was made, in act")]
    [InlineData("DELETE FROM policy_force WHERE act = 'rolledBack'", "has no row")]
    [InlineData("INSERT INTO policy_force VALUES (999, 'published', 'p1', 1, 1, 2)", "policy_force of entry 999: has a row and no entry")]
    public async Task A_row_that_was_changed_by_hand_is_named(string edit, string words)
    {
        await using var desk = new TestDesk { Spoiled = true };
        await FillAsync(desk);
        Assert.Empty(Check(desk));

        Execute(desk, edit);

        Assert.Contains(Check(desk), fault => fault.Contains(words, StringComparison.Ordinal));
        Assert.Equal(Check(desk), desk.Rebuild.Check(null, Cancelled).Faults);
    }

    [Theory]
    [InlineData("DELETE FROM review_entry WHERE seq = (SELECT max(seq) FROM review_entry)")]
    [InlineData("UPDATE review_entry SET seq = seq + 7")]
    public async Task A_timeline_that_leaves_an_entry_out_is_named(string edit)
    {
        await using var desk = new TestDesk { Spoiled = true };
        var review = await desk.SubmitAsync();
        Assert.Empty(desk.Rebuild.Check(null, Cancelled).Faults);
        Execute(desk, edit);
        Assert.StartsWith($"review {review.Id}: its timeline", Assert.Single(desk.Rebuild.Check(null, Cancelled).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_a_database_without_owners_get_theirs()
    {
        await using var desk = new TestDesk { Spoiled = true };
        var keys = new KeyStore(desk.Store.Writer, desk.Store.Database, new KeyDirectory());
        await keys.CreateAsync(Actor.System, "cli", "acme", ["bot"], Scopes.All, null, Cancelled);
        Execute(desk, "DELETE FROM owner");
        Assert.Empty(keys.All());

        Assert.Equal(1, await new OwnerStore(desk.Store.Writer).AdoptAsync(Cancelled));

        Assert.Equal("o1", Assert.Single(keys.All()).Owner);
        Assert.Empty(Check(desk));
        Assert.Equal(0, await new OwnerStore(desk.Store.Writer).AdoptAsync(Cancelled));
    }

    /// <summary>Some of each, in every state that an entry can bring it to.</summary>
    private static async Task FillAsync(TestDesk desk)
    {
        var (writer, database) = (desk.Store.Writer, desk.Store.Database);
        var keys = new KeyStore(writer, database, new KeyDirectory());
        await keys.CreateAsync(Actor.System, "cli", "acme", ["bot", "Ünïcode & <more>"], Scopes.All, TimeSpan.FromDays(90), Cancelled);
        await keys.CreateAsync(Actor.System, "cli", "old", ["bot"], [Scopes.ReviewsWrite, Scopes.LedgerRead], null, Cancelled);
        await keys.RevokeAsync(Actor.System, "cli", "old", Cancelled);
        await desk.PersonAsync("ruth");
        var ruth = await desk.PersonAsync("ruth", Role.Supervisor, Role.Reviewer);
        await desk.PersonAsync("jonas");
        var endpoints = new EndpointStore(writer, database, new EndpointDirectory(), AddressRules.Create([], development: false), new SecretBox(static b => b, static b => b));
        await endpoints.AddAsync(Actor.System, "cli", "orders", "https://hooks.example.org/", Cancelled);
        await endpoints.RotateAsync(Actor.System, "cli", "orders", Cancelled);
        await endpoints.DisableAsync(endpoints.All().Single(), Cancelled);
        await endpoints.AddAsync(Actor.System, "cli", "gone", "https://gone.example.org/", Cancelled);
        await endpoints.RemoveAsync(Actor.System, "cli", "gone", Cancelled);
        await desk.Line.StopAsync(ruth, "bot", null, "odd", Cancelled);
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.Line.StopAsync(ruth, "bot", null, "odd again", Cancelled);
        await desk.Line.StopAsync(ruth, null, "refund", "all refunds", Cancelled);
        await desk.Line.ResumeAsync(ruth, null, "refund", "mended", Cancelled);
        var soon = desk.Time.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds();
        await desk.Line.SetAsync(ruth, "slow", null, LineMode.TwoPerson, null, "four eyes", Cancelled);
        await desk.Line.SetAsync(ruth, "slow", null, LineMode.Stopped, soon, "a look at it", Cancelled);
        await desk.Line.SetAsync(ruth, "slow", "email", LineMode.Stopped, null, "a look at it", Cancelled);
        await desk.Line.SetAsync(ruth, "slow", "email", LineMode.EverythingToReview, soon, "goes on, with care", Cancelled);
        await desk.Line.SetAsync(ruth, "slow", "refund", LineMode.EverythingToReview, soon, "with care", Cancelled);
        await desk.Line.SetAsync(ruth, "slow", "refund", LineMode.TwoPerson, null, "four eyes", Cancelled);
        await desk.Line.EndAsync(ruth, "slow", "refund", LineMode.TwoPerson, "enough", Cancelled);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.Line.SetAsync(ruth, "slow", "refund", LineMode.TwoPerson, null, "what ended by itself leaves its row when the next comes", Cancelled);
        await PoliciesAsync(desk);
    }

    private static async Task PoliciesAsync(TestDesk desk)
    {
        var (ana, bea, pia) = (await desk.PersonAsync("ana", Role.Author), await desk.PersonAsync("bea", Role.Author), await desk.PersonAsync("pia", Role.Publisher));
        var published = await SaveAsync(ana, null, "hold: 5 s");
        await desk.Policies.PublishAsync(pia, published.Number, published.Digest, null, "agreed", Cancelled);
        var shadow = await SaveAsync(ana, null, "hold: 6 s");
        shadow = await SaveAsync(bea, (shadow.Number, shadow.Digest), "hold: 7 s");
        await desk.Policies.ShadowAsync(ana, shadow.Number, shadow.Digest, Cancelled);
        var gone = await SaveAsync(ana, null, "hold: 8 s");
        await desk.Policies.DiscardAsync(ana, gone.Number, gone.Digest, Cancelled);
        await desk.Policies.RollBackAsync(pia, 1, "too long", Cancelled);

        async Task<StoredPolicy> SaveAsync(PersonActor by, (long, string)? over, string line) =>
            (await desk.Policies.SaveAsync(by, over, $"extends: default\npolicy: test\nversion: 1\n{line}\n", Cancelled)).Value!;
    }

    private static IReadOnlyList<string> Check(TestDesk desk)
    {
        using var connection = desk.Store.Database.Open();
        return RegistryCheck.Run(connection, Cancelled);
    }

    private static void Execute(TestDesk desk, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = desk.Store.DatabasePath, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
