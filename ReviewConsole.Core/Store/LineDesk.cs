using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>Stops and resumes the line (DESIGN.md §3): a recorded change of its own, with the reason sealed.</summary>
internal sealed class LineDesk(Writer writer, LineBoard lines)
{
    public IReadOnlyList<StoppedLine> Stopped => lines.Stopped;

    /// <param name="system">Null for every system.</param>
    /// <param name="kind">Null for every kind.</param>
    public Task<Result<IReadOnlyList<StoppedLine>>> StopAsync(
        PersonActor actor, string? system, string? kind, string reason, CancellationToken cancellation) =>
        writer.RunAsync<Result<IReadOnlyList<StoppedLine>>>(
            scope =>
            {
                if (PeopleStore.Current(scope, actor) is not { } person || !person.May(Permission.LineStop))
                {
                    return new Refusal.NotPermitted(Permission.LineStop.Name());
                }

                var line = new StoppedLine(system, kind, reason, person.Id, scope.Now);
                lines.Add(scope, line);
                Record(scope, "lineStopped", person, line, reason);
                return new Result<IReadOnlyList<StoppedLine>>([line], null);
            },
            cancellation);

    /// <summary>What was held meanwhile gets a fresh hold, so that nothing leaves the moment the line runs again.</summary>
    public Task<Result<IReadOnlyList<StoppedLine>>> ResumeAsync(
        PersonActor actor, string? system, string? kind, string reason, CancellationToken cancellation) =>
        writer.RunAsync<Result<IReadOnlyList<StoppedLine>>>(
            scope =>
            {
                if (PeopleStore.Current(scope, actor) is not { } person || !person.May(Permission.LineResume))
                {
                    return new Refusal.NotPermitted(Permission.LineResume.Name());
                }

                if (LineBoard.FindExact(scope, system, kind) is not { } stopped)
                {
                    return new Refusal.Invalid("#/scope", "That line is not stopped.");
                }

                lines.Remove(scope, stopped);
                scope.Prepare("""
                    UPDATE review SET releases_at = $now + 1000 * CAST(json_extract(state, '$.gate.holdSeconds') AS INTEGER)
                    WHERE status = 'held' AND ($system IS NULL OR system = $system) AND ($kind IS NULL OR kind = $kind)
                    """).With("$now", scope.Now).With("$system", system).With("$kind", kind).ExecuteNonQuery();
                Record(scope, "lineResumed", person, stopped, reason);
                return new Result<IReadOnlyList<StoppedLine>>([], null);
            },
            cancellation);

    private static void Record(WriteScope scope, string type, PersonActor person, StoppedLine line, string reason)
    {
        // A system's name is the source's free text and is sealed with the reason.
        var what = new JsonObject { ["reason"] = reason, ["system"] = line.System, ["kind"] = line.Kind };
        scope.Append(new EntryDraft(
            type, null, null, person.Id, null, null, new JsonObject { ["everything"] = line.System is null && line.Kind is null },
            [new SealedPart("line", CanonicalJson.Of(what))]));
        scope.Touch(ChangeSignal.Line);
    }
}
