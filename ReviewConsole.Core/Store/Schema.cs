using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Store;

/// <summary>
/// The numbered SQL files beside this one. Each runs once, in order; those that a file lacks, and what the program does after them, are one transaction, so that an upgrade
/// is done or was never begun. <c>PRAGMA user_version</c> says how far a file has come.
/// </summary>
internal static class Schema
{
    private const string Prefix = "ReviewConsole.Core.Store.Schema.";

    /// <summary>Marks a database as ours, so that a foreign file is refused and never migrated: "RCON".</summary>
    public const int ApplicationId = 0x52434F4E;

    /// <summary>The step whose work no SQL can do.</summary>
    public const int Faces = 14;

    private static readonly (int Version, string Name)[] s_scripts = typeof(Schema).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(static name => (int.Parse(name.AsSpan(Prefix.Length, 3), CultureInfo.InvariantCulture), name))
        .OrderBy(static script => script.Item1)
        .ToArray();

    /// <summary>The version that this program writes.</summary>
    public static int Version => s_scripts[^1].Version;

    /// <summary>Looks before anything is written: a foreign file stays as it is.</summary>
    /// <exception cref="StorageException">The file is no database of ours, or of a later program.</exception>
    public static void Refuse(SqliteConnection connection)
    {
        var application = Pragma(connection, "application_id");
        var version = Pragma(connection, "user_version");
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_schema");
        if (application != ApplicationId && (application != 0 || version != 0 || tables != 0))
        {
            throw new StorageException("The database file belongs to another program. Name another folder with --data, or move the file away.");
        }

        if (version > Version)
        {
            throw new StorageException(
                $"The database has schema {version}, this program knows {Version}. Start the program that wrote it, or a later one.");
        }
    }

    public static void Migrate(SqliteConnection connection)
    {
        var version = Pragma(connection, "user_version");
        if (version == Version)
        {
            return;
        }

        using var transaction = connection.BeginTransaction();
        foreach (var (number, name) in s_scripts.Where(script => script.Version > version))
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"{Text(name)}\nPRAGMA application_id = {ApplicationId}; PRAGMA user_version = {number};";
            command.ExecuteNonQuery();
        }

        // The program writes the columns that it knows, so that all of them have to be there first.
        if (version < Faces)
        {
            ReviewRows.Renew(connection);
        }

        transaction.Commit();
    }

    private static long Pragma(SqliteConnection connection, string name) => Scalar(connection, "PRAGMA " + name);

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static string Text(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
