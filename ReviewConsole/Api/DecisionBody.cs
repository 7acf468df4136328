using System.Collections.Frozen;
using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Api;

/// <summary>The body of <c>POST …/decision</c> (WIRE.md §3), its members checked against each other.</summary>
internal sealed record DecisionBody(
    DecisionKind Decision, string? ReasonCode, string? Rationale, string? Message, Instruction? Instruction, int? Alternative, Correcting? Correction, string? ToQueue,
    IReadOnlySet<string> Acknowledged, Guid? Claim, string OperationId, bool NamesAction)
{
    private const string Known = "decision, reasonCode, rationale, message, instruction, alternative, arguments, draft, fields, to, acknowledged, claim, operationId";
    private static readonly ProposalLimits s_limits = ProposalLimits.Default;
    private static readonly Dictionary<string, DecisionKind> s_decisions = Enum.GetValues<DecisionKind>().ToDictionary(kind => kind.Word(), StringComparer.Ordinal);

    private static readonly Dictionary<string, Instruction> s_instructions = new(StringComparer.Ordinal)
    {
        ["cancel"] = Core.Reviews.Instruction.Cancel,
        ["retry"] = Core.Reviews.Instruction.Retry,
    };

    public static DecisionBody Read(MemberReader member, JsonElement root)
    {
        var at = Place.Root;
        var content = new DraftAndFieldReader(member, s_limits);
        DecisionKind? decision = null;
        string? reason = null, rationale = null, message = null, queue = null, operation = null;
        Instruction? instruction = null;
        int? alternative = null;
        JsonElement? arguments = null;
        Draft? draft = null;
        List<Field>? fields = null;
        List<string>? acknowledged = null;
        Guid? claim = null;
        var named = false;
        foreach (var m in member.Object(root, at))
        {
            switch (m.Name)
            {
                case "decision": decision = member.Choice(m, at, s_decisions); break;
                case "reasonCode": reason = member.Word(m, at, s_limits.Ids); break;
                case "rationale": rationale = member.Text(m, at, s_limits.Rationale); break;
                case "message": message = member.Text(m, at, s_limits.Message); break;
                case "instruction": instruction = member.Choice(m, at, s_instructions); break;
                case "alternative": alternative = member.Whole(m, at, 0); break;
                case "arguments": arguments = member.FreeObject(m, at); break;
                case "draft" when PartReader.Sent(m): draft = content.Draft(m.Value, at.At(m.Name)); break;
                case "draft": break;
                case "fields": fields = member.List(m, at, s_limits.Fields, content.CorrectedField); break;
                case "to" when PartReader.Sent(m): queue = Members.To(member, m, withPerson: false).Queue; break;
                case "to": break;
                case "acknowledged": acknowledged = member.Words(m, at, s_limits.Checks + s_limits.Evidence + 10, s_limits.Ids + 20); break;
                case "claim": claim = Members.Id(member, m); break;
                case "operationId": operation = Members.Operation(member, m); break;
                case "name" or "action": named = true; break;
                default: member.Unknown(m, at, Known); break;
            }
        }

        member.Require(root, at, "decision");
        member.Require(root, at, "operationId");
        member.Unique(fields, at.At("fields"), "name", field => field.Name);
        var body = new DecisionBody(
            decision ?? DecisionKind.Approve, reason, rationale, message, instruction, alternative,
            decision == DecisionKind.Correct ? new Correcting(arguments, draft, fields) : null, queue,
            (acknowledged ?? []).ToFrozenSet(StringComparer.Ordinal), claim, operation ?? "", named);
        if (decision is { } kind)
        {
            Fit(member.Errors, kind, body, arguments is not null || draft is not null || fields is not null);
        }

        return body;
    }

    private static void Fit(InputErrors errors, DecisionKind kind, DecisionBody body, bool corrects)
    {
        if (kind != DecisionKind.Correct && corrects)
        {
            errors.Invalid(Place.Root.At("decision"), "Arguments, draft and fields belong to the decision “correct”.");
        }

        if (kind != DecisionKind.Reject && (body.Instruction is not null || body.Alternative is not null))
        {
            errors.Invalid(Place.Root.At(body.Instruction is not null ? "instruction" : "alternative"), "Belongs to the decision “reject”.");
        }

        if (body is { Instruction: Core.Reviews.Instruction.Cancel, Alternative: not null })
        {
            errors.Invalid(Place.Root.At("instruction"), "Choosing an alternative is a retry.");
        }

        if (kind != DecisionKind.Escalate && body.ToQueue is not null)
        {
            errors.Invalid(Place.Root.At("to"), "Belongs to the decision “escalate”.");
        }

        if (kind == DecisionKind.Return && string.IsNullOrWhiteSpace(body.Message))
        {
            errors.Invalid(Place.Root.At("message"), "Is required: it is the question to the source.");
        }
    }
}
