using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>
/// The real server with a switched-on bug, in a process of its own: <see cref="KillRun"/> starts this one test there, with folder and bug in the environment. Among the
/// others it only shows that such a server starts.
/// </summary>
public sealed class ServerChild
{
    private const string Folder = "RC_SERVER_CHILD", Bug = "RC_SERVER_CHILD_BUG";

    [Fact]
    public async Task Serves_until_it_is_killed()
    {
        using var own = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable(Folder);
        var bug = Enum.Parse<ServerBug>(Environment.GetEnvironmentVariable(Bug) ?? nameof(ServerBug.None));
        await using var console = await RunningConsole.StartAsync(settings => settings with
        {
            Data = folder ?? own.Path,
            Services = services => services.AddSingleton<IStartupFilter>(new Front(bug)),
        });
        if (bug == ServerBug.AnswersBeforeCommit)
        {
            await console.Services.GetRequiredService<Writer>().RunAsync(CommitLate, TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, (int)(await console.Anonymous().GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        if (folder is not null)
        {
            Console.WriteLine($"{ConsoleProcess.Serves}{console.Address}");
            // Serves until its parent kills it.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    internal static Task<ConsoleProcess> StartAsync(string folder, ServerBug bug) => ConsoleProcess.ServeAsync(
        typeof(ServerChild).Assembly.Location,
        ["-noColor", "-method", $"{typeof(ServerChild).FullName}.{nameof(Serves_until_it_is_killed)}"],
        new Dictionary<string, string>(StringComparer.Ordinal) { [Folder] = folder, [Bug] = bug.ToString() });

    /// <summary>The Writer keeps its statements by their text; these two now do nothing, and the transaction that is open stays open.</summary>
    private static bool CommitLate(WriteScope scope)
    {
        scope.Prepare("COMMIT").CommandText = "SELECT 1";
        scope.Prepare("BEGIN IMMEDIATE").CommandText = "SELECT 1";
        return true;
    }

    private sealed class Front(ServerBug bug) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            if (bug == ServerBug.KnowsNoKeys)
            {
                app.Use(static (http, rest) =>
                {
                    http.Request.Headers.Remove("Idempotency-Key");
                    return rest(http);
                });
            }

            next(app);
        };
    }
}
