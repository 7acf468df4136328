using System.Text;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>Keys and people in the store: what is kept, what the ledger says, and what it must not say.</summary>
public sealed class IdentityStoreTests : IAsyncDisposable
{
    private readonly FakeTime _time = new();
    private readonly TestStore _store;
    private readonly KeyDirectory _keys = new();
    private readonly PeopleDirectory _people = new();

    public IdentityStoreTests() => _store = new TestStore(_time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private KeyStore Keys => new(_store.Writer, _store.Database, _keys);

    private PeopleStore People => new(_store.Writer, _store.Database, _people);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void A_token_has_256_random_bits_and_only_its_hash_is_compared()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => ApiKeyToken.Create()).ToList();
        Assert.Equal(100, tokens.Distinct(StringComparer.Ordinal).Count());
        Assert.All(tokens, token => Assert.Matches("^rc_[A-Za-z0-9_-]{43}$", token));
        Assert.True(ApiKeyToken.TryHash(tokens[0], out var hash));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(tokens[0]))), hash);
        Assert.False(ApiKeyToken.TryHash(tokens[0][..^1] + "é", out _));
    }

    [Fact]
    public async Task No_file_of_the_store_holds_a_token()
    {
        var made = Assert.IsType<KeyCreation.Created>(await Keys.CreateAsync(Actor.System, "cli", "agent", ["agent"], Scopes.All, null, Cancelled));
        foreach (var file in Directory.GetFiles(_store.Folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(made.Token[3..], await reader.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_keys_life_is_in_the_ledger_without_its_name()
    {
        await Keys.CreateAsync(Actor.System, "cli", "acme-refunds", ["acme-eu"], [Scopes.ReviewsRead], TimeSpan.FromDays(1), Cancelled);
        Assert.True(await Keys.RevokeAsync(Actor.System, "cli", "acme-refunds", Cancelled));
        var (owner, created, revoked) = (Entry(0), Entry(1), Entry(2));
        Assert.Contains("\"type\":\"ownerAdded\"", owner, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"keyCreated\"", created, StringComparison.Ordinal);
        Assert.Contains("\"key\":\"k1\",\"owner\":\"o1\"", created, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"keyRevoked\"", revoked, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", owner + created + revoked, StringComparison.Ordinal);
        Assert.Equal("acme-refunds", Opening(0, "name"));
        Assert.Contains("acme-refunds", Opening(1, "key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_free_again_after_its_key_was_revoked_and_the_old_token_stays_dead()
    {
        var first = Assert.IsType<KeyCreation.Created>(await Keys.CreateAsync(Actor.System, "cli", "agent", ["agent"], Scopes.All, null, Cancelled));
        Assert.IsType<KeyCreation.NameTaken>(await Keys.CreateAsync(Actor.System, "cli", "agent", ["agent"], Scopes.All, null, Cancelled));
        Assert.True(await Keys.RevokeAsync(Actor.System, "cli", "agent", Cancelled));
        Assert.False(await Keys.RevokeAsync(Actor.System, "cli", "agent", Cancelled));
        var second = Assert.IsType<KeyCreation.Created>(await Keys.CreateAsync(Actor.System, "cli", "agent", ["agent"], Scopes.All, null, Cancelled));
        Assert.Null(_keys.Find(first.Token, Now));
        Assert.Equal(("k2", first.Key.Owner), (_keys.Find(second.Token, Now)!.Actor.Id, _keys.Find(second.Token, Now)!.Actor.Owner));
    }

    [Fact]
    public async Task A_persons_coming_and_changing_is_in_the_ledger_without_who_they_are()
    {
        await SignInAsync(Role.Reviewer);
        await SignInAsync(Role.Reviewer);
        await SignInAsync(Role.Supervisor);
        Assert.Equal(2, Size());
        Assert.Contains("\"type\":\"personAdded\"", Entry(0), StringComparison.Ordinal);
        Assert.Contains("\"type\":\"personChanged\"", Entry(1), StringComparison.Ordinal);
        Assert.Contains("\"roles\":[\"supervisor\"]", Entry(1), StringComparison.Ordinal);
        Assert.All([Entry(0), Entry(1)], entry => Assert.DoesNotMatch("(?i)jonas|weber|example|subject-1", entry));
        Assert.Contains("Jonas Weber", Opening(0, "person"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inside_a_write_a_person_is_who_they_are_then()
    {
        var (person, session) = await SignInAsync(Role.Reviewer);
        var actor = person.Actor(session.Id);
        Assert.True((await CurrentAsync(actor))!.May(Permission.ReviewsDecide));

        await SignInAsync(Role.Compliance);
        Assert.False((await CurrentAsync(actor))!.May(Permission.ReviewsDecide));

        await People.SignOutAsync(session.Id, Cancelled);
        Assert.Null(await CurrentAsync(actor));
        Assert.Null(_people.Find(session.Id, Now));
    }

    [Fact]
    public async Task A_session_past_its_end_is_nobodys()
    {
        var (person, session) = await SignInAsync(Role.Reviewer);
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_people.Find(session.Id, Now));
        Assert.NotNull(await CurrentAsync(person.Actor(session.Id)));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_people.Find(session.Id, Now));
        Assert.Null(await CurrentAsync(person.Actor(session.Id)));
    }

    private async Task<(Person Person, PersonSession Session)> SignInAsync(Role role) =>
        (await People.SignInAsync("subject-1", "jonas@example.org", "Jonas Weber", [role], TimeSpan.FromHours(1), Cancelled))!.Value;

    private Task<PersonActor?> CurrentAsync(PersonActor actor) => _store.Writer.RunAsync(scope => PeopleStore.Current(scope, actor), Cancelled);

    private long Size() => Read(reader => reader.Size());

    private string Entry(long seq) => Encoding.UTF8.GetString(Read(reader => reader.Entry(seq)!));

    private string Opening(long seq, string name) => Encoding.UTF8.GetString(Read(reader => reader.Opening(seq, name)!));

    private T Read<T>(Func<LedgerReader, T> read)
    {
        using var connection = _store.Database.Open();
        using var reader = new LedgerReader(connection);
        return read(reader);
    }
}
