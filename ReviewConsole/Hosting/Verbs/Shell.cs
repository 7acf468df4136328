using System.CommandLine;
using System.Globalization;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>What every verb has of the shell: its two streams and the option that names the data folder.</summary>
internal sealed class Shell(TextWriter output, TextWriter error) : IVerbOutput
{
    private bool _barShown;

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

    /// <summary>The folder of a reading verb, which makes nothing.</summary>
    /// <exception cref="StartRefusedException">There is no database in it.</exception>
    public DataFolder ExistingData(ParseResult parsed)
    {
        var data = new DataFolder(DataOf(parsed));
        return data.HasDatabase ? data : throw new StartRefusedException($"{data.Path} holds no console's data: name its folder with --data.");
    }

    public void Line(string text)
    {
        EndBar();
        Output.WriteLine(text);
    }

    void IVerbOutput.Error(string text)
    {
        EndBar();
        Error.WriteLine(text.ReplaceLineEndings(" "));
    }

    /// <summary>A line on standard error and the exit code that goes with it.</summary>
    public int Fail(string text, int exit)
    {
        ((IVerbOutput)this).Error(text);
        return exit;
    }

    public void Progress(long done, long total)
    {
        if (!ReferenceEquals(Error, Console.Error) || Console.IsErrorRedirected)
        {
            return;
        }

        const int Width = 40;
        var filled = total == 0 ? Width : (int)(done * Width / total);
        Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {done}/{total}"));
        _barShown = true;
    }

    private void EndBar()
    {
        if (_barShown)
        {
            Error.WriteLine();
            _barShown = false;
        }
    }
}
