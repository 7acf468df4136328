using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary><c>policy export</c> reads, beside a live server too; <c>policy import</c> makes a draft of a file, through the server where one runs.</summary>
internal static class PolicyFileVerbs
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Export(Shell shell)
    {
        var version = new Option<int?>("--version") { Description = "A published version of the same name. Default: what is in force." };
        var name = new Option<string?>("--name") { Description = "The policy's name. Default: that of what is in force." };
        var file = new Option<string>("--out") { Description = "The file to write.", Required = true };
        var command = new Command("export", "Writes the text of a published policy, byte by byte as it was published.") { version, name, file };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (stored, wanted) = Find(shell.ExistingData(parsed), parsed.GetValue(name), parsed.GetValue(version));
            if (stored is null)
            {
                return shell.Fail($"No version {wanted} was published: the studio lists what was.", CommandLine.Usage);
            }

            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            try
            {
                await File.WriteAllTextAsync(path, stored.Text, s_utf8, cancellation).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return shell.Fail($"{path} cannot be written ({fault.Message.TrimEnd('.')}): name another file with --out.", 1);
            }

            shell.Line($"{stored.Name} {stored.Version.ToString(CultureInfo.InvariantCulture)}, {stored.Digest}");
            return 0;
        });
        return command;
    }

    public static Command Import(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "A policy, as Policy:File names one." };
        var by = new Option<string>("--by") { Description = "Who wrote it: the e-mail or subject of a person who may draft policies. Nobody publishes what they wrote.", Required = true };
        var command = new Command("import", "Makes a draft of a file; somebody else publishes it in the studio.") { file, by };
        command.SetAction((parsed, cancellation) => PolicyFileReader.Read(parsed.GetRequiredValue(file), shell) is { } policy
            ? ControlClient.RunAsync(
                new VerbCommand("policy import", new JsonObject { ["text"] = policy.Text, ["by"] = parsed.GetRequiredValue(by) }), shell.DataOf(parsed), shell, cancellation)
            : Task.FromResult(PolicyFileReader.Invalid));
        return command;
    }

    private static (StoredPolicy? Policy, string Wanted) Find(DataFolder data, string? name, int? version)
    {
        using var connection = new ReadDatabase(data.Database).Open();
        var published = PolicyRows.Published(connection);
        var current = PolicyRows.Force(connection).At(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var inForce = published.FirstOrDefault(policy => policy.Number == current?.Policy);
        var wanted = name ?? inForce?.Name;
        return (
            name is null && version is null ? inForce : published.LastOrDefault(policy => policy.Name == wanted && (version is null || policy.Version == version)),
            string.Create(CultureInfo.InvariantCulture, $"{version} of “{wanted}”").TrimStart());
    }
}
