namespace ReviewConsole.Benchmarks.Servers;

/// <summary>A fresh folder on the disk that is measured (the shell's folder unless told), removed at the end.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    public BenchmarkFolder(string? parent)
    {
        var name = $"benchmark-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        _folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(parent ?? "."), name));
    }

    public string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
