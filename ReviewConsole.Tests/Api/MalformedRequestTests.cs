using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using ReviewConsole.Tests.Core.Proposals;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>R13: damaged bodies over HTTP. Never an answer of 5xx, the server lives, and its memory stays where it was.</summary>
public sealed class MalformedRequestTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Ten_thousand_damaged_bodies_do_no_harm()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("MALFORMED_BODIES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 10_000;
        await using var world = await ApiWorld.StartAsync();
        var source = await world.Console.SourceAsync("fuzz", ["airline-agent", "expense-reader", "s"]);
        var whole = DamagedBodies.Whole();
        await SendAsync(0, count / 10);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var statuses = await SendAsync(count / 10, count);

        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / 1024.0;
        var report = string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R13 malformed bodies over HTTP: {count} sent, {report}, no 5xx, memory grew {grown:F1} MB"));
        Assert.All(statuses.Keys, status => Assert.Contains(status, new[] { 200, 201, 400, 403, 409, 422 }));
        Assert.True(statuses[400] > 0 && statuses[422] > 0);
        Assert.True(grown < 64, $"{grown} MB");
        await world.SubmitAsync();

        async Task<ConcurrentDictionary<int, int>> SendAsync(int from, int to)
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
    }
}
