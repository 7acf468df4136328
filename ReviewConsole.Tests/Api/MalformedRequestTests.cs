using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Core.Proposals;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>R13 of TRUST.md over HTTP: to damaged bodies never an answer of 5xx, the server lives, and its memory stays where it was.</summary>
[Collection(nameof(Alone))]
public sealed class MalformedRequestTests(ITestOutputHelper output)
{
    private const double MostGrown = 64;

    [Fact]
    public async Task R13_damaged_bodies_over_http_do_no_harm()
    {
        var count = Sizes.Of("RC_R13_BODIES", 10_000);
        await using var console = await RunningConsole.StartAsync();
        var (statuses, grown) = await SendAsync(console, count);
        var report = string.Join(", ", statuses.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Value} × {pair.Key}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R13: {statuses.Values.Sum()} damaged bodies over HTTP, {report}, {FailedAnswers(statuses)} × 5xx, memory grew {grown:F1} MB"));
        Assert.All(statuses.Keys, status => Assert.Contains(status, new[] { 200, 201, 400, 403, 409, 422 }));
        Assert.True(statuses[400] > 0 && statuses[422] > 0);
        Assert.True(grown < MostGrown, $"{grown} MB");
        Assert.Equal(200, (int)(await console.Anonymous().GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task R13_control_a_server_that_believes_bodies_and_keeps_them_would_be_found()
    {
        await using var console = await RunningConsole.StartAsync(static settings => settings with { Services = static services => services.AddSingleton<IStartupFilter>(new Believing()) });
        var (statuses, grown) = await SendAsync(console, 1_000);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"R13 control: a server that believes bodies and keeps them, {FailedAnswers(statuses)} × 5xx in 1000 damaged bodies, memory grew {grown:F1} MB"));
        Assert.True(FailedAnswers(statuses) > 0 && grown > MostGrown);
    }

    private static int FailedAnswers(IReadOnlyDictionary<int, int> statuses) => statuses.Where(static pair => pair.Key >= 500).Sum(static pair => pair.Value);

    /// <summary>A tenth to warm up, then all of them; how many of which status came back, and by how many megabytes the memory grew meanwhile.</summary>
    private static async Task<(IReadOnlyDictionary<int, int> Statuses, double Grown)> SendAsync(RunningConsole console, int count)
    {
        var source = await console.SourceAsync("fuzz", ["airline-agent", "expense-reader", "s"]);
        var whole = DamagedBodies.Whole();
        await SendAsync(source, whole, 0, count / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var statuses = await SendAsync(source, whole, count / 10, count + (count / 10));
        return (statuses, (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024.0);
    }

    private static async Task<ConcurrentDictionary<int, int>> SendAsync(HttpClient source, byte[][] whole, int from, int to)
    {
        var seen = new ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(
            Enumerable.Range(from, to - from),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (i, cancellation) =>
            {
                var random = new Random(i);
                using var content = new ByteArrayContent(DamagedBodies.Damage(whole[random.Next(whole.Length)], random));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var answer = await source.PostAsync(new Uri(i % 2 == 0 ? "/api/v1/reviews" : "/api/v1/gate/evaluate", UriKind.Relative), content, cancellation);
                seen.AddOrUpdate((int)answer.StatusCode, 1, static (_, n) => n + 1);
            });
        return seen;
    }

    /// <summary>The switched-on bug: before the product's own doors, somebody takes a member as the right thing, and keeps what came.</summary>
    private sealed class Believing : IStartupFilter
    {
        private readonly ConcurrentBag<byte[]> _kept = [];

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                if (HttpMethods.IsPost(http.Request.Method))
                {
                    http.Request.EnableBuffering();
                    try
                    {
                        using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
                        _kept.Add(new byte[256 * 1024]);
                        _ = document.RootElement.GetProperty("source").GetProperty("system").GetString();
                    }
                    catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
                    {
                        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                        return;
                    }

                    http.Request.Body.Position = 0;
                }

                await rest(http);
            });
            next(app);
        };
    }
}
