using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews.Model;

/// <summary>What holds in every life, whatever the model says.</summary>
internal sealed class LifeLaws
{
    private static readonly string[] s_runnable = ["action", "draft", "fields", "actionDigest", "changes", "validUntil", "preconditions"];

    private readonly HashSet<int> _sequences = [];
    private int _started;
    private bool _wasReviewed;

    /// <summary>Looks at one event as it is recorded.</summary>
    public void Saw(ReviewEvent e, ReviewState? before, LifeModel model, long now)
    {
        _wasReviewed |= e is Submitted { Verdict: Verdict.Review };
        switch (e)
        {
            case ExecutionReported { Status: ExecutionStatus.Started, Mismatch: false }:
                Assert.True(++_started == 1, "Started is taken once.");
                break;
            case Revised revised:
                Assert.True(!_wasReviewed || revised.Verdict >= Verdict.Review, "No revision goes below review.");
                Assert.True(revised.Risk >= before!.Gate.Risk && revised.Approvals >= before.Gate.Approvals, "No revision loosens what was asked.");
                break;
            case Decided { Decision: not null } decided when before!.Gate.CommitFirst:
                Assert.True(decided.Judgement is not null, "Nobody decides before they have said what they think.");
                break;
            case OutcomeReleased released:
                Outcome(released, before!, model, now);
                break;
            default:
                break;
        }
    }

    /// <summary>State and model stand at the same place.</summary>
    public void Agree(ReviewState state, LifeModel model, long now)
    {
        Assert.Equal(model.Status, state.Status.Word());
        Assert.Equal(model.Revision, state.Revision);
        Assert.Equal(model.Approvals.Select(static who => LifePeople.All[who].Id), state.Approvals.Select(static approval => approval.By));
        Assert.Equal(model.CommitFirst, state.Gate.CommitFirst);
        Assert.Equal(model.Judged.Select(static who => LifePeople.All[who].Id), (state.Judgements ?? []).Select(static judgement => judgement.By));
        Assert.Equal(state.Approvals.Count, state.Approvals.Select(static approval => approval.By).Distinct().Count());
        Assert.DoesNotContain(LifePeople.All[LifePeople.Initiator].Id, state.Approvals.Select(static approval => approval.By));
        Assert.Equal((model.HeldBy is null ? null : LifePeople.All[model.HeldBy.Value].Id, model.HeldBy is null ? 0 : model.ReleasesAt), (state.Held?.By, state.Held is null ? 0 : state.ReleasesAt));
        Assert.Equal(model.IsClaimed(now) ? (LifePeople.All[model.Claim!.Value].Id, model.ClaimUntil) : (null, 0), state.IsClaimed(now) ? (state.Claim!.By, state.ClaimUntil) : (null, 0));
        Assert.Equal(model.Execution, state.Execution?.Status);
        Assert.Equal(model.Outcomes, state.Outcomes.Count);
        Assert.Equal(model.Decision, state.Outcomes.Count == 0 ? null : state.Outcomes[0].Decision.Word());
        Assert.Equal(model.Question, state.QuestionSeq is not null);
        if (state.IsOpen)
        {
            Assert.Equal((model.Need, model.Risk), (state.Gate.Approvals, state.Gate.Risk));
            Assert.Equal(model.Corrected, state.CorrectionSeq is not null);
            Assert.Equal(Digest(model.Effective), state.EffectiveDigest);
            Assert.Equal(Digest(model.Proposed), state.ActionDigest);
        }
    }

    private void Outcome(OutcomeReleased released, ReviewState before, LifeModel model, long now)
    {
        Assert.True(_sequences.Add(released.Sequence) && released.Sequence <= 2, "Exactly one outcome of each sequence.");
        Assert.Equal(released.Sequence == 2, released.Instruction == Instruction.Rollback);
        if (before.Held is { } held)
        {
            Assert.True(now >= held.At + (before.Gate.HoldSeconds * 1_000L), "Nothing leaves during its hold.");
        }

        var outcome = JsonElement.Parse(released.Sealed.Single(static part => part.Name == SealedNames.Outcome).Bytes);
        var instruction = outcome.GetProperty("instruction").GetString();
        foreach (var member in s_runnable.Where(member => instruction != "resume" && !(member == "actionDigest" && instruction == "rollback")))
        {
            Assert.False(outcome.TryGetProperty(member, out _), $"An outcome that says {instruction} has {member}.");
        }

        Assert.Equal(Digest(model.Proposed), outcome.GetProperty("proposedDigest").GetString());
        if (instruction == "resume")
        {
            Assert.Equal(LifeAmounts.Text[model.Effective], outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
            Assert.Equal(Digest(model.Effective), outcome.GetProperty("actionDigest").GetString());
            Assert.Equal(released.ActionDigest, outcome.GetProperty("actionDigest").GetString());
        }

        if (released.Decision is OutcomeDecision.Approved or OutcomeDecision.Corrected && released.Sequence == 1)
        {
            var people = outcome.GetProperty("decidedBy").EnumerateArray().Select(static by => by.GetProperty("id").GetString()).ToArray();
            Assert.Equal(model.Approvals.Select(static who => LifePeople.All[who].Id), people);
            Assert.True(people.Distinct().Count() >= before.Gate.Approvals, "As many people as were asked for.");
            Assert.True(people.Distinct().Count() >= 2 || !model.IsTwoPerson(now), "Two people while the line asks for two.");
            Assert.DoesNotContain(LifePeople.All[LifePeople.Initiator].Id, people);
        }
    }

    private static string Digest(int amount) => s_digests[amount];

    private static readonly string[] s_digests = [.. LifeAmounts.Text.Select(static amount => Client.ActionDigest.Of(new Client.ProposedAction(
        "issue_refund", JsonElement.Parse($$"""{"order":"4711","amount":"{{amount}}","currency":"USD"}"""))))];
}
