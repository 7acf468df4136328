using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>One back-test from the shell: where its items come from, how far it is, and how its report is printed.</summary>
internal sealed class BacktestRun(Backtest backtest, Shell shell)
{
    private const int SomeSkipped = 3;
    private const int MostNamed = 20;
    private const int ProgressEvery = 1_000;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly List<string> _about = [];
    private long _skipped;

    /// <summary>Reviews of the data folder.</summary>
    public int Recorded(ReadDatabase database, int? days, CancellationToken cancellation)
    {
        var since = days is { } past ? TimeProvider.System.GetUtcNow().AddDays(-past).ToUnixTimeMilliseconds() : 0;
        var reviews = new RecordedReviews(database, since);
        var (done, total) = (0L, reviews.Count());
        foreach (var item in reviews.Read())
        {
            backtest.Add(item);
            Step(++done, total, cancellation);
        }

        if (reviews.Erased > 0)
        {
            _about.Add(string.Create(CultureInfo.InvariantCulture, $"{reviews.Erased} reviews are erased and were left out"));
        }

        return 0;
    }

    /// <summary>Reviews of a file, with or without their truth. Lines that are none are named and skipped.</summary>
    public async Task<int> SetAsync(string reviews, string? truth, CancellationToken cancellation)
    {
        var known = truth is null ? null : await TruthAsync(truth, cancellation).ConfigureAwait(false);
        var lines = new RecordedLines(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), known);
        var file = File.OpenRead(reviews);
        await using var closing = file.ConfigureAwait(false);
        await foreach (var line in JsonLines.ReadAsync(file, cancellation).ConfigureAwait(false))
        {
            if (lines.Read(line, out var fault) is { } item)
            {
                backtest.Add(item);
            }
            else
            {
                Skip(line.Number, fault!);
            }

            Step(line.Number, line.Number * file.Length / line.Read, cancellation);
        }

        if (_skipped > 0)
        {
            _about.Add(string.Create(CultureInfo.InvariantCulture, $"{_skipped} lines could not be read and were left out"));
        }

        return _skipped == 0 ? 0 : SomeSkipped;
    }

    public void Print(bool json)
    {
        var report = backtest.Report();
        if (json)
        {
            shell.Line(JsonSerializer.Serialize(report, s_json));
            return;
        }

        foreach (var line in BacktestText.Lines(report, _about))
        {
            shell.Line(line);
        }
    }

    private async Task<RecordedTruth> TruthAsync(string path, CancellationToken cancellation)
    {
        var file = File.OpenRead(path);
        await using var closing = file.ConfigureAwait(false);
        var truth = await RecordedTruth.ReadAsync(file, cancellation).ConfigureAwait(false);
        foreach (var (line, what) in truth.Faults)
        {
            Skip(line, "of the truth " + what);
        }

        return truth;
    }

    private void Skip(long line, string fault)
    {
        if (++_skipped <= MostNamed)
        {
            ((Control.IVerbOutput)shell).Error(string.Create(CultureInfo.InvariantCulture, $"line {line}: {fault}; skipped"));
        }
    }

    private void Step(long done, long total, CancellationToken cancellation)
    {
        if (done % ProgressEvery == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            shell.Progress(done, Math.Max(done, total));
        }
    }
}
