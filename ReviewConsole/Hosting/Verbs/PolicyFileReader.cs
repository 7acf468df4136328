using ReviewConsole.Core.Gate;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>The policy of a file that a verb names.</summary>
internal static class PolicyFileReader
{
    public const int Invalid = 2;

    /// <summary>The policy, or null and every error on a line of its own.</summary>
    /// <exception cref="StartRefusedException">There is no such file.</exception>
    public static GatePolicy? Read(string file, Shell shell)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            throw new StartRefusedException($"There is no file {path}: name a policy.", CommandLine.Usage);
        }

        using var stream = File.OpenRead(path);
        var reading = PolicyReader.Read(stream);
        foreach (var error in reading.Errors)
        {
            shell.Line(error.ToString());
        }

        if (reading.Policy is null)
        {
            shell.Fail($"{path} is no policy: {reading.Errors.Count} errors, first {reading.Errors[0]}", Invalid);
        }

        return reading.Policy;
    }
}
