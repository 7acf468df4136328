using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>Owners of keys and of what came by them. Their names are free text and stay out of the ledger's entries, which know them as <c>o3</c>.</summary>
internal sealed class OwnerStore(Writer writer)
{
    public static string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"o{number}");

    /// <summary>The pseudonym of the owner of this name, who is added when there is none.</summary>
    /// <param name="by">Who asks; its id enters the ledger.</param>
    /// <param name="via">How: <c>cli</c>, <c>screen</c>, <c>api</c>.</param>
    public Task<string> EnsureAsync(Actor by, string via, string name, CancellationToken cancellation) =>
        writer.RunAsync(scope => Ensure(scope, by, via, name), cancellation);

    /// <inheritdoc cref="EnsureAsync"/>
    public static string Ensure(WriteScope scope, Actor by, string? via, string name)
    {
        if (scope.Prepare("SELECT number FROM owner WHERE name = $name").With("$name", name).ExecuteScalar() is long known)
        {
            return IdOf(known);
        }

        var id = IdOf((long)scope.Prepare("INSERT INTO owner (name) VALUES ($name) RETURNING number").With("$name", name).ExecuteScalar()!);
        scope.Append(new EntryDraft(
            "ownerAdded", null, null, by.Id, via, null, new JsonObject { ["owner"] = id }, [new SealedPart("name", Encoding.UTF8.GetBytes(name))]));
        return id;
    }

    /// <summary>Gives the keys of a database from before there were owners theirs; at start.</summary>
    public Task<int> AdoptAsync(CancellationToken cancellation) => writer.RunAsync(
        static scope =>
        {
            var names = new List<string>();
            using (var rows = scope.Prepare("SELECT name FROM api_key WHERE name NOT IN (SELECT name FROM owner) GROUP BY name ORDER BY min(number)").ExecuteReader())
            {
                while (rows.Read())
                {
                    names.Add(rows.GetString(0));
                }
            }

            names.ForEach(name => Ensure(scope, Actor.System, null, name));
            return names.Count;
        },
        cancellation);

    /// <summary>The name behind a pseudonym; the pseudonym itself where no name is known.</summary>
    public static string NameOf(SqliteConnection connection, string owner)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM owner WHERE number = $number";
        return command.With("$number", NumberOf(owner)).ExecuteScalar() as string ?? owner;
    }

    private static long? NumberOf(string owner) =>
        owner is ['o', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
