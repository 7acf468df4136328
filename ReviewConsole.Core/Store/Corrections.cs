using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What a correction would be, for the live diff and for the command alike.</summary>
internal sealed class Corrections(ReadDatabase database, Gatekeeper gate)
{
    /// <summary>Its digest, its changes and what the gate says.</summary>
    public Correction Of(ReviewContent content, Correcting correcting) => Weigh(content, correcting).Correction;

    /// <summary>The same, and what was counted for it.</summary>
    public (Correction Correction, WindowReading? Counted) Weigh(ReviewContent content, Correcting correcting)
    {
        var action = content.Effective.Correct(correcting.Arguments, correcting.Draft, correcting.Fields);
        var counted = gate.Count(database, gate.PolicyOf(content.Gate.Policy.Digest), Corrected(content, action), content.Review);
        var correction = new Correction(action, action.Digest, ActionChanges.Bytes(content.Proposal.Effective, action), gate.AskAgain(content, action, counted))
        {
            Unfit = Unfit(content, correcting),
            EditDistance = EditDistance.Between(content.Effective, action),
            Places = FieldPlaces.Bytes(content.Proposal.Fields, action.Fields),
        };
        return (correction, counted);
    }

    /// <summary>As it is in the write: two corrections at the same moment cannot both be the first.</summary>
    public Correction Recount(WriteScope scope, ReviewContent content, Correction weighed, WindowReading? counted)
    {
        var now = gate.Recount(scope, content, Corrected(content, weighed.Action), counted);
        return now == counted ? weighed : weighed with { Gate = gate.AskAgain(content, weighed.Action, now) };
    }

    /// <summary>The proposal as windows count it once it is corrected.</summary>
    public static Proposal Corrected(ReviewContent content, EffectiveAction action) =>
        content.Proposal with { Action = content.Proposal.Action with { Arguments = action.Arguments }, Draft = action.Draft };

    /// <summary>What corrected arguments have to fit: the schema of the action catalogue, as the policy has it that judged the review, else the source's; null where there is none.</summary>
    public ArgumentsSchema? SchemaOf(ReviewContent content) => gate.PolicyOf(content.Gate.Policy.Digest).SchemaOf(content.Proposal.Action);

    // What a person did not correct is the source's own matter.
    private IReadOnlyList<InputError> Unfit(ReviewContent content, Correcting correcting) =>
    [
        .. correcting.Arguments is { } arguments && SchemaOf(content) is { } schema
            ? SchemaCheck.Of(schema, arguments).Select(static fault => new InputError(fault.At.ToString(), InputCodes.Invalid, fault.Detail))
            : [],
        .. correcting.Fields is { } fields ? FieldFit.Faults(content.Effective.Fields ?? [], fields) : [],
    ];
}
