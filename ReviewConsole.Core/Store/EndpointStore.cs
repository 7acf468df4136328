using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>What became of a command about an endpoint.</summary>
internal abstract record EndpointAnswer
{
    private EndpointAnswer()
    {
    }

    /// <param name="Secret">The <c>whsec_</c> text of a new secret; this is the only time that anybody sees it. Null when there is no new one.</param>
    internal sealed record Done(long Number, string? Secret) : EndpointAnswer;

    /// <summary>An endpoint of that name is there already.</summary>
    internal sealed record NameTaken : EndpointAnswer;

    /// <summary>The name or the URL cannot be taken; <paramref name="Why"/> is a sentence for who asked.</summary>
    internal sealed record Invalid(string Why) : EndpointAnswer;

    /// <summary>There is no endpoint of that name.</summary>
    internal sealed record Unknown : EndpointAnswer;

    /// <summary>The person lacks <c>delivery.manage</c>.</summary>
    internal sealed record NotPermitted : EndpointAnswer;
}

/// <summary>Endpoints: registered, rotated and removed by whoever manages delivery, each with an entry in the ledger.</summary>
internal sealed class EndpointStore(Writer writer, ReadDatabase database, EndpointDirectory directory, AddressRules rules, SecretBox box)
{
    private const int LongestName = 200;
    private readonly Lock _refresh = new();

    /// <param name="by">Who asks; its id enters the ledger.</param>
    /// <param name="via">How: <c>cli</c>, <c>screen</c>, <c>api</c>.</param>
    public async Task<EndpointAnswer> AddAsync(Actor by, string via, string name, string url, CancellationToken cancellation)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || name.Trim().Length != name.Length)
        {
            return new EndpointAnswer.Invalid("A name has 1 to 200 characters, none of them a control character, and no space at its ends.");
        }

        if (EndpointUrl.Refuse(url, rules) is { } why)
        {
            return new EndpointAnswer.Invalid(why);
        }

        var secret = WebhookSecret.Create();
        var hidden = box.Protect(secret.Key.ToArray());
        return await ChangeAsync(by, scope => Add(scope, by, via, name, url, hidden, secret), cancellation).ConfigureAwait(false);
    }

    /// <summary>Gives the endpoint a new secret; the old one signs beside it for <see cref="Endpoint.RotationOverlap"/>.</summary>
    public Task<EndpointAnswer> RotateAsync(Actor by, string via, string name, CancellationToken cancellation)
    {
        var secret = WebhookSecret.Create();
        var hidden = box.Protect(secret.Key.ToArray());
        return ChangeAsync(by, scope => Rotate(scope, by, via, name, hidden, secret), cancellation);
    }

    /// <summary>Forgets URL and secrets. What was still to be told there becomes a dead letter.</summary>
    public Task<EndpointAnswer> RemoveAsync(Actor by, string via, string name, CancellationToken cancellation) =>
        ChangeAsync(by, scope => Remove(scope, by, via, name), cancellation);

    /// <summary>The endpoints that are there, by name.</summary>
    public IReadOnlyList<Endpoint> All() => All(database);

    /// <inheritdoc cref="All()"/>
    public static IReadOnlyList<Endpoint> All(ReadDatabase database)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT number, name, url, secret, previous, previous_until, added, disabled FROM endpoint WHERE removed IS NULL ORDER BY name";
        using var rows = command.ExecuteReader();
        var endpoints = new List<Endpoint>();
        while (rows.Read())
        {
            endpoints.Add(new Endpoint(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3), rows.IsDBNull(4) ? null : rows.GetFieldValue<byte[]>(4),
                rows.IsDBNull(5) ? null : rows.GetInt64(5), rows.GetInt64(6), rows.IsDBNull(7) ? null : rows.GetInt64(7)));
        }

        return endpoints;
    }

    /// <summary>Brings the directory to what is on disk; at start, and after each change. One at a time, so that an older reading never wins.</summary>
    public void Refresh()
    {
        lock (_refresh)
        {
            directory.Replace(All());
        }
    }

    /// <summary>The receiver answered 410: nothing is sent there any more, and what was due becomes a dead letter.</summary>
    public async Task DisableAsync(Endpoint endpoint, CancellationToken cancellation)
    {
        await writer.RunAsync(scope => Disable(scope, endpoint), cancellation).ConfigureAwait(false);
        Refresh();
    }

    private async Task<EndpointAnswer> ChangeAsync(Actor by, Func<WriteScope, EndpointAnswer> change, CancellationToken cancellation)
    {
        var answer = await writer.RunAsync(
            scope => by is PersonActor person && !person.May(Permission.DeliveryManage) ? new EndpointAnswer.NotPermitted() : change(scope),
            cancellation).ConfigureAwait(false);
        Refresh();
        return answer;
    }

    private static EndpointAnswer Add(WriteScope scope, Actor by, string via, string name, string url, byte[] hidden, WebhookSecret secret)
    {
        if (NumberOf(scope, name) is not null)
        {
            return new EndpointAnswer.NameTaken();
        }

        var number = (long)scope.Prepare("INSERT INTO endpoint (name, url, secret, added) VALUES ($name, $url, $secret, $now) RETURNING number")
            .With("$name", name).With("$url", url).With("$secret", hidden).With("$now", scope.Now).ExecuteScalar()!;
        Append(scope, "endpointAdded", number, by, via, Keeping(hidden), [new SealedPart("name", Encoding.UTF8.GetBytes(name)), new SealedPart("url", Encoding.UTF8.GetBytes(url))]);
        return new EndpointAnswer.Done(number, secret.Reveal());
    }

    private static EndpointAnswer Rotate(WriteScope scope, Actor by, string via, string name, byte[] hidden, WebhookSecret secret)
    {
        if (NumberOf(scope, name) is not { } number)
        {
            return new EndpointAnswer.Unknown();
        }

        var until = scope.Now + (long)Endpoint.RotationOverlap.TotalMilliseconds;
        scope.Prepare("UPDATE endpoint SET previous = secret, previous_until = $until, secret = $secret WHERE number = $number")
            .With("$until", until).With("$secret", hidden).With("$number", number).ExecuteNonQuery();
        var data = Keeping(hidden);
        data["previousUntil"] = until;
        Append(scope, "endpointRotated", number, by, via, data, []);
        return new EndpointAnswer.Done(number, secret.Reveal());
    }

    private static EndpointAnswer Remove(WriteScope scope, Actor by, string via, string name)
    {
        if (NumberOf(scope, name) is not { } number)
        {
            return new EndpointAnswer.Unknown();
        }

        scope.Prepare("UPDATE endpoint SET removed = $now, url = '', secret = x'', previous = NULL, previous_until = NULL WHERE number = $number")
            .With("$now", scope.Now).With("$number", number).ExecuteNonQuery();
        OutboxRows.Bury(scope, name, OutboxFault.NoEndpoint);
        Append(scope, "endpointRemoved", number, by, via, [], []);
        return new EndpointAnswer.Done(number, null);
    }

    private static bool Disable(WriteScope scope, Endpoint endpoint)
    {
        var changed = scope.Prepare("UPDATE endpoint SET disabled = $now WHERE number = $number AND disabled IS NULL AND removed IS NULL")
            .With("$now", scope.Now).With("$number", endpoint.Number).ExecuteNonQuery() > 0;
        if (changed)
        {
            OutboxRows.Bury(scope, endpoint.Name, OutboxFault.EndpointDisabled);
            Append(scope, "endpointDisabled", endpoint.Number, Actor.System, null, new JsonObject { ["status"] = 410 }, []);
        }

        return changed;
    }

    private static long? NumberOf(WriteScope scope, string name) =>
        (long?)scope.Prepare("SELECT number FROM endpoint WHERE name = $name AND removed IS NULL").With("$name", name).ExecuteScalar();

    /// <summary>By the digest of the protected secret, which says nothing of the secret, <c>ledger verify</c> sees that nobody has put another in its place.</summary>
    private static JsonObject Keeping(byte[] hidden) => new() { ["secret"] = Convert.ToHexStringLower(SHA256.HashData(hidden)) };

    private static void Append(WriteScope scope, string type, long number, Actor by, string? via, JsonObject data, IReadOnlyList<SealedPart> parts)
    {
        data["endpoint"] = Endpoint.IdOf(number);
        scope.Append(new EntryDraft(type, null, null, by.Id, via, null, data, parts));
        scope.Touch(ChangeSignal.Endpoints);
    }
}
