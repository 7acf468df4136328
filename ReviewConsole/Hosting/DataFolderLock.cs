namespace ReviewConsole.Hosting;

/// <summary>
/// The right to write in a data folder. An OS lock on an open file: it dies with its process, however that ends, and no file has to be cleaned up.
/// On Unix <see cref="FileShare.None"/> is an advisory <c>flock</c>, which every process of this program takes.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>The lock, or null when another process has it.</summary>
    public static DataFolderLock? TryTake(DataFolder data)
    {
        try
        {
            var file = new FileStream(data.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            DataFolder.MakePrivateFile(data.Lock);
            return new DataFolderLock(file);
        }
        catch (IOException) when (File.Exists(data.Lock))
        {
            return null;
        }
    }

    /// <exception cref="StartRefusedException">Another process has it.</exception>
    public static DataFolderLock Take(DataFolder data) => TryTake(data) ?? throw new StartRefusedException(
        $"Another ReviewConsole is running on {data.Path}: stop it, or give this one a folder of its own with --data.");

    public void Dispose() => _file.Dispose();
}
