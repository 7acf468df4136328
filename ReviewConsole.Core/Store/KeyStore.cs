using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>What became of a request for a key.</summary>
internal abstract record KeyCreation
{
    private KeyCreation()
    {
    }

    /// <param name="Token">The secret; this is the only time that anybody sees it.</param>
    internal sealed record Created(ApiKey Key, string Token) : KeyCreation;

    /// <summary>A live key has that name.</summary>
    internal sealed record NameTaken : KeyCreation;
}

/// <summary>Keys of sources. The directory is replaced before a call returns, so a revoked key is refused from that moment on.</summary>
internal sealed class KeyStore(Writer writer, ReadDatabase database, KeyDirectory directory)
{
    private readonly Lock _refresh = new();

    /// <param name="by">Who asks; its id enters the ledger.</param>
    /// <param name="via">How: <c>cli</c>, <c>screen</c>, <c>api</c>.</param>
    /// <param name="systems">The values of <c>source.system</c> that the key may send.</param>
    public async Task<KeyCreation> CreateAsync(
        Actor by, string via, string name, IReadOnlyCollection<string> systems, IReadOnlyCollection<string> scopes, TimeSpan? life, CancellationToken cancellation)
    {
        var token = ApiKeyToken.Create();
        ApiKeyToken.TryHash(token, out var hash);
        var number = await writer.RunAsync(scope => Insert(scope, by, via, name, hash!, systems, scopes, life), cancellation).ConfigureAwait(false);
        Refresh();
        return number is null ? new KeyCreation.NameTaken() : new KeyCreation.Created(All().Single(key => key.Number == number), token);
    }

    /// <summary>False when no live key has the name.</summary>
    public async Task<bool> RevokeAsync(Actor by, string via, string name, CancellationToken cancellation)
    {
        var done = await writer.RunAsync(
            scope =>
            {
                var number = (long?)scope.Prepare("UPDATE api_key SET revoked = $now WHERE name = $name AND revoked IS NULL RETURNING number")
                    .With("$now", scope.Now).With("$name", name).ExecuteScalar();
                if (number is null)
                {
                    return false;
                }

                scope.Append(new EntryDraft("keyRevoked", null, null, by.Id, via, null, new JsonObject { ["key"] = IdOf(number.Value) }, []));
                scope.Touch(ChangeSignal.Keys);
                return true;
            },
            cancellation).ConfigureAwait(false);
        Refresh();
        return done;
    }

    /// <summary>Every key there ever was, by number.</summary>
    public IReadOnlyList<ApiKey> All() => All(database);

    /// <inheritdoc cref="All()"/>
    public static IReadOnlyList<ApiKey> All(ReadDatabase database)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT api_key.number, owner.number, api_key.name, hash, systems, scopes, created, expires, revoked FROM api_key JOIN owner ON owner.name = api_key.name
            ORDER BY api_key.number
            """;
        using var rows = command.ExecuteReader();
        var keys = new List<ApiKey>();
        while (rows.Read())
        {
            keys.Add(new ApiKey(
                rows.GetInt64(0), OwnerStore.IdOf(rows.GetInt64(1)), rows.GetString(2), rows.GetString(3), Words(rows.GetString(4)), Words(rows.GetString(5)),
                rows.GetInt64(6), Time(rows, 7), Time(rows, 8)));
        }

        return keys;
    }

    /// <summary>Brings the directory to what is on disk; at start, and after each change. One at a time, so that an older reading never wins.</summary>
    public void Refresh()
    {
        lock (_refresh)
        {
            directory.Replace(All());
        }
    }

    private static long? Insert(
        WriteScope scope, Actor by, string via, string name, string hash, IReadOnlyCollection<string> systems, IReadOnlyCollection<string> scopes, TimeSpan? life)
    {
        if (scope.Prepare("SELECT 1 FROM api_key WHERE name = $name AND revoked IS NULL").With("$name", name).ExecuteScalar() is not null)
        {
            return null;
        }

        var owner = OwnerStore.Ensure(scope, by, via, name);
        long? expires = life is { } span ? scope.Now + (long)span.TotalMilliseconds : null;
        var number = (long)scope.Prepare(
            """
            INSERT INTO api_key (name, hash, systems, scopes, created, expires) VALUES ($name, $hash, $systems, $scopes, $now, $expires) RETURNING number
            """)
            .With("$name", name).With("$hash", hash).With("$systems", Json(systems)).With("$scopes", Json(scopes)).With("$now", scope.Now).With("$expires", expires)
            .ExecuteScalar()!;
        var data = new JsonObject
        {
            ["key"] = IdOf(number),
            ["owner"] = owner,
            ["hash"] = hash,
            ["scopes"] = new JsonArray([.. scopes.Order(StringComparer.Ordinal).Select(one => JsonValue.Create(one))]),
        };
        if (expires is { } end)
        {
            data["expires"] = end;
        }

        // What somebody called the key may name a person or a customer.
        var named = new JsonObject { ["name"] = name, ["systems"] = new JsonArray([.. systems.Select(one => JsonValue.Create(one))]) };
        scope.Append(new EntryDraft("keyCreated", null, null, by.Id, via, null, data, [new SealedPart("key", CanonicalJson.Of(named))]));
        scope.Touch(ChangeSignal.Keys);
        return number;
    }

    private static string IdOf(long number) => "k" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Json(IReadOnlyCollection<string> words) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(words));

    private static FrozenSet<string> Words(string json) => JsonSerializer.Deserialize<string[]>(json)!.ToFrozenSet(StringComparer.Ordinal);

    private static long? Time(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt64(column);
}
