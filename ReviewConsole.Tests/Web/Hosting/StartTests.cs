using System.Runtime.Versioning;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary>When the server starts, when it does not, and that it says why in one line that tells what to do.</summary>
public sealed class StartTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Production", "http://127.0.0.1:0", false, "Production needs https")]
    [InlineData("Staging", "http://127.0.0.1:0", false, "Staging needs https")]
    [InlineData("Production", "https://127.0.0.1:0", true, "--demo is refused in Production")]
    [InlineData("Development", "http://0.0.0.0:0", true, "loopback only")]
    [InlineData("Development", "not an address", false, "is not an address")]
    [InlineData("Development", "ftp://127.0.0.1", false, "is not an address")]
    public async Task A_place_that_is_not_safe_is_refused(string environment, string urls, bool demo, string words)
    {
        using var folder = new TemporaryFolder();
        await RefusedAsync(new HostSettings(folder.Path) { Environment = environment, Urls = urls, Demo = demo }, words);
    }

    [Fact]
    public async Task A_named_proxy_stands_in_for_https_in_Production()
    {
        using var folder = new TemporaryFolder();
        var settings = new HostSettings(folder.Path)
        {
            Environment = "Production",
            Urls = "http://127.0.0.1:0",
            Configuration = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Hosting:Proxies:0"] = "127.0.0.1" },
        };
        await using var host = await ConsoleHost.BuildAsync(settings, time: null, Cancelled);
        Assert.True(host.Place.SecureCookies);
        Assert.False(host.Place.HasPersonas);
    }

    [Fact]
    public async Task Behind_its_proxy_Production_answers_only_what_came_by_https()
    {
        await using var console = await RunningConsole.StartAsync(settings => settings with
        {
            Environment = "Production",
            Configuration = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Hosting:Proxies:0"] = "127.0.0.1" },
        });
        await Answers.ProblemAsync(await console.Anonymous().GetAsync("/api/v1/me", Cancelled), 400, "https-required");
        Assert.Equal(200, (int)(await console.Anonymous().GetAsync("/health/live", Cancelled)).StatusCode);
        var proxied = console.Anonymous();
        proxied.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await proxied.GetAsync("/api/v1/me", Cancelled);
        await Answers.ProblemAsync(answer, 401, "unauthorized");
        Assert.Contains("max-age", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_named_at_once()
    {
        using var folder = new TemporaryFolder();
        var settings = new HostSettings(folder.Path)
        {
            Environment = "Development",
            Urls = "http://127.0.0.1:0",
            Configuration = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Hosting:KeyRate"] = "0", ["Hosting:SessionLenght"] = "01:00:00", ["Hosting:Proxies:0"] = "proxy.example", ["Ledger:Origin"] = "two words",
            },
        };
        var refused = await RefusedAsync(settings, "Hosting:KeyRate");
        Assert.Contains("Hosting:SessionLenght is not a setting", refused, StringComparison.Ordinal);
        Assert.Contains("proxy.example", refused, StringComparison.Ordinal);
        Assert.Contains("Ledger:Origin", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_folder_is_refused_until_the_first_has_gone()
    {
        using var folder = new TemporaryFolder();
        var settings = new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0" };
        await using (await ConsoleHost.BuildAsync(settings, time: null, Cancelled))
        {
            await RefusedAsync(settings, "Another ReviewConsole is running");
        }

        await using var next = await ConsoleHost.BuildAsync(settings, time: null, Cancelled);
        Assert.Equal(folder.Path, next.Data.Path);
    }

    [Theory]
    [InlineData("This is somebody's letter, and longer than sixteen bytes.")]
    [InlineData("short")]
    public async Task A_foreign_file_as_database_is_refused_and_left_as_it_was(string content)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("console.db"), content, Cancelled);
        await RefusedAsync(new HostSettings(folder.Path) { Environment = "Development" }, "is not a database of this console");
        Assert.Equal(content, await File.ReadAllTextAsync(folder.File("console.db"), Cancelled));
    }

    [Fact]
    public async Task A_ledger_key_that_is_none_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("keys"));
        await File.WriteAllTextAsync(folder.File("keys/ledger.pem"), "not a key", Cancelled);
        await RefusedAsync(new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0" }, "ledger.pem");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_the_folder_holds_is_its_owners_alone()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.PersonAsync("reviewer");
        var root = new DirectoryInfo(console.Host.Data.Path);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.All([root, .. root.EnumerateDirectories(), new DirectoryInfo(console.Host.Data.DataProtectionKeys)], folder => Assert.Equal(UnixFileMode.None, folder.UnixFileMode & Others));
        Assert.All(
            (string[])[console.Host.Data.Database, console.Host.Data.Database + "-wal", console.Host.Data.LedgerKey, console.Host.Data.Lock, console.Host.Data.ControlSocket, .. Directory.GetFiles(console.Host.Data.DataProtectionKeys)],
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_server_that_stops_leaves_everything_in_the_one_file()
    {
        using var folder = new TemporaryFolder();
        await using (var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path }))
        {
            var person = await console.PersonAsync("reviewer");
            Assert.Equal(200, (int)(await person.GetAsync("/api/v1/queue", Cancelled)).StatusCode);
            Assert.Equal(200, (int)(await person.GetAsync("/health/ready", Cancelled)).StatusCode);
        }

        Assert.True(new FileInfo(folder.File("console.db")).Length > 4096);
        Assert.False(File.Exists(folder.File("console.db-wal")));
        Assert.False(File.Exists(folder.File("control.sock")));
    }

    [Fact]
    public async Task A_demo_wipes_its_own_folder_and_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("mine.txt"), "kept", Cancelled);
        var settings = new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0", Demo = true };
        await using (var first = await ConsoleHost.BuildAsync(settings, time: null, Cancelled))
        {
            await File.WriteAllTextAsync(Path.Join(first.Data.Blobs, "old"), "gone", Cancelled);
        }

        await using var second = await ConsoleHost.BuildAsync(settings, time: null, Cancelled);
        Assert.Equal(folder.File("demo"), second.Data.Path);
        Assert.False(File.Exists(Path.Join(second.Data.Blobs, "old")));
        Assert.True(File.Exists(folder.File("mine.txt")));
    }

    [Fact]
    public async Task A_demo_never_wipes_a_folder_that_is_no_consoles()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("demo"));
        await File.WriteAllTextAsync(folder.File("demo/thesis.txt"), "years of work", Cancelled);
        await RefusedAsync(new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0", Demo = true }, "will not wipe it");
        Assert.True(File.Exists(folder.File("demo/thesis.txt")));
    }

    private static async Task<string> RefusedAsync(HostSettings settings, string words)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(async () => await (await ConsoleHost.BuildAsync(settings, time: null, Cancelled)).DisposeAsync());
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        return refused.Message;
    }
}
