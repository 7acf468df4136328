using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>The triggers that stop accidents. A table rebuild drops them without a word, so they are compared with the schema file after every migration.</summary>
internal static partial class LedgerTriggers
{
    private static readonly (string Name, string Sql)[] s_wanted = Wanted();

    /// <summary>Every trigger of the ledger's tables, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_wanted.Select(static trigger => trigger.Name)];

    /// <summary>Those that are missing or changed, by name.</summary>
    public static IReadOnlyList<string> Missing(SqliteConnection connection)
    {
        var present = new HashSet<(string, string)>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            present.Add((rows.GetString(0), rows.GetString(1)));
        }

        return [.. s_wanted.Where(trigger => !present.Contains(trigger)).Select(static trigger => trigger.Name)];
    }

    private static (string, string)[] Wanted()
    {
        using var schema = new StreamReader(typeof(LedgerTriggers).Assembly.GetManifestResourceStream("ReviewConsole.Core.Store.Schema.001-ledger.sql")!);
        return [.. Trigger().Matches(schema.ReadToEnd()).Select(static match => (match.Groups["name"].Value, match.Groups["sql"].Value))];
    }

    [GeneratedRegex(@"(?<sql>CREATE TRIGGER (?<name>\w+)\b.*?END);", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trigger();
}
