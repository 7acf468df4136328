using System.Globalization;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Api;

/// <summary>The one mapper from refusals of the core to problems of the wire (WIRE.md §3). A refusal that is not named here is a mistake of ours.</summary>
internal static class Refusals
{
    public static Problem Problem(this Refusal refusal) => refusal switch
    {
        Refusal.UnknownReview => Problems.UnknownReview(),
        Refusal.NotPermitted { What: var what } => Problems.Of("not-permitted", $"This needs {what}."),
        Refusal.SkillMissing { Skills: var skills } => List("not-permitted", "This needs somebody with the skill", "skills", skills),
        Refusal.ConflictOfInterest { Why: var why } => Problems.Of("conflict-of-interest", why),
        Refusal.SourceNotYours { System: var system } => Problems.Of("source-not-yours", $"This key does not speak for the system “{system}”."),
        Refusal.ExternalIdTaken { By: var id } => Problems.Of("external-id-taken", "Another proposal has this externalId; see its link.") with
        {
            Members = new JsonObject { ["review"] = id.ToString(), ["link"] = $"/api/v1/reviews/{id}" },
        },
        Refusal.IdempotencyKeyReused { Which: var which } => Problems.Of("idempotency-key-reused", $"The same {which} came before with another body; use a new one."),
        Refusal.InProgress => Problems.Of("in-progress", "A request with this Idempotency-Key is still running; ask again.") with { RetryAfter = TimeSpan.FromSeconds(1) },
        Refusal.StaleRevision { Current: var current } => Problems.Of("stale-revision", $"The review is at revision {current}; look at it again.") with
        {
            Members = new JsonObject { ["revision"] = current },
        },
        Refusal.HeldByAnother { Who: var who, Until: var until } => Problems.Of("held-by-another", $"{who} has claimed it until {WireTime.Text(until)}.") with
        {
            Members = new JsonObject { ["by"] = who, ["until"] = WireTime.Text(until) },
        },
        Refusal.ClaimLost => Problems.Of("claim-lost", "You have no live claim on it; claim the review first."),
        Refusal.AlreadyDecided { By: var by, At: var at, What: var what } => Problems.Of("already-decided", $"{Who(by)} decided “{what}” at {WireTime.Text(at)}.") with
        {
            Members = new JsonObject { ["by"] = by, ["at"] = WireTime.Text(at), ["decision"] = what },
        },
        Refusal.AlreadyReleased => Problems.Of("already-released", "The outcome has left and cannot be taken back; a supervisor can ask for a rollback."),
        Refusal.NotHeld => Problems.Of("not-held", "No decision is in its hold."),
        Refusal.WaitingOnSource => Problems.Of("waiting-on-source", "A question is out at the source; decide when it has answered."),
        Refusal.Cancelled => Problems.Of("cancelled", "The source has cancelled it."),
        Refusal.Expired { At: var at } => Problems.Of("expired", $"It expired at {WireTime.Text(at)}."),
        Refusal.NotReleased => Problems.Of("not-released", "No outcome that could run has been released."),
        Refusal.AlreadyStarted { At: var at } => Problems.Of("already-started", $"The execution was taken at {WireTime.Text(at)}; run nothing.") with
        {
            Members = new JsonObject { ["at"] = WireTime.Text(at) },
        },
        Refusal.NotStarted => Problems.Of("not-started", "Report “started” before how it ended."),
        Refusal.RollbackAsked { At: var at } => Problems.Of(
            "already-reported", $"A rollback was asked for at {WireTime.Text(at)}; run nothing, undo what has run and report “rolledBack”."),
        Refusal.AlreadyReported { Status: var status } => Problems.Of("already-reported", $"It was reported as “{status}”."),
        Refusal.DigestMismatch { Released: var released } => Problems.Of("digest-mismatch", $"The released action is {released}. The attempt was recorded."),
        Refusal.JudgementRequired => Problems.Of("judgement-required", "Say first what you think (POST …/judgement); what the AI says of itself is shown after that."),
        Refusal.AlreadyJudged { Decision: var decision, At: var at } => Problems.Of(
            "already-judged", $"You said “{decision.Word()}” at {WireTime.Text(at)}, and that stays; decide as you think now.") with
        {
            Members = new JsonObject { ["decision"] = decision.Word(), ["at"] = WireTime.Text(at) },
        },
        Refusal.EvidenceNotSeen { Which: var which } => List("evidence-not-seen", "Required evidence was not in view for a second", "evidence", which),
        Refusal.RationaleRequired { Minimum: var minimum } => Problems.Of(
            "rationale-required", minimum <= 1 ? "Write a rationale." : string.Create(CultureInfo.InvariantCulture, $"Write a rationale of at least {minimum} characters.")) with
        {
            Members = new JsonObject { ["minimum"] = minimum },
        },
        Refusal.ChecksNotAcknowledged { Which: var which } => List("checks-not-acknowledged", "Name every failed check in “acknowledged”; missing", "checks", which),
        Refusal.ReasonUnknown { Known: var known } => List("reason-unknown", "Reason codes of this decision", "reasonCodes", known),
        Refusal.NothingChanged => Problems.Of("nothing-changed", "The correction runs the same as before; approve it, or change something."),
        Refusal.LineStopped { Reason: var reason, Since: var since } => Problems.Of("line-stopped", $"Stopped since {WireTime.Text(since)}: {reason}"),
        Refusal.Invalid { Pointer: var pointer, Detail: var detail } => pointer.Length == 0 ? Problems.Of("invalid", detail) : Bodies.Invalid(pointer, detail),
        Refusal.InvalidNow { Errors: var errors } => Bodies.Of(errors),
        _ => throw new InvalidOperationException($"The refusal {refusal.GetType().Name} has no problem."),
    };

    private static string Who(string by) => by.Length == 0 ? "A rule" : by;

    private static Problem List(string name, string words, string member, IReadOnlyList<string> which) =>
        Problems.Of(name, $"{words}: {string.Join(", ", which)}.") with
        {
            Members = new JsonObject { [member] = new JsonArray([.. which.Select(static id => (JsonNode)id)]) },
        };
}
