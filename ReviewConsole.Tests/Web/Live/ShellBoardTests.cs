using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Live;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Live;

/// <summary>The facts of every page, and who watches them.</summary>
public sealed class ShellBoardTests
{
    [Fact]
    public async Task A_page_that_outlives_the_host_leaves_without_a_fault()
    {
        await using var console = await RunningConsole.StartAsync();
        var board = console.Services.GetRequiredService<ShellBoard>();
        var watcher = await board.WatchAsync(static _ => { });

        await board.DisposeAsync();

        await watcher.DisposeAsync();
    }
}
