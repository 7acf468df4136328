using System.Net;
using System.Net.Http.Headers;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary>The command line as the shell meets it: the built program in processes of its own.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--bogus")]
    [InlineData("keys")]
    [InlineData("keys create --name n")]
    [InlineData("keys create --name n --scopes reviews:decide")]
    [InlineData("keys create --name n --scopes reviews:read --expires soon")]
    [InlineData("keys create --name n --scopes reviews:read --expires 0d")]
    [InlineData("export")]
    [InlineData("--urls nonsense")]
    public async Task What_cannot_be_understood_is_64_in_one_line_on_standard_error(string line)
    {
        var result = await RunAsync(line.Split(' '));
        Assert.Equal(64, result.Exit);
        Assert.Empty(result.Output);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Without_a_server_a_writing_verb_takes_the_lock_itself()
    {
        var made = await RunAsync("keys", "create", "--name", "agent", "--scopes", "reviews:write,reviews:read", "--systems", "a,b", "--expires", "90d");
        Assert.Equal((0, ""), (made.Exit, made.Error));
        Assert.Matches("^rc_[A-Za-z0-9_-]{43}\n$", made.Output);

        var listed = await RunAsync("keys", "list");
        Assert.Equal(0, listed.Exit);
        Assert.Matches("^k1\tagent\tuntil [0-9T:-]+Z\treviews:read,reviews:write\ta,b\n$", listed.Output);
        Assert.DoesNotContain(made.Output.Trim(), listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_server_a_writing_verb_goes_through_its_socket()
    {
        await using var server = await ConsoleProcess.ServeAsync(_folder.Path);
        var made = await RunAsync("keys", "create", "--name", "agent", "--scopes", "reviews:read");
        Assert.Equal((0, ""), (made.Exit, made.Error));
        var again = await RunAsync("keys", "create", "--name", "agent", "--scopes", "reviews:read");
        Assert.Equal((1, ""), (again.Exit, again.Output));
        Assert.Contains("another name", again.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("keys", "revoke", "agent")).Exit);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, made.Output.Trim()));
        Assert.Equal(1, (await RunAsync("keys", "revoke", "agent")).Exit);
        Assert.Contains("\trevoked ", (await RunAsync("keys", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_dies_with_its_process_and_a_second_server_is_told_what_to_do()
    {
        var first = await ConsoleProcess.ServeAsync(_folder.Path);
        await using (first)
        {
            var second = await RunAsync("--urls", "http://127.0.0.1:0");
            Assert.NotEqual(0, second.Exit);
            Assert.Contains("Another ReviewConsole is running", second.Error, StringComparison.Ordinal);
            Assert.Single(second.Error.TrimEnd('\n').Split('\n'));
            await first.KillAsync();
        }

        Assert.True(File.Exists(_folder.File("control.sock")), "a killed server leaves its socket behind");
        var made = await RunAsync("keys", "create", "--name", "after", "--scopes", "reviews:read");
        Assert.Equal(0, made.Exit);
    }

    [Fact]
    public async Task A_folder_whose_path_is_longer_than_a_sockets_address_works_too()
    {
        var data = Path.Join(_folder.Path, new string('d', 120));
        await using var server = await ConsoleProcess.ServeAsync(data);
        var made = await ConsoleProcess.RunAsync(["keys", "create", "--name", "agent", "--scopes", "reviews:read", "--data", data], _folder.Path);
        Assert.Equal(0, made.Exit);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, made.Output.Trim()));
    }

    [Fact]
    public async Task Relative_paths_are_the_shells_and_the_folder_defaults_to_its_data()
    {
        var made = await ConsoleProcess.RunAsync(["keys", "create", "--name", "agent", "--scopes", "reviews:read"], _folder.Path);
        Assert.Equal(0, made.Exit);
        Assert.True(File.Exists(_folder.File("data/console.db")));

        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["ReviewConsole__Data"] = "other" };
        Assert.Equal(0, (await ConsoleProcess.RunAsync(["keys", "create", "--name", "agent", "--scopes", "reviews:read"], _folder.Path, elsewhere)).Exit);
        Assert.True(File.Exists(_folder.File("other/console.db")));
    }

    [Fact]
    public async Task A_reading_verb_makes_nothing()
    {
        var result = await RunAsync("keys", "list");
        Assert.Equal(1, result.Exit);
        Assert.Contains("--data", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_demo_is_refused_in_Production()
    {
        var production = new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production" };
        var result = await ConsoleProcess.RunAsync(["--demo", "--data", _folder.Path], _folder.Path, production);
        Assert.Equal(1, result.Exit);
        Assert.Contains("--demo is refused in Production", result.Error, StringComparison.Ordinal);
    }

    private Task<ProcessResult> RunAsync(params string[] arguments) => ConsoleProcess.RunAsync([.. arguments, "--data", _folder.Path], _folder.Path);

    private static async Task<HttpStatusCode> StatusAsync(ConsoleProcess server, string token)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync(new Uri("/api/v1/reviews", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
