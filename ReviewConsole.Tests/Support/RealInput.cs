namespace ReviewConsole.Tests.Support;

/// <summary>The real material in <c>shared/data</c> beside the repository, which is not everywhere.</summary>
internal static class RealInput
{
    /// <summary>A file of it, or null where there is none.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var file = Path.Join(folder.FullName, "shared", "data", path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
