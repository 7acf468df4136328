using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary>Which policy a server starts with, and that a file that is none changes nothing.</summary>
public sealed class PolicyStartTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_in_force_while_it_is_named_and_stays_when_it_is_not()
    {
        using var folder = new TemporaryFolder();
        using var file = new PolicyFile("hold: 4 s\n");
        var settings = new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0" };

        Assert.Equal((10, PolicyActKind.Shipped, false, 1), await StartAsync(settings));
        Assert.Equal((10, PolicyActKind.Shipped, false, 1), await StartAsync(settings));
        Assert.Equal((4, PolicyActKind.File, true, 2), await StartAsync(file.Use(settings)));
        Assert.Equal((4, PolicyActKind.File, true, 2), await StartAsync(file.Use(settings)));
        Assert.Equal((4, PolicyActKind.File, false, 2), await StartAsync(settings));
    }

    [Fact]
    public async Task A_malformed_file_names_its_line_and_what_helps_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var malformed = new PolicyFile("hold: long\nholt: 4 s\n");
        var settings = new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0" };
        await StartAsync(settings);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(malformed.Use(settings)));

        Assert.Contains("line 4", refused.Message, StringComparison.Ordinal);
        Assert.Contains("line 5", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Must be a duration like", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal((10, PolicyActKind.Shipped, false, 1), await StartAsync(settings));
    }

    [Fact]
    public async Task A_start_names_each_published_version_that_it_cannot_read()
    {
        using var folder = new TemporaryFolder();
        using var file = new PolicyFile("hold: 4 s\n");
        using var ear = new LogEar("PolicyBoard", "Unread");
        var settings = new HostSettings(folder.Path) { Environment = "Development", Urls = "http://127.0.0.1:0" };
        await StartAsync(settings);
        await StartAsync(file.Use(settings));
        await using (var host = await ConsoleHost.BuildAsync(settings, time: null, Cancelled))
        {
            await host.Services.GetRequiredService<Writer>().RunAsync(
                scope => scope.Prepare("UPDATE policy SET text = text || '# later' WHERE name = 'default'").ExecuteNonQuery(), Cancelled);
        }

        Assert.Equal((4, PolicyActKind.File, false, 2), await StartAsync(ear.Use(settings)));
        await ear.HeardAsync("default 1");
    }

    private static async Task<(int Hold, PolicyActKind Kind, bool Locked, int Acts)> StartAsync(HostSettings settings)
    {
        await using var host = await ConsoleHost.BuildAsync(settings, time: null, Cancelled);
        var shelf = host.Services.GetRequiredService<PolicyDesk>().Read();
        Assert.Equal(shelf.Locked, host.Services.GetRequiredService<PolicyDesk>().Locked);
        return (host.Services.GetRequiredService<PolicyBoard>().InForce.Policy.HoldSeconds, shelf.InForce.Kind, shelf.Locked, shelf.Acts.Count);
    }
}
