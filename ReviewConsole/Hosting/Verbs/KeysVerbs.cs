using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary><c>keys create | list | revoke</c> as the shell sees them; <c>keys ledger</c> is <see cref="LedgerVerbs"/>'s.</summary>
internal static class KeysVerbs
{
    public static Command Create(Shell shell) => new("keys", "Keys of sources, and the ledger's verifier key.") { CreateKey(shell), List(shell), Revoke(shell), LedgerVerbs.VerifierKey(shell) };

    private static Command CreateKey(Shell shell)
    {
        var name = new Option<string>("--name") { Description = "The key's name, and the owner of what it submits.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = $"Separated by commas: {string.Join(", ", Scopes.All.Order(StringComparer.Ordinal))}.", Required = true };
        var systems = new Option<string?>("--systems") { Description = "Values of source.system that it may send, separated by commas. Default: its name." };
        var expires = new Option<string?>("--expires") { Description = "How long it lives: 90d, 12h, 30m. Default: for ever." };
        var command = new Command("create", "Makes a key and prints it, this once.") { name, scopes, systems, expires };
        command.SetAction((parsed, cancellation) =>
        {
            var arguments = new JsonObject
            {
                ["name"] = Name(parsed.GetRequiredValue(name)),
                ["scopes"] = VerbCommand.List(KnownScopes(parsed.GetRequiredValue(scopes))),
                ["systems"] = VerbCommand.List(parsed.GetValue(systems) is { } listed ? Words(listed, "--systems").Select(Name) : [Name(parsed.GetRequiredValue(name))]),
            };
            if (parsed.GetValue(expires) is { } life)
            {
                arguments["milliseconds"] = (long)Life(life).TotalMilliseconds;
            }

            return ControlClient.RunAsync(new VerbCommand("keys create", arguments), shell.DataOf(parsed), shell, cancellation);
        });
        return command;
    }

    private static Command Revoke(Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = "The key's name." };
        var command = new Command("revoke", "Ends a key at once.") { name };
        command.SetAction((parsed, cancellation) => ControlClient.RunAsync(
            new VerbCommand("keys revoke", new JsonObject { ["name"] = parsed.GetRequiredValue(name) }), shell.DataOf(parsed), shell, cancellation));
        return command;
    }

    private static Command List(Shell shell)
    {
        var command = new Command("list", "Every key: id, name, state, scopes, systems.");
        command.SetAction(parsed =>
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var key in KeyStore.All(new ReadDatabase(shell.ExistingData(parsed).Database)))
            {
                shell.Line(string.Join('\t', key.Actor.Id, key.Name, State(key, now), string.Join(',', key.Scopes.Order(StringComparer.Ordinal)), string.Join(',', key.Systems.Order(StringComparer.Ordinal))));
            }

            return 0;
        });
        return command;
    }

    private static string State(ApiKey key, long now) => key switch
    {
        { Revoked: { } at } => "revoked " + Day(at),
        { Expires: { } at } when at <= now => "expired " + Day(at),
        { Expires: { } at } => "until " + Day(at),
        _ => "live",
    };

    private static string Day(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Name(string text) => text.Length is > 0 and <= 200 && !text.Any(char.IsControl) && text.Trim().Length == text.Length
        ? text
        : throw new StartRefusedException("A name has 1 to 200 characters, none of them a control character, and no space at its ends.", CommandLine.Usage);

    private static IEnumerable<string> KnownScopes(string list)
    {
        var words = Words(list, "--scopes");
        return words.FirstOrDefault(word => !Scopes.All.Contains(word)) is { } unknown
            ? throw new StartRefusedException($"'{unknown}' is no scope: choose from {string.Join(", ", Scopes.All.Order(StringComparer.Ordinal))}.", CommandLine.Usage)
            : words;
    }

    private static List<string> Words(string list, string option)
    {
        var words = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        return words.Count > 0 ? words : throw new StartRefusedException($"{option} names nothing: give at least one word.", CommandLine.Usage);
    }

    private static TimeSpan Life(string text)
    {
        var known = text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 36_500
            ? text[^1] switch { 'd' => TimeSpan.FromDays(count), 'h' => TimeSpan.FromHours(count), 'm' => TimeSpan.FromMinutes(count), _ => TimeSpan.Zero }
            : TimeSpan.Zero;
        return known > TimeSpan.Zero ? known : throw new StartRefusedException($"'{text}' is no length of time: write 90d, 12h or 30m.", CommandLine.Usage);
    }
}
