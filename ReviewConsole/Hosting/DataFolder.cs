namespace ReviewConsole.Hosting;

/// <summary>
/// The folder that holds everything an installation owns, and the names in it. All of it is private to the account that runs the server:
/// folders 0700, files 0600 (TRUST.md §1). Every path is absolute.
/// </summary>
internal sealed class DataFolder
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    public string Database => In("console.db");

    public string Blobs => In("blobs");

    public string Keys => In("keys");

    public string LedgerKey => In("keys", "ledger.pem");

    public string DataProtectionKeys => In("keys", "dp");

    public string Anchors => In("anchors");

    public string AnchorLog => In("anchors", "log");

    public string Lock => In("console.lock");

    public string ControlSocket => In("control.sock");

    public bool HasDatabase => new FileInfo(Database) is { Exists: true, Length: > 0 };

    /// <summary>Makes the folder itself, so that its lock can be taken.</summary>
    /// <exception cref="StartRefusedException">It cannot be made.</exception>
    public void PrepareRoot() => Guarded(() => MakePrivateFolder(Path));

    /// <summary>Makes the folders that are missing and takes the rights of others away from those that are there. Under the lock.</summary>
    /// <exception cref="StartRefusedException">They cannot be made, or the database is somebody else's file.</exception>
    public void Prepare() => Guarded(() =>
    {
        foreach (var folder in (string[])[Path, Blobs, Keys, DataProtectionKeys, Anchors])
        {
            MakePrivateFolder(folder);
        }

        RefuseForeignDatabase();
    });

    /// <summary>Makes the database's file, empty, if there is none: SQLite would let others read it, and its log takes the file's rights.</summary>
    public void MakeDatabaseFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateFile;
        }

        using var file = new FileStream(Database, options);
    }

    /// <summary>Before a demo wipes it: a folder with files that is not a console's stays as it is, so that a wrong --data costs nobody their work.</summary>
    /// <exception cref="StartRefusedException">It has files and none of them is our lock.</exception>
    public void RefuseForeignFolder()
    {
        if (Directory.Exists(Path) && !File.Exists(Lock) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            throw new StartRefusedException($"{Path} is not a console's data folder, so the demo will not wipe it: move it away or choose another --data.");
        }
    }

    /// <summary>Empties the folder for the demo, but for the lock that the caller holds.</summary>
    public void Wipe() => Guarded(() =>
    {
        foreach (var folder in Directory.EnumerateDirectories(Path))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(Path).Where(file => !string.Equals(file, Lock, StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
    });

    /// <summary>Takes group's and others' rights away from a file that holds secrets.</summary>
    public static void MakePrivateFile(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, PrivateFile);
        }
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {Path} cannot be used ({fault.Message.TrimEnd('.')}): choose another with --data, or mend its rights.");
        }
    }

    private static void MakePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, PrivateFolder);
        File.SetUnixFileMode(folder, PrivateFolder);
    }

    /// <summary>A file with another head would be answered by SQLite with "file is not a database" at the first statement, deep in the start.</summary>
    private void RefuseForeignDatabase()
    {
        if (!HasDatabase)
        {
            return;
        }

        Span<byte> head = stackalloc byte[16];
        using var file = new FileStream(Database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read > 0 && !head[..read].SequenceEqual("SQLite format 3\0"u8))
        {
            throw new StartRefusedException($"{Database} is not a database of this console: move it away, or choose another folder with --data.");
        }
    }

    private string In(params ReadOnlySpan<string> names) => System.IO.Path.Join([Path, .. names]);
}
