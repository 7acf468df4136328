using System.CommandLine;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>What every verb has of the shell: its two streams and the option that names the data folder.</summary>
internal sealed class Shell(TextWriter output, TextWriter error)
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The folder with database, blobs, keys and anchors. Default: ReviewConsole__Data, else ./data.",
        Recursive = true,
    };

    /// <summary>Absolute; a relative path is the shell's.</summary>
    public string DataOf(ParseResult parsed)
    {
        var said = parsed.GetValue(Data) ?? Environment.GetEnvironmentVariable("ReviewConsole__Data");
        return Path.GetFullPath(string.IsNullOrWhiteSpace(said) ? "data" : said);
    }
}
