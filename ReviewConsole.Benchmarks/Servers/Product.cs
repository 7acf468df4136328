namespace ReviewConsole.Benchmarks.Servers;

/// <summary>The real server on a fresh data folder, with a key for one source.</summary>
internal sealed record Product(ServerProcess Server, string Key, string System) : IDisposable
{
    private const string Source = "bench";

    /// <summary>Makes the key when the folder is new, and starts the server; <c>--server</c> names the host's assembly, by default the one built beside this one.</summary>
    /// <param name="name">Of its data folder, where there is more than one server.</param>
    /// <param name="policy">A policy's text; null for the policy that ships.</param>
    public static async Task<Product> StartAsync(Arguments arguments, BenchmarkFolder folder, string name = "data", string? policy = null)
    {
        var assembly = arguments.Text("--server") ?? BuiltBeside();
        var data = folder.At(name);
        var keyFile = folder.At(name + ".key");
        var policyFile = folder.At(name + ".yaml");
        if (policy is not null)
        {
            await File.WriteAllTextAsync(policyFile, policy);
        }

        if (!File.Exists(keyFile))
        {
            await File.WriteAllTextAsync(keyFile, await ServerProcess.VerbAsync(
                assembly, "keys", "create", "--name", Source, "--scopes", "reviews:write,reviews:read", "--data", data));
        }

        var key = await File.ReadAllTextAsync(keyFile);
        var server = await ServerProcess.StartAsync(
            arguments.Number("--port", 0), assembly, url => ["--data", data, "--urls", url], "/health/ready", policy is null ? null : policyFile);
        return new Product(server, key, Source);
    }

    public void Dispose() => Server.Dispose();

    private static string BuiltBeside()
    {
        // …/ReviewConsole.Benchmarks/bin/<configuration>/net10.0/ → …/ReviewConsole/bin/<configuration>/net10.0/
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var root = here.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(root, "ReviewConsole", "bin", here.Parent.Name, here.Name, "ReviewConsole.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build the host in the same configuration first, or give --server: {path}");
    }
}
