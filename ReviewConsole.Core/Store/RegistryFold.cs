using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>Adds up the entries that make more than a review: which owners, people, keys, endpoints, modes of lines, policies and demoted rules there must be, and what their rows must hold.</summary>
/// <param name="open">The opening of an entry's sealed part; null when it is erased.</param>
internal sealed class RegistryFold(Func<long, string, byte[]?> open)
{
    public const string LineTable = "line_mode";

    public static readonly string NoBytes = Convert.ToHexStringLower(SHA256.HashData([]));

    private readonly Dictionary<(string Table, string Id), RegistryRow> _rows = [];
    private readonly List<string> _faults = [];

    public IReadOnlyDictionary<(string Table, string Id), RegistryRow> Rows => _rows;

    /// <summary>What could not be added up.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public void Add(StoredEntry stored)
    {
        try
        {
            Add(LedgerEntry.Parse(stored.Entry));
        }
        catch (Exception fault) when (fault is FormatException or KeyNotFoundException or InvalidOperationException or JsonException)
        {
            _faults.Add($"entry {stored.Seq}: cannot follow what came before it");
        }
    }

    private void Add(LedgerEntry entry)
    {
        switch (entry.Type)
        {
            case "ownerAdded": Named(New("owner", "owner", entry), entry, "name", static (row, bytes) => row["name"] = Text(bytes)); break;
            case "personAdded" or "personChanged": Person(entry); break;
            case "keyCreated": Key(entry); break;
            case "keyRevoked": Known("api_key", "key", entry)["revoked"] = entry.At; break;
            case "endpointAdded": Endpoint(entry); break;
            case "endpointRotated": Rotate(entry); break;
            case "endpointDisabled": Known("endpoint", "endpoint", entry)["disabled"] = entry.At; break;
            case "endpointRemoved": Remove(entry); break;
            case "lineStopped" or "lineLimited" or "lineResumed": Line(entry); break;
            case "policyDrafted": Draft(entry); break;
            case "policyShadowed": State(entry, "shadow", entry.At); break;
            case "policyDiscarded": State(entry, "discarded", null); break;
            case "policyPublished": State(entry, "published", null); Force(entry, "published", entry.Data.GetProperty("effective").GetInt64()); break;
            case "policyRolledBack": Force(entry, "rolledBack", entry.Data.GetProperty("effective").GetInt64()); break;
            case "policyLoaded": Loaded(entry); break;
            case "ruleDemoted": Demoted(entry); break;
        }
    }

    private void Person(LedgerEntry entry)
    {
        var row = New("person", "person", entry);
        row.Columns["roles"] = entry.Data.GetProperty("roles").GetRawText();
        row.Columns["active"] = entry.Data.GetProperty("active").GetBoolean() ? 1L : 0L;
        row.Columns["skills"] = entry.Data.TryGetProperty("skills", out var skills) ? skills.GetRawText() : "[]";
        Named(row, entry, "person", static (columns, bytes) =>
        {
            var person = JsonElement.Parse(bytes);
            foreach (var name in (string[])["subject", "email", "name"])
            {
                columns[name] = person.GetProperty(name).GetString();
            }
        });
    }

    private void Key(LedgerEntry entry)
    {
        var row = New("api_key", "key", entry);
        row.Columns["hash"] = entry.Data.GetProperty("hash").GetString();
        row.Columns["scopes"] = entry.Data.GetProperty("scopes").GetRawText();
        row.Columns["created"] = entry.At;
        row.Columns["expires"] = entry.Data.TryGetProperty("expires", out var expires) ? expires.GetInt64() : null;
        row.Columns["revoked"] = null;
        Named(row, entry, "key", static (columns, bytes) =>
        {
            var key = JsonElement.Parse(bytes);
            columns["name"] = key.GetProperty("name").GetString();
            columns["systems"] = JsonSerializer.Serialize(key.GetProperty("systems").EnumerateArray().Select(static system => system.GetString()));
        });
    }

    private void Endpoint(LedgerEntry entry)
    {
        var row = New("endpoint", "endpoint", entry);
        Keep(row.Columns, entry);
        row.Columns["added"] = entry.At;
        foreach (var later in (string[])["previous", "previous_until", "disabled", "removed"])
        {
            row.Columns[later] = null;
        }

        Named(row, entry, "name", static (columns, bytes) => columns["name"] = Text(bytes));
        Named(row, entry, "url", static (columns, bytes) => columns["url"] = Text(bytes));
    }

    private void Rotate(LedgerEntry entry)
    {
        var columns = Known("endpoint", "endpoint", entry);
        columns.Remove("previous");
        if (columns.Remove("secret", out var before))
        {
            columns["previous"] = before;
        }

        columns["previous_until"] = entry.Data.GetProperty("previousUntil").GetInt64();
        Keep(columns, entry);
    }

    // The first endpoints were recorded without the digest; theirs cannot be compared until they are rotated.
    private static void Keep(Dictionary<string, object?> columns, LedgerEntry entry)
    {
        if (entry.Data.TryGetProperty("secret", out var secret))
        {
            columns["secret"] = secret.GetString();
        }
    }

    private void Remove(LedgerEntry entry)
    {
        var columns = Known("endpoint", "endpoint", entry);
        columns["removed"] = entry.At;
        (columns["url"], columns["secret"], columns["previous"], columns["previous_until"]) = ("", NoBytes, null, null);
    }

    // What line it is stands in the sealed part alone.
    private void Line(LedgerEntry entry)
    {
        if (open(entry.Seq, "line") is not { } bytes)
        {
            _faults.Add($"entry {entry.Seq}: which line it speaks of is erased, so that the modes of lines cannot be compared");
            return;
        }

        var line = JsonElement.Parse(bytes);
        var (system, kind) = (line.GetProperty("system").GetString() ?? "", line.GetProperty("kind").GetString() ?? "");
        // The first entries knew nothing but a stop, and did not say so.
        var set = entry.Data.TryGetProperty("mode", out var mode) ? mode.GetString() : entry.Type == "lineStopped" ? LineMode.Stopped.Word() : null;
        var state = entry.Data.TryGetProperty("state", out var modes) ? modes.EnumerateArray().Select(static word => word.GetString()!).ToArray() : [];
        foreach (var ended in LineModes.Words.Keys.Where(word => !state.Contains(word)))
        {
            _rows.Remove((LineTable, LineId(system, kind, ended)));
        }

        if (set is not null)
        {
            var row = _rows[(LineTable, LineId(system, kind, set))] = new RegistryRow { Seq = entry.Seq };
            (row.Columns["reason"], row.Columns["by"], row.Columns["since"]) = (line.GetProperty("reason").GetString(), entry.By, entry.At);
            row.Columns["until"] = entry.Data.TryGetProperty("until", out var until) ? until.GetInt64() : null;
        }
    }

    private void Draft(LedgerEntry entry)
    {
        Policy(entry, "draft", entry.Data.TryGetProperty("authors", out var authors) ? authors.Deserialize<string[]>()! : [.. AuthorsBefore(entry).Union([entry.By])]);
    }

    // An entry of an earlier version of the program names only who saved.
    private string[] AuthorsBefore(LedgerEntry entry) => _rows.TryGetValue(("policy", entry.Data.GetProperty("policy").GetString()!), out var before)
        ? JsonSerializer.Deserialize<string[]>((string)before.Columns["authors"]!)!
        : [];

    // What a file holds may have been published before.
    private void Loaded(LedgerEntry entry)
    {
        if (!_rows.ContainsKey(("policy", entry.Data.GetProperty("policy").GetString()!)))
        {
            Policy(entry, "published", []);
        }

        Force(entry, entry.Data.GetProperty("from").GetString()!, entry.At);
    }

    private void Policy(LedgerEntry entry, string state, string[] authors)
    {
        var row = New("policy", "policy", entry);
        row.Columns["name"] = entry.Data.GetProperty("name").GetString();
        row.Columns["version"] = entry.Data.GetProperty("version").GetInt64();
        row.Columns["digest"] = entry.Data.GetProperty("digest").GetString();
        row.Columns["state"] = state;
        row.Columns["authors"] = JsonSerializer.Serialize(authors);
        row.Columns["saved"] = entry.At;
        row.Columns["shadow_since"] = row.Columns["base"] = null;
        Named(row, entry, PolicyEntries.Text, static (columns, bytes) => columns["text"] = Text(bytes));
        if (entry.Sealed.ContainsKey(PolicyEntries.Base))
        {
            Named(row, entry, PolicyEntries.Base, static (columns, bytes) => columns["base"] = Text(bytes));
        }
    }

    private void State(LedgerEntry entry, string state, long? since)
    {
        var columns = Known("policy", "policy", entry);
        (columns["state"], columns["shadow_since"]) = (state, since);
    }

    private void Force(LedgerEntry entry, string act, long effective)
    {
        var row = _rows[("policy_force", EntryId(entry.Seq))] = new RegistryRow { Seq = entry.Seq };
        (row.Columns["act"], row.Columns["by"], row.Columns["made"], row.Columns["effective"]) = (act, entry.By, entry.At, effective);
        row.Columns["policy"] = entry.Data.GetProperty("policy").GetString();
    }

    private void Demoted(LedgerEntry entry)
    {
        var row = _rows[("demotion", EntryId(entry.Seq))] = new RegistryRow { Seq = entry.Seq };
        (row.Columns["rule"], row.Columns["cause"]) = (entry.Data.GetProperty("rule").GetString(), entry.Data.GetProperty("cause").GetString());
        row.Columns["digest"] = entry.Data.GetProperty("policy").GetProperty("digest").GetString();
        (row.Columns["review"], row.Columns["at"]) = (entry.Review?.ToString(), entry.At);
    }

    /// <summary>How is called here what has no name of its own: an act, a demotion.</summary>
    public static string EntryId(long seq) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"of entry {seq}");

    /// <summary>How the mode of a line is called here, which has no number.</summary>
    public static string LineId(string system, string kind, string mode) => JsonSerializer.Serialize((string[])[system, kind, mode]);

    private RegistryRow New(string table, string member, LedgerEntry entry) =>
        _rows[(table, entry.Data.GetProperty(member).GetString()!)] = new RegistryRow { Seq = entry.Seq };

    private Dictionary<string, object?> Known(string table, string member, LedgerEntry entry)
    {
        var row = _rows[(table, entry.Data.GetProperty(member).GetString()!)];
        row.Seq = entry.Seq;
        return row.Columns;
    }

    private void Named(RegistryRow row, LedgerEntry entry, string part, Action<Dictionary<string, object?>, byte[]> read)
    {
        if (open(entry.Seq, part) is { } bytes)
        {
            read(row.Columns, bytes);
        }
        else
        {
            row.Erased = entry.Seq;
        }
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
