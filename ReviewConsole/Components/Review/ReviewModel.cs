using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What the workspace shows of one revision: the proposal, what the gate said of it, its evidence and fields.</summary>
public sealed class ReviewModel
{
    internal ReviewModel(Guid id, int revision, Proposal proposal, GateResult gate, IReadOnlyList<EvidenceModel> evidence, bool withheld = false)
    {
        (Id, Revision, Proposal, Gate, Evidence, Withheld) = (id, revision, proposal, gate, evidence, withheld);
        Fields = [.. (proposal.Fields ?? []).Select((field, i) => new FieldModel(field, i + 1))];
        Proposed = proposal.Effective;
        Schema = () => ArgumentsSchema.Sent(proposal.Action);
    }

    private ReviewModel(ReviewModel shown, Proposal proposal, GateResult gate)
    {
        (Id, Revision, Proposal, Gate, Evidence, Withheld, Fields) = (shown.Id, shown.Revision, proposal, gate, shown.Evidence, shown.Withheld, shown.Fields);
        (Before, IsAgentsDraft, Proposed, ProposedAmount) = (shown.Before, shown.IsAgentsDraft, shown.Proposed, shown.ProposedAmount);
        Schema = shown.Schema;
    }

    /// <summary>The action as it would run.</summary>
    /// <param name="before">The entry of the ledger before which it is read.</param>
    /// <param name="secondRead">Whether a colleague has corrected anything is not said.</param>
    /// <param name="schema">What corrected arguments have to fit; without it the source's.</param>
    internal static ReviewModel Of(
        ReviewContent content, IReadOnlyList<EvidenceModel> evidence, long before, bool secondRead, bool withheld = false, Func<ArgumentsSchema?>? schema = null) =>
        new ReviewModel(content.Review, content.Revision, content.Current, content.Judged, evidence, withheld)
        {
            Before = before,
            Schema = schema ?? (() => ArgumentsSchema.Sent(content.Proposal.Action)),
            IsAgentsDraft = !secondRead && content.Effective.Draft?.Content == content.Proposal.Draft?.Content,
            Proposed = secondRead || withheld ? content.Effective : content.Proposal.Effective,
            ProposedAmount = secondRead || withheld ? null : content.Gate.Amount ?? content.Proposal.Impact?.Amount,
        }.Marked();

    /// <summary>The same screen with what <paramref name="content"/> would run: fields and evidence stay the ones that are looked at.</summary>
    internal ReviewModel Running(ReviewContent content) => new(this, content.Current, content.Judged);

    internal Guid Id { get; }

    internal int Revision { get; }

    /// <summary>The entry of the ledger before which all this is so.</summary>
    internal long Before { get; private init; }

    /// <summary>False where the draft is, or may be, a colleague's.</summary>
    internal bool IsAgentsDraft { get; private init; } = true;

    internal Proposal Proposal { get; }

    /// <summary>What the source proposed; for whoever may not know whether it was corrected, what would run.</summary>
    internal EffectiveAction Proposed { get; private init; }

    /// <summary>The amount of what the source proposed; null where there is none or it is not said.</summary>
    internal Amount? ProposedAmount { get; private init; }

    /// <summary>What corrected arguments have to fit, read when somebody corrects; null where there is none.</summary>
    internal Func<ArgumentsSchema?> Schema { get; private init; }

    internal GateResult Gate { get; }

    internal IReadOnlyList<EvidenceModel> Evidence { get; }

    /// <summary>What the AI says of itself is not in here: this person has not yet said what they think.</summary>
    internal bool Withheld { get; }

    internal IReadOnlyList<FieldModel> Fields { get; }

    /// <summary>Checks of the source, then those made here; worst first within each result.</summary>
    internal IReadOnlyList<Check> Checks => [.. Proposal.Checks.Concat(Gate.ConsoleChecks).OrderBy(c => c.Result switch
    {
        CheckResult.Fail => 0,
        CheckResult.Warn => 1,
        CheckResult.NotRun => 2,
        _ => 3,
    })];

    /// <summary>Fields that have a box in this piece of evidence.</summary>
    internal IReadOnlyList<FieldModel> BoxesOf(EvidenceModel evidence) => [.. Fields.Where(f => f.Box is not null && EvidenceOf(f) == evidence)];

    /// <summary>Where a field was read, or a box for it can be drawn: what its source names, else the first picture.</summary>
    internal EvidenceModel? EvidenceOf(FieldModel field) =>
        Evidence.FirstOrDefault(e => e.Item.Id == field.Field.Evidence) ?? Evidence.FirstOrDefault(e => e.IsPicture);

    /// <summary>Gives a field without a place one to be drawn from: a line across the middle of its page.</summary>
    internal void Place(FieldModel field)
    {
        if (EvidenceOf(field) is { IsPicture: true, Width: { } width, Height: { } height })
        {
            field.Box = new Box(Math.Round(width * .3), Math.Round(height * .45), Math.Round(width * .4), Math.Round(Math.Max(2, height * .04)));
        }
    }

    // A field that was corrected before this screen was opened shows what it was.
    private ReviewModel Marked()
    {
        foreach (var field in Fields)
        {
            field.Proposed = Proposed.Fields?.FirstOrDefault(proposed => proposed.Name == field.Field.Name) ?? field.Field;
        }

        return this;
    }

    /// <summary>The number of a piece of evidence, for links from checks; null when there is none of that id.</summary>
    internal int? NumberOf(string evidence) => Evidence.FirstOrDefault(e => e.Item.Id == evidence)?.Number;
}
