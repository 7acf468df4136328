using System.Globalization;
using System.Text;
using System.Text.Json;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>backtest</c>: a back-test under the default policy on one core, of reviews of 2 KB that are all different actions: judging and counting alone, and with reading the lines;
/// each against a bare parse of the same bytes. Then memory while a million go through. Options: <c>--count 20000 --rounds 5 --stream 1000000</c>.
/// </summary>
internal static class BacktestBenchmark
{
    private const long Now = 1_800_000_000_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (count, rounds, stream) = (arguments.Number("--count", 20_000), arguments.Number("--rounds", 5), arguments.Number("--stream", 1_000_000));
        var lines = new RecordedLines(Now, truth: null);
        var bytes = Enumerable.Range(0, count).Select(Body).ToArray();
        var items = bytes.Select((body, i) => Read(lines, new JsonLine(i + 1, body, 0))).ToArray();
        Print("judging and counting", () => Fold(items));
        Print("reading, judging and counting", () => Fold(bytes.Select((body, i) => Read(lines, new JsonLine(i + 1, body, 0)))));
        if (stream > 0)
        {
            await StreamAsync(lines, stream).ConfigureAwait(false);
        }

        return 0;

        void Print(string name, Action work)
        {
            var (own, limit) = Turns.Seconds(rounds, work, () => Array.ForEach(bytes, static body => JsonDocument.Parse(body).Dispose()));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"backtest {name}: {count / own:N0} reviews a second on one core; bare parse of the same {bytes.Average(static body => body.Length):N0} bytes each {count / limit:N0}: ratio {limit / own:F2} (medians of {rounds} × {count:N0})"));
        }
    }

    private static BacktestReport Fold(IEnumerable<BacktestItem> items)
    {
        var backtest = new Backtest(PolicyReader.Default);
        foreach (var item in items)
        {
            backtest.Add(item);
        }

        return backtest.Report();
    }

    private static async Task StreamAsync(RecordedLines lines, int count)
    {
        var backtest = new Backtest(PolicyReader.Default);
        var file = new Lines(count);
        await using var closing = file.ConfigureAwait(false);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        long number = 0;
        await foreach (var line in JsonLines.ReadAsync(file, CancellationToken.None).ConfigureAwait(false))
        {
            backtest.Add(Read(lines, line));
            if (++number == count / 10 || number == count)
            {
                var live = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"backtest stream: after {number:N0} reviews, all distinct actions, {live:F0} MB live ({live * 1e6 / number:F0} bytes each), {number / watch.Elapsed.TotalSeconds:N0} a second with making the lines"));
            }
        }
    }

    private static BacktestItem Read(RecordedLines lines, JsonLine line) => lines.Read(line, out var fault) ?? throw new InvalidDataException(fault);

    private static byte[] Body(int number) =>
        Encoding.UTF8.GetBytes(SubmitBody.Of("bench").Replace("############", number.ToString("D12", CultureInfo.InvariantCulture), StringComparison.Ordinal).ReplaceLineEndings(" "));

    /// <summary>A file of so many lines that is nowhere.</summary>
    private sealed class Lines(int count) : Stream
    {
        private ReadOnlyMemory<byte> _line;
        private int _number;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_line.IsEmpty)
            {
                if (_number == count)
                {
                    return 0;
                }

                _line = (byte[])[.. Body(_number++), (byte)'\n'];
            }

            var length = Math.Min(buffer.Length, _line.Length);
            _line.Span[..length].CopyTo(buffer);
            _line = _line[length..];
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
