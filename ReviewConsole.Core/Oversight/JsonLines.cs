using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace ReviewConsole.Core.Oversight;

/// <summary>One line of a file.</summary>
/// <param name="Number">1-based; empty lines count.</param>
/// <param name="Bytes">Valid until the next line is asked for.</param>
/// <param name="Read">How many bytes of the file are read, this line included.</param>
internal readonly record struct JsonLine(long Number, ReadOnlyMemory<byte> Bytes, long Read);

/// <summary>The lines of a file that are not empty, as bytes, one at a time.</summary>
internal static class JsonLines
{
    /// <summary>A longer line is no line of reviews.</summary>
    public const int Longest = 16 * 1024 * 1024;

    private const int Chunk = 256 * 1024;

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <exception cref="InvalidDataException">A line is longer than <see cref="Longest"/>.</exception>
    public static async IAsyncEnumerable<JsonLine> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: Chunk, leaveOpen: true));
        var (number, read) = (0L, 0L);
        for (var ended = false; !ended;)
        {
            var result = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            var rest = result.Buffer;
            ended = result.IsCompleted;
            while (rest.Length > 0)
            {
                if (rest.PositionOf((byte)'\n') is not { } end)
                {
                    if (!ended)
                    {
                        break;
                    }

                    end = rest.End;
                }

                var line = rest.Slice(0, end);
                line = number == 0 && line.Length >= Mark.Length && line.Slice(0, Mark.Length).ToArray().AsSpan().SequenceEqual(Mark) ? line.Slice(Mark.Length) : line;
                rest = rest.Slice(end.Equals(rest.End) ? end : rest.GetPosition(1, end));
                number++;
                read += line.Length + 1;
                if (!line.IsSingleSegment || line.FirstSpan.ContainsAnyExcept(" \t\r"u8))
                {
                    yield return new JsonLine(number, line.IsSingleSegment ? line.First : line.ToArray(), read);
                }
            }

            if (rest.Length > Longest)
            {
                throw new InvalidDataException($"Line {number + 1} is longer than {Longest} bytes.");
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }
}
