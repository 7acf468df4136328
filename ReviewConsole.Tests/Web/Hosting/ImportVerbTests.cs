using Microsoft.Data.Sqlite;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary><c>import FILE</c>: what goes in, what is there already, what is named and skipped.</summary>
public sealed class ImportVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Lines_go_in_once_and_are_counted_the_second_time()
    {
        var first = await ImportAsync(Line("a"), "", Line("b"));
        Assert.Equal((0, "2 added, 0 already there, 0 skipped\n", ""), (first.Exit, first.Output, first.Error));
        var second = await ImportAsync(Line("a"), Line("b"), Line("c"));
        Assert.Equal((0, "1 added, 2 already there, 0 skipped\n"), (second.Exit, second.Output));
        Assert.Equal(0, (await InProcessShell.RunAsync("ledger", "rebuild", "--check", "--data", Data)).Exit);
    }

    [Fact]
    public async Task A_bad_line_is_named_and_the_others_go_in()
    {
        var result = await ImportAsync(
            Line("a"),
            "{ not JSON",
            "[]",
            """{"source":{"system":"s"},"action":{"name":"n","arguments":{}}}""",
            """{"externalId":"x","source":{"system":"s"},"action":{"name":"n","arguments":{}},"reversable":true}""",
            Line("a").Replace("\"n\"", "\"other\"", StringComparison.Ordinal),
            Line("b"));
        Assert.Equal((3, "2 added, 0 already there, 5 skipped\n"), (result.Exit, result.Output));
        var lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(["line 2:", "line 3:", "line 4:", "line 5:", "line 6:"], lines.Select(line => line[..7]));
        Assert.Contains("#/externalId", lines[2], StringComparison.Ordinal);
        Assert.Contains("#/reversable", lines[3], StringComparison.Ordinal);
        Assert.Contains("another body", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beside_the_import_file_becomes_a_blob()
    {
        Directory.CreateDirectory(_folder.File("images"));
        await File.WriteAllTextAsync(_folder.File("images/000.jpg"), "bytes", Cancelled);
        var result = await ImportAsync(Line("a", "images/000.jpg"));
        Assert.Equal((0, ""), (result.Exit, result.Error));
        var blob = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("bytes"u8));
        Assert.Equal("bytes", await File.ReadAllTextAsync(Path.Join(Data, "blobs", blob[..2], blob), Cancelled));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("images/../../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("link/secret")]
    [InlineData("linked")]
    [InlineData("missing.jpg")]
    [InlineData("")]
    public async Task No_file_outside_its_folder_is_read(string file)
    {
        using var outside = new TemporaryFolder();
        await File.WriteAllTextAsync(outside.File("secret"), "not yours", Cancelled);
        Directory.CreateSymbolicLink(_folder.File("link"), outside.Path);
        File.CreateSymbolicLink(_folder.File("linked"), outside.File("secret"));
        var result = await ImportAsync(Line("a", file));
        Assert.Equal((3, "0 added, 0 already there, 1 skipped\n"), (result.Exit, result.Output));
        Assert.Contains("#/evidence/0/file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_64()
    {
        var result = await InProcessShell.RunAsync("import", _folder.File("nothing.jsonl"), "--data", Data);
        Assert.Equal((64, ""), (result.Exit, result.Output));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Beside_a_server_the_lines_go_through_it()
    {
        await using var server = await RunningConsole.StartAsync(settings => settings with { Data = Data });
        var result = await ImportAsync(Line("a"), Line("b"));
        Assert.Equal((0, "2 added, 0 already there, 0 skipped\n", ""), (result.Exit, result.Output, result.Error));
    }

    [Theory]
    [InlineData("airline-agent/reviews.jsonl", 152)]
    [InlineData("receipts/reviews.jsonl", 40)]
    public async Task The_real_sets_go_in_whole(string set, int lines)
    {
        var file = RealInput.Find(set);
        Assert.SkipWhen(file is null, "The real input is not on this machine.");
        var result = await InProcessShell.RunAsync("import", file, "--data", Data);
        Assert.Equal((0, $"{lines} added, 0 already there, 0 skipped\n", ""), (result.Exit, result.Output, result.Error));
        Assert.Equal(0, (await InProcessShell.RunAsync("ledger", "verify", "--content", "--data", Data)).Exit);
    }

    private static string Line(string id, string? file = null)
    {
        var evidence = file is null ? "" : $$""","evidence":[{"id":"e1","kind":"image","file":"{{file}}","mediaType":"image/jpeg"}]""";
        return $$$"""{"externalId":"{{{id}}}","source":{"system":"s"},"action":{"name":"n","arguments":{}}{{{evidence}}}}""";
    }

    private async Task<ProcessResult> ImportAsync(params string[] lines)
    {
        await File.WriteAllLinesAsync(_folder.File("reviews.jsonl"), lines, Cancelled);
        return await InProcessShell.RunAsync("import", _folder.File("reviews.jsonl"), "--data", Data);
    }
}
