using System.CommandLine;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary><c>endpoints add | list | rotate | remove | dead | replay</c> as the shell sees them.</summary>
internal static class EndpointsVerbs
{
    public static Command Create(Shell shell) =>
        new("endpoints", "Where webhooks go.")
        {
            Add(shell), List(shell), Named(shell, "rotate", "Prints a new secret, this once; the old one signs beside it for a day."),
            Named(shell, "remove", "Forgets an endpoint's URL and secrets at once."), Dead(shell), Replay(shell),
        };

    private static Command Add(Shell shell)
    {
        var name = new Option<string>("--name") { Description = "The name that submits use in deliver.webhook.", Required = true };
        var url = new Option<string>("--url") { Description = "An https URL; http is taken for loopback in Development.", Required = true };
        var command = new Command("add", "Registers an endpoint and prints its whsec_ secret, this once.") { name, url };
        command.SetAction((parsed, cancellation) => ControlClient.RunAsync(
            new VerbCommand("endpoints add", new JsonObject { ["name"] = parsed.GetRequiredValue(name), ["url"] = parsed.GetRequiredValue(url) }),
            shell.DataOf(parsed), shell, cancellation));
        return command;
    }

    private static Command Named(Shell shell, string verb, string description)
    {
        var name = new Argument<string>("NAME") { Description = "The endpoint's name." };
        var command = new Command(verb, description) { name };
        command.SetAction((parsed, cancellation) => ControlClient.RunAsync(
            new VerbCommand("endpoints " + verb, new JsonObject { ["name"] = parsed.GetRequiredValue(name) }), shell.DataOf(parsed), shell, cancellation));
        return command;
    }

    private static Command List(Shell shell)
    {
        var command = new Command("list", "Every endpoint: id, name, state, URL.");
        command.SetAction(parsed =>
        {
            foreach (var endpoint in EndpointStore.All(new ReadDatabase(shell.ExistingData(parsed).Database)))
            {
                shell.Line(string.Join('\t', endpoint.Id, endpoint.Name, State(endpoint), endpoint.Url));
            }

            return 0;
        });
        return command;
    }

    private static Command Dead(Shell shell)
    {
        var command = new Command("dead", "Webhooks that were given up, newest first: entry, review, endpoint, type, attempts, why.");
        command.SetAction(parsed =>
        {
            var database = new ReadDatabase(shell.ExistingData(parsed).Database);
            for (long? before = null; OutboxStore.DeadLetters(database, before, 200) is { Count: > 0 } page; before = page[^1].Row.Entry)
            {
                foreach (var (row, _, status, fault) in page)
                {
                    shell.Line(string.Join('\t', row.Entry, row.Review, row.Endpoint, row.Type, row.Attempts, fault ?? $"answered {status}"));
                }
            }

            return 0;
        });
        return command;
    }

    private static Command Replay(Shell shell)
    {
        var entry = new Argument<long>("ENTRY") { Description = "The entry's number, as `endpoints dead` shows it." };
        var command = new Command("replay", "Starts a dead letter afresh, with the same id and the whole schedule.") { entry };
        command.SetAction((parsed, cancellation) => ControlClient.RunAsync(
            new VerbCommand("endpoints replay", new JsonObject { ["entry"] = parsed.GetRequiredValue(entry) }), shell.DataOf(parsed), shell, cancellation));
        return command;
    }

    private static string State(Core.Delivery.Endpoint endpoint) => endpoint.Disabled is null ? "live" : "disabled (answered 410)";
}
