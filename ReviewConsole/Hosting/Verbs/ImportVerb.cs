using System.CommandLine;
using System.Text.Json.Nodes;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary><c>import FILE</c> as the shell sees it: the path is the shell's, the work is <see cref="ImportHandler"/>'s.</summary>
internal static class ImportVerb
{
    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "JSON Lines of submit bodies, each with an externalId; \"file\" in an evidence item is read relative to it." };
        var command = new Command("import", "Submits every line of a file, once.") { file };
        command.SetAction((parsed, cancellation) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            return File.Exists(path)
                ? ControlClient.RunAsync(new VerbCommand("import", new JsonObject { ["file"] = path }), shell.DataOf(parsed), shell, cancellation)
                : throw new StartRefusedException($"There is no file {path}: name a file of JSON Lines.", CommandLine.Usage);
        });
        return command;
    }
}
