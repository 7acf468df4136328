using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Contracts;

/// <summary>Tables are made by numbered SQL files and read by EF Core: both must speak of the same columns.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task What_the_read_side_maps_is_in_the_schema_with_the_same_type_and_nullability()
    {
        await using var store = new TestStore();
        await using var context = new ReadContext(new DbContextOptionsBuilder<ReadContext>().UseSqlite(store.Database.ConnectionString).Options);
        using var connection = store.Database.Open();
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var columns = Columns(connection, entity.GetTableName()!);
            foreach (var property in entity.GetProperties())
            {
                var name = property.GetColumnName();
                Assert.True(columns.TryGetValue(name, out var column), $"{entity.GetTableName()} has no column {name}.");
                Assert.Equal((property.GetColumnType(), !property.IsNullable), (column.Type, column.NotNull));
            }

            Assert.Equal(columns.Where(static c => c.Value.Key).Select(static c => c.Key), entity.FindPrimaryKey()!.Properties.Select(static p => p.GetColumnName()));
        }
    }

    [Fact]
    public async Task Every_table_is_strict_and_every_trigger_of_the_ledger_is_there()
    {
        await using var store = new TestStore();
        using var connection = store.Database.Open();
        Assert.Empty(Read(connection, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"));
        Approved.Is("triggers.approved.txt", Read(connection, "SELECT tbl_name || ': ' || name FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1"));
    }

    [Fact]
    public async Task A_column_that_is_not_there_would_be_found()
    {
        await using var store = new TestStore();
        using var connection = store.Database.Open();
        var columns = Columns(connection, "review");
        Assert.False(columns.ContainsKey("body"));
        Assert.Equal(("TEXT", true, true), columns["id"]);
        Assert.Equal(("REAL", false, false), columns["confidence"]);
    }

    private static Dictionary<string, (string Type, bool NotNull, bool Key)> Columns(SqliteConnection connection, string table)
    {
        using var command = new SqliteCommand("SELECT name, type, \"notnull\", pk FROM pragma_table_info($table)", connection);
        command.Parameters.AddWithValue("$table", table);
        using var rows = command.ExecuteReader();
        var columns = new Dictionary<string, (string, bool, bool)>(StringComparer.Ordinal);
        while (rows.Read())
        {
            columns.Add(rows.GetString(0), (rows.GetString(1), rows.GetBoolean(2), rows.GetInt64(3) > 0));
        }

        return columns;
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
