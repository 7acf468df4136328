using System.Globalization;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// Sets and ends the modes of lines (DESIGN.md §3): a recorded change of its own, with the reason sealed. Modes of one scope stand beside each other, so that to set one ends none of
/// the others: a stop comes over what there is, and what is set under a stop counts when the stop ends. Null for the system or the kind is every one.
/// </summary>
internal sealed class LineDesk(Writer writer, LineBoard lines)
{
    /// <summary>What is to last longer is ended by a person.</summary>
    public const int MostDays = 30;

    private const long Day = 24 * 3_600_000;

    // The end of a stop that ends by itself is known, so the hold after it is too: nothing has to happen then.
    private const string FreshHolds = """
        UPDATE review SET releases_at = max($now, coalesce((
            SELECT max(until) FROM line_mode AS line
            WHERE line.mode = 'stopped' AND line.system IN ('', review.system) AND line.kind IN ('', review.kind)), 0))
          + 1000 * CAST(json_extract(state, '$.gate.holdSeconds') AS INTEGER)
        WHERE status = 'held' AND ($system IS NULL OR system = $system) AND ($kind IS NULL OR kind = $kind)
        """;

    public IReadOnlyList<LineLimit> Limits => lines.Limits;

    /// <param name="until">Unix ms when it ends by itself; null where a person ends it.</param>
    public Task<Result<IReadOnlyList<LineLimit>>> SetAsync(
        PersonActor actor, string? system, string? kind, LineMode mode, long? until, string reason, CancellationToken cancellation) =>
        writer.RunAsync<Result<IReadOnlyList<LineLimit>>>(
            scope =>
            {
                if (PeopleStore.Current(scope, actor) is not { } person || !person.May(Permission.LineStop))
                {
                    return new Refusal.NotPermitted(Permission.LineStop.Name());
                }

                if (until is { } end && (end <= scope.Now || end > scope.Now + (MostDays * Day)))
                {
                    return new Refusal.Invalid("#/until", string.Create(
                        CultureInfo.InvariantCulture, $"Name a time after {WireTime.Text(scope.Now)}, at most {MostDays} days later, or leave it out and end it by hand."));
                }

                var limit = new LineLimit(system, kind, mode, reason, person.Id, scope.Now, until);
                var prior = LineBoard.OfScope(scope, system, kind);
                return Change(scope, person, prior, [.. prior.Where(other => other.Mode != mode), limit], limit, reason);
            },
            cancellation);

    /// <summary>The line runs: every mode of exactly this scope ends.</summary>
    public Task<Result<IReadOnlyList<LineLimit>>> ResumeAsync(PersonActor actor, string? system, string? kind, string reason, CancellationToken cancellation) =>
        EndAsync(actor, system, kind, static _ => true, reason, cancellation);

    /// <summary>One mode of exactly this scope ends; the others go on.</summary>
    public Task<Result<IReadOnlyList<LineLimit>>> EndAsync(PersonActor actor, string? system, string? kind, LineMode mode, string reason, CancellationToken cancellation) =>
        EndAsync(actor, system, kind, limit => limit.Mode == mode, reason, cancellation);

    private Task<Result<IReadOnlyList<LineLimit>>> EndAsync(
        PersonActor actor, string? system, string? kind, Func<LineLimit, bool> ends, string reason, CancellationToken cancellation) =>
        writer.RunAsync<Result<IReadOnlyList<LineLimit>>>(
            scope =>
            {
                if (PeopleStore.Current(scope, actor) is not { } person || !person.May(Permission.LineResume))
                {
                    return new Refusal.NotPermitted(Permission.LineResume.Name());
                }

                var prior = LineBoard.OfScope(scope, system, kind);
                return prior.Any(ends)
                    ? Change(scope, person, prior, [.. prior.Where(limit => !ends(limit))], null, reason)
                    : new Refusal.Invalid("#/scope", "That line is not stopped, or not in that mode. A line is named exactly as it was when its mode was set.");
            },
            cancellation);

    private Result<IReadOnlyList<LineLimit>> Change(
        WriteScope scope, PersonActor person, IReadOnlyList<LineLimit> prior, IReadOnlyList<LineLimit> now, LineLimit? set, string reason)
    {
        // To let more through, or sooner, is to resume, however it is asked for.
        if (LineLimit.Loosens(prior, now) && !person.May(Permission.LineResume))
        {
            return new Refusal.NotPermitted(Permission.LineResume.Name());
        }

        var (system, kind) = ((set ?? prior[0]).System, (set ?? prior[0]).Kind);
        lines.Set(scope, system, kind, now);
        if (Stop(prior) != Stop(now))
        {
            scope.Prepare(FreshHolds).With("$now", scope.Now).With("$system", system).With("$kind", kind).ExecuteNonQuery();
        }

        Record(scope, person, system, kind, prior, now, set, reason);
        return new Result<IReadOnlyList<LineLimit>>(now, null);
    }

    private static LineLimit? Stop(IEnumerable<LineLimit> limits) => limits.FirstOrDefault(static limit => limit.Mode == LineMode.Stopped);

    private static void Record(
        WriteScope scope, PersonActor person, string? system, string? kind, IReadOnlyList<LineLimit> prior, IReadOnlyList<LineLimit> now, LineLimit? set, string reason)
    {
        var data = new JsonObject { ["everything"] = system is null && kind is null, ["prior"] = Words(prior), ["state"] = Words(now) };
        if (set is not null)
        {
            data["mode"] = set.Mode.Word();
        }

        if (set?.Until is { } until)
        {
            data["until"] = until;
        }

        // A system's name is the source's free text and is sealed with the reason.
        var what = new JsonObject { ["reason"] = reason, ["system"] = system, ["kind"] = kind };
        var type = set is null ? "lineResumed" : set.Mode == LineMode.Stopped ? "lineStopped" : "lineLimited";
        scope.Append(new EntryDraft(type, null, null, person.Id, null, null, data, [new SealedPart("line", CanonicalJson.Of(what))]));
    }

    private static JsonArray Words(IEnumerable<LineLimit> limits) => [.. limits.Select(static limit => (JsonNode)limit.Mode.Word()).OrderBy(static word => (string)word!, StringComparer.Ordinal)];
}
