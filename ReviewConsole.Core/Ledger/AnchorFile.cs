namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The anchor file: heads of the log, one signed note after the other, only ever appended to. Kept on a volume that the database's owner cannot write, it shows every rewriting
/// of what it covers; beside the database it protects against accident only. One writer, any number of readers.
/// </summary>
internal sealed class AnchorFile(string path)
{
    // Room for two notes of any size that we write.
    private const int Tail = 8192;
    private const int NoteTextLines = 3;

    public string Path => path;

    /// <summary>All heads in the order in which they were anchored; none when the file is missing. A note that a crash cut short is left out.</summary>
    /// <exception cref="InvalidDataException">The file holds something else than notes.</exception>
    public IReadOnlyList<Checkpoint> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = OpenToRead();
        var text = new byte[file.Length];
        file.ReadExactly(text);
        return KnownHeads.TryParse(text, out var heads) ? heads : throw Foreign();
    }

    /// <summary>The last whole head, read from the end of the file; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The file ends with something else than a note.</exception>
    public Checkpoint? Newest()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = OpenToRead();
        return Last(file, origin: null, out _);
    }

    /// <summary>
    /// Adds a head and returns when it is on disk. Answers false, and writes nothing, when the newest one is as large already. A note that a crash cut short is cut
    /// off first: it proves nothing.
    /// </summary>
    public bool Append(Checkpoint checkpoint)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var newest = Last(file, checkpoint.Origin, out var end);
        if (newest is not null && newest.Size >= checkpoint.Size)
        {
            return false;
        }

        file.SetLength(end);
        file.Position = end;
        file.Write(checkpoint.Note);
        file.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>The last whole note and where it ends. A file without any is ours only if it begins as a note of <paramref name="origin"/> would.</summary>
    private Checkpoint? Last(FileStream file, string? origin, out long end)
    {
        var start = Math.Max(0, file.Length - Tail);
        var tail = new byte[file.Length - start];
        file.Position = start;
        file.ReadExactly(tail);

        var text = tail.AsSpan();
        var empty = text.LastIndexOf("\n\n"u8);
        if (empty >= 0 && !text[(empty + 2)..].Contains((byte)'\n'))
        {
            // The last note has no whole signature line: the one before it counts.
            text = text[..empty];
            empty = text.LastIndexOf("\n\n"u8);
        }

        end = 0;
        if (empty < 0)
        {
            return start == 0 && (origin is null || IsTorn(tail, origin)) ? null : throw Foreign();
        }

        var stop = empty + 2 + text[(empty + 2)..].IndexOf((byte)'\n') + 1;
        var before = empty;
        for (var line = 0; line < NoteTextLines; line++)
        {
            before = text[..Math.Max(before, 0)].LastIndexOf((byte)'\n');
        }

        end = start + stop;
        return Checkpoint.TryParse(text[(before + 1)..stop], out var head) ? head : throw Foreign();
    }

    private static bool IsTorn(ReadOnlySpan<byte> tail, string origin)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(origin + "\n");
        return tail[..Math.Min(tail.Length, line.Length)].SequenceEqual(line.AsSpan(0, Math.Min(tail.Length, line.Length)));
    }

    // The server may append at this moment.
    private FileStream OpenToRead() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private InvalidDataException Foreign() =>
        new($"The anchor file {path} holds something else than signed notes. Restore it from a copy, or name another file with Ledger:AnchorFile.");
}
