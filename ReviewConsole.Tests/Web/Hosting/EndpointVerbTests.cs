using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

public sealed class EndpointVerbTests
{
    private const string Url = "https://agent.example.org/hooks";

    [Fact]
    public async Task An_endpoint_lives_from_add_over_rotate_to_remove()
    {
        using var folder = new TemporaryFolder();
        var added = await RunAsync("endpoints", "add", "--name", "orders", "--url", Url, "--data", folder.Path);
        Assert.Equal((0, ""), (added.Exit, added.Error));
        Assert.True(WebhookSecret.TryParse(added.Output.TrimEnd(), out var first));

        Assert.Equal($"e1\torders\tlive\t{Url}", (await RunAsync("endpoints", "list", "--data", folder.Path)).Output.TrimEnd());

        Assert.True(WebhookSecret.TryParse((await RunAsync("endpoints", "rotate", "orders", "--data", folder.Path)).Output.TrimEnd(), out var second));
        Assert.False(first.Key.Span.SequenceEqual(second.Key.Span));

        Assert.Equal(0, (await RunAsync("endpoints", "remove", "orders", "--data", folder.Path)).Exit);
        Assert.Equal("", (await RunAsync("endpoints", "list", "--data", folder.Path)).Output);
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_line_that_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        await RunAsync("endpoints", "add", "--name", "orders", "--url", Url, "--data", folder.Path);
        await RefusedAsync(1, "endpoints remove", "endpoints", "add", "--name", "orders", "--url", Url, "--data", folder.Path);
        await RefusedAsync(64, "https", "endpoints", "add", "--name", "other", "--url", "ftp://agent.example.org/", "--data", folder.Path);
        await RefusedAsync(64, "link-local", "endpoints", "add", "--name", "other", "--url", "https://169.254.169.254/", "--data", folder.Path);
        await RefusedAsync(1, "endpoints list", "endpoints", "rotate", "nobody", "--data", folder.Path);
        await RefusedAsync(1, "endpoints list", "endpoints", "remove", "nobody", "--data", folder.Path);
    }

    [Fact]
    public async Task A_dead_letter_is_listed_and_replayed_once()
    {
        using var folder = new TemporaryFolder();
        await RunAsync("endpoints", "add", "--name", "orders", "--url", Url, "--data", folder.Path);
        var review = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using (var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path }))
        {
            await console.Services.GetRequiredService<Writer>().RunAsync(
                scope =>
                {
                    OutboxRows.Add(scope, 7, review, "orders", WebhookType.Decided);
                    OutboxRows.Bury(scope, "orders", OutboxFault.EndpointDisabled);
                    return 0;
                },
                TestContext.Current.CancellationToken);
        }

        Assert.Equal($"7\t{review}\torders\treview.decided\t0\tendpoint-disabled", (await RunAsync("endpoints", "dead", "--data", folder.Path)).Output.TrimEnd());
        Assert.Equal(0, (await RunAsync("endpoints", "replay", "7", "--data", folder.Path)).Exit);
        Assert.Equal("", (await RunAsync("endpoints", "dead", "--data", folder.Path)).Output);
        await RefusedAsync(1, "endpoints dead", "endpoints", "replay", "7", "--data", folder.Path);
    }

    [Fact]
    public async Task Beside_a_running_server_the_server_does_it_and_knows_the_endpoint_at_once()
    {
        await using var console = await RunningConsole.StartAsync();
        var added = await RunAsync("endpoints", "add", "--name", "orders", "--url", "http://127.0.0.1:5299/hooks", "--data", console.Host.Data.Path);
        Assert.Equal((0, ""), (added.Exit, added.Error));
        Assert.True(console.Services.GetRequiredService<EndpointDirectory>().Takes("orders"));
    }

    private static async Task RefusedAsync(int exit, string says, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((exit, ""), (run.Exit, run.Output));
        Assert.Contains(says, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new ProcessResult(exit, output.ToString(), error.ToString());
    }
}
