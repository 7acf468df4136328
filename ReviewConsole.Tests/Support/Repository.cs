namespace ReviewConsole.Tests.Support;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of ReviewConsole.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ReviewConsole.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ReviewConsole.sln above {AppContext.BaseDirectory}: run the tests from where they were built.");
    }
}
