using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// The gate: a pure function of policy, proposal and facts. Precedence: block over review over proceed; the strictest risk; of every other effect the strictest, as
/// <see cref="EffectSum"/> adds them up. Whatever is not certain asks a person: a rule that would stop something and cannot be judged means review, so does one whose evidence is missing, no
/// matching rule means review, a stopped line, one on which everything goes to review, and an earlier review turn proceed into review; two-person mode asks for two approvals. An automation rule takes
/// the place of the reviews that it names, where nothing else asks for a person (<see cref="Automating"/>); one that is demoted asks for a person itself.
/// </summary>
internal static class Gate
{
    /// <summary>Of a policy with more rules a trace has those that hold or cannot be known: with all of them it would be many times what it judges.</summary>
    public const int MostTraced = 100;

    /// <param name="traceAll">The trace has every rule, of however many: for an answer that nobody keeps.</param>
    public static GateResult Evaluate(GatePolicy policy, Proposal proposal, Facts facts, bool traceAll = false)
    {
        var input = new GateInput(policy, proposal, facts) { Risk = policy.Catalogue.GetValueOrDefault(proposal.Action.Name)?.Floor ?? Risk.Low };
        var trace = new List<RuleTrace>(Math.Min(policy.Rules.Count, MostTraced));
        var reasons = new List<string>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        var independent = new HashSet<string>(StringComparer.Ordinal);
        Verdict? verdict = null;
        var sum = new EffectSum(proposal);
        var automating = new Automating();
        foreach (var rule in policy.Rules)
        {
            var holds = Judge(rule, input, trace, all: traceAll || policy.Rules.Count <= MostTraced);
            if (holds is null && facts.SampleDraw is null && rule is { Sample: true, Verdict: Verdict.Review } && input.UnknownFields is [GateField.SampleDraw])
            {
                Because(OwnReasons.MayBeDrawn);
            }
            else if (holds is null && rule.Verdict != Verdict.Proceed)
            {
                input.Matched = true;
                verdict = Stricter(verdict, Verdict.Review);
                input.Risk = Stricter(input.Risk, Risk.Medium);
                automating.NotKnown();
                Because(OwnReasons.Of(OwnReasons.NotKnown, input.UnknownFields), trace[^1].IsSelfReported);
            }

            if (holds != true)
            {
                continue;
            }

            input.Matched |= rule.IsMatch;
            var demoted = rule.Automation is not null && facts.Demoted.Contains(rule.Name);
            automating.Holds(rule, demoted);
            verdict = rule.Automation is null && rule.Verdict is { } said ? Stricter(verdict, said) : demoted ? Stricter(verdict, Verdict.Review) : verdict;
            input.Risk = Stricter(Stricter(input.Risk, rule.Risk ?? Risk.Low), demoted ? Risk.Medium : Risk.Low);
            var missing = sum.Missing.Count;
            sum.Add(rule);
            if (sum.Missing.Count > missing)
            {
                input.Matched = true;
                verdict = Stricter(verdict, Verdict.Review);
                input.Risk = Stricter(input.Risk, Risk.Medium);
                automating.NotKnown();
                Because(OwnReasons.Of(OwnReasons.EvidenceMissing, sum.Missing.Skip(missing)), trace[^1].IsSelfReported);
            }

            Because(demoted ? OwnReasons.Of(OwnReasons.Demoted, [rule.Name]) : rule.Reason, !demoted && trace[^1].IsSelfReported);
        }

        IReadOnlyList<PolicyRule> automated = verdict == Verdict.Block ? [] : automating.Standing(policy, input, sum.Approvals);
        var drawn = false;
        if (automated.Count > 0)
        {
            verdict = Verdict.Proceed;
            if (facts.SampleDraw is null)
            {
                Because(OwnReasons.MayBeDrawn);
            }
            else if (automated.Any(rule => facts.SampleDraw < rule.Automation!.Sample))
            {
                (verdict, drawn) = (Verdict.Review, true);
                Because(OwnReasons.Of(OwnReasons.Drawn, automated.Select(static rule => $"“{rule.Name}”")), isSelfReported: true);
            }
        }

        if (verdict is null)
        {
            verdict = Verdict.Review;
            input.Risk = Stricter(input.Risk, Risk.Medium);
            Because(OwnReasons.NotCovered);
        }

        if (verdict == Verdict.Proceed && facts.LineStopped)
        {
            verdict = Verdict.Review;
            Because(OwnReasons.Stopped);
        }

        if (verdict == Verdict.Proceed && facts.EverythingToReview is not null)
        {
            verdict = Verdict.Review;
            Because(OwnReasons.EverythingToReview);
        }

        if (verdict == Verdict.Proceed && facts.ReviewedBefore)
        {
            verdict = Verdict.Review;
            Because(OwnReasons.ReviewedBefore);
        }

        var approvals = sum.Approvals;
        if (facts.TwoPerson is not null && verdict == Verdict.Review && approvals < LineModes.People)
        {
            approvals = LineModes.People;
            Because(OwnReasons.TwoPerson);
        }

        var expiry = facts.Now + (Math.Min(policy.ExpiryMinutes, sum.ExpiryMinutes) * 60_000L);
        return new GateResult(
            verdict.Value,
            input.Risk,
            input.Derived.Kind,
            sum.Queue ?? policy.QueueOf(input.Derived.Kind),
            approvals,
            sum.HoldSeconds ?? policy.HoldSeconds,
            reasons,
            [.. input.ConsoleChecks, .. EvidenceChecks.Missing(sum.Missing)],
            trace,
            policy.Identity,
            Math.Min(policy.DueMinutes[input.Risk], sum.DueMinutes),
            Math.Min(expiry, proposal.Expires?.At ?? expiry),
            sum.ExpiryOutcome ?? proposal.Expires?.Outcome ?? policy.ExpiryOutcome,
            policy.ClaimMinutes,
            policy.ValidMinutes,
            sum.Sample || drawn,
            EvidenceChecks.Required(proposal, sum.Demanded),
            input.Derived.Amount,
            facts)
        {
            CommitFirst = verdict == Verdict.Review && facts.CommitFirstDraw < sum.CommitFirst,
            RationaleMinimum = sum.Rationale,
            Message = sum.MessageOf(verdict.Value),
            DemandedEvidence = sum.Demanded,
            NotBy = sum.NotBy,
            Skills = sum.Skills,
            ReasonCodes = sum.Codes ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty,
            SelfReported = [.. reasons.Where(reason => !independent.Contains(reason))],
            Recipient = input.Derived.Recipient,
            Subject = input.Derived.Subject,
            NotKnown = automating.IsNotKnown,
            RuleCount = policy.Rules.Count,
            Automated = [.. automated.Select(static rule => rule.Name)],
        };

        void Because(string? reason, bool isSelfReported = false)
        {
            if (reason is null)
            {
                return;
            }

            if (told.Add(reason))
            {
                reasons.Add(reason);
            }

            if (!isSelfReported)
            {
                independent.Add(reason);
            }
        }
    }

    private static bool? Judge(PolicyRule rule, GateInput input, List<RuleTrace> trace, bool all)
    {
        input.ForgetUnknown();
        if (!all && rule.When.Holds(input, trace: null) == false)
        {
            return false;
        }

        var conditions = new List<ConditionTrace>(2);
        input.ForgetUnknown();
        var holds = rule.When.Holds(input, conditions);
        trace.Add(new RuleTrace(rule.Name, holds == true, conditions));
        return holds;
    }

    /// <summary>
    /// The verdict on what a person made of a proposal. What the source declared about the amount belongs to its own arguments and does not count where the
    /// catalogue derives it from the new ones; a field that the person wrote is as certain as can be. The caller takes the stricter of both verdicts.
    /// </summary>
    public static GateResult EvaluateCorrection(GatePolicy policy, Proposal proposal, EffectiveAction corrected, Facts facts)
    {
        var derivesAmount = policy.Catalogue.GetValueOrDefault(proposal.Action.Name)?.Amount is { } pointer
            && ArgumentPointer.Money(ArgumentPointer.Find(corrected.Arguments, pointer)) is not null;
        var before = proposal.Effective;
        return Evaluate(
            policy,
            proposal with
            {
                Action = proposal.Action with { Arguments = corrected.Arguments },
                Draft = corrected.Draft,
                Fields = corrected.Fields is { } fields ? [.. fields.Select(field => Certain(field, before.Fields))] : null,
                Impact = derivesAmount && proposal.Impact is { } impact ? impact with { Amount = Currency(impact.Amount, policy, corrected) } : proposal.Impact,
            },
            facts);
    }

    // The arguments give the number; where they do not say the currency, the declared one is still the best word there is.
    private static Amount? Currency(Amount? declared, GatePolicy policy, EffectiveAction corrected)
    {
        var action = policy.Catalogue[corrected.Name];
        var derived = ArgumentPointer.Money(ArgumentPointer.Find(corrected.Arguments, action.Amount))!.Value;
        return declared is null || ArgumentPointer.Text(corrected.Arguments, action.Currency) is not null
            ? null
            : declared with { Value = derived.ToString(System.Globalization.CultureInfo.InvariantCulture) };
    }

    private static Field Certain(Field field, IReadOnlyList<Field>? before)
    {
        var old = before?.FirstOrDefault(item => item.Name == field.Name);
        var same = old is not null && JsonEquals(old, field);
        return same ? field : field with { Confidence = 1 };
    }

    private static bool JsonEquals(Field a, Field b) =>
        ActionDigest.Of(new ProposedAction("", JsonLiterals.EmptyArray), null, [a]) == ActionDigest.Of(new ProposedAction("", JsonLiterals.EmptyArray), null, [b]);

    private static T Stricter<T>(T a, T b) where T : struct, Enum => Comparer<T>.Default.Compare(a, b) >= 0 ? a : b;

    private static Verdict Stricter(Verdict? a, Verdict b) => a is { } known && known > b ? known : b;
}
