using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Api;

/// <summary>
/// A review as its source sees it (WIRE.md §1): <c>{id, externalId?, revision, status, kind, actionDigest, claim, gate?, queue?, dueAt?, expires?, question?,
/// execution?, outcomes, links}</c>. Only <c>claim</c> may be null. Queue and times are there for what went to people.
/// </summary>
/// <param name="Gate">Null when it is erased.</param>
/// <param name="Question">What a reviewer asks, while the review waits on its source.</param>
internal sealed record ReviewView(ReviewState State, GateResult? Gate, string? ExternalId, string? Kind, string? Question, long Now, string Server)
{
    public byte[] ToBytes() => Json.Bytes(writer => Write(writer, withTrace: true));

    public void Write(Utf8JsonWriter writer, bool withTrace)
    {
        writer.WriteStartObject();
        writer.WriteString("id", State.Id);
        Text(writer, "externalId", ExternalId);
        writer.WriteNumber("revision", State.Revision);
        writer.WriteString("status", State.Status.Word());
        Text(writer, "kind", Kind);
        writer.WriteString("actionDigest", State.ActionDigest);
        if (State.IsClaimed(Now))
        {
            writer.WriteStartObject("claim");
            writer.WriteString("by", State.Claim!.By);
            writer.WriteString("until", WireTime.Text(State.ClaimUntil));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("claim");
        }

        if (Gate is not null)
        {
            writer.WritePropertyName("gate");
            // What holds for people: a revision loosens nothing, and a correction may have asked for more.
            (State.Gate.Verdict == Verdict.Review
                ? Gate with { Verdict = Verdict.Review, Risk = State.Gate.Risk, Approvals = State.Gate.Approvals }
                : Gate).WriteTo(writer, withTrace);
        }

        if (State.Gate.Verdict == Verdict.Review)
        {
            writer.WriteString("queue", State.Queue);
            writer.WriteString("dueAt", WireTime.Text(State.DueAt));
            writer.WriteStartObject("expires");
            writer.WriteString("at", WireTime.Text(State.ExpiresAt));
            writer.WriteString("outcome", State.ExpiryOutcome.Wire());
            writer.WriteEndObject();
        }

        Text(writer, "question", Question);
        if (State.Execution is { } execution)
        {
            writer.WriteStartObject("execution");
            writer.WriteString("status", execution.Status.Word());
            writer.WriteString("at", WireTime.Text(execution.At));
            writer.WriteEndObject();
        }

        writer.WriteNumber("outcomes", State.Outcomes.Count);
        writer.WriteStartObject("links");
        writer.WriteString("self", $"{Server}/api/v1/reviews/{State.Id}");
        writer.WriteString("outcome", $"{Server}/api/v1/reviews/{State.Id}/outcome");
        writer.WriteString("console", $"{Server}/reviews/{State.Id}");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
