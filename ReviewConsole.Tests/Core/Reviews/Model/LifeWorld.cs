using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews.Model;

/// <summary>A switched-on bug: what the deciders are told, or what is done with what they say, is wrong in one way.</summary>
internal enum LifeBug
{
    None,
    SamePersonApprovesTwice,
    InitiatorApproves,
    LeavesDuringHold,
    StartedTwice,
    LostClaimDecides,
    StaleRevisionDecides,
    StoppedLineApproves,
    RejectedOutcomeRuns,
    RecallKeepsApproval,
    RevisionGoesThrough,
    StartsWhatIsToBeUndone,
    SuccessEndsRollback,
    AnotherWorldKeepsApproval,
    DecidesUnjudged,
    JudgesTwice,
    RevisionKeepsJudgement,
    OnePersonDecidesForTwo,
    SingleApprovalLeavesForTwo,
    StopOutlivesItsEnd,
    NoFreshHoldAfterStop,
}

/// <summary>One random life: the pure deciders and the fold on one side, <see cref="LifeModel"/> on the other, compared after every step. In memory, without a disk.</summary>
internal sealed class LifeWorld(LifeBug bug, Dictionary<string, int> refusals)
{
    private static readonly PolicyIdentity s_policy = new("model", 1, "sha256:" + new string('0', 64));
    private static readonly Proposal[] s_proposals = [.. Enumerable.Range(0, LifeAmounts.Count * 2).Select(static i => Read(i / 2, i % 2 == 1))];
    private static readonly ReviewRules s_rules = new(
        Enum.GetValues<DecisionKind>().ToDictionary(static kind => kind, static kind => (IReadOnlyList<ReasonCode>)[new ReasonCode("KNOWN", kind.Word())]),
        new HashSet<string> { "payments", "experts" }, "experts", ClaimMinutes: 15);

    private readonly Dictionary<long, Correction> _corrections = [];
    private ReviewState? _state;
    private ReviewContent? _content;
    private LifeModel? _model;
    private LifeLaws _laws = new();
    private List<LineLimit> _limits = [];
    private long _now = 1_700_000_000_000;
    private long _seq;
    private int _tokens;

    /// <summary>Carries one command out on both sides and compares them.</summary>
    public void Step(LifeCommand command)
    {
        if (command is LifeCommand.Submit { Profile: var profile })
        {
            Submit(profile);
            return;
        }

        var who = Who(command);
        if (command is LifeCommand.Wait { Milliseconds: var passed })
        {
            _now += passed;
            LeaveWhenOver();
        }

        var state = _state!;
        if (command is LifeCommand.Line line)
        {
            SetLine(line, state);
        }

        var decision = Ask(command, state, who);
        var winner = _model!.Winner;
        var expected = _model.Step(command, who, _now);
        Compare(command, expected, winner, decision.Refusal);
        Apply(decision, command, Author(command, who));
        _laws.Agree(_state!, _model, _now);
    }

    private static string Author(LifeCommand command, int who) => command switch
    {
        LifeCommand.Wait or LifeCommand.Release => Actor.System.Id,
        LifeCommand.Claim or LifeCommand.ReleaseClaim or LifeCommand.Skip or LifeCommand.Note or LifeCommand.Assign or LifeCommand.Judge or LifeCommand.Decide or LifeCommand.Recall or LifeCommand.Rollback or LifeCommand.Close =>
            LifePeople.All[who].Id,
        _ => "k1",
    };

    private void Submit(Profile profile)
    {
        (_state, _limits, _laws) = (null, [], new LifeLaws());
        _corrections.Clear();
        var proposal = s_proposals[(profile.Amount * 2) + (profile.Failing ? 1 : 0)];
        var gate = Gate(profile);
        var id = new Guid((int)_seq, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
        _content = new ReviewContent(id, 1, proposal, gate, ["00"], proposal.Preconditions, null);
        _model = new LifeModel(profile, _now);
        Apply(SourceDecider.Submit(Submission(id, profile), null, Moment()), new LifeCommand.Submit(profile), "k1");
        _laws.Agree(_state!, _model, _now);
    }

    private Decision Ask(LifeCommand command, ReviewState state, int who)
    {
        var person = LifePeople.All[who];
        var moment = Moment();
        return command switch
        {
            LifeCommand.Revise c => SourceDecider.Revise(
                state, c.Stale ? state.Revision + 1 : state.Revision, Submission(state.Id, c.Profile), c.Answers ? "The blue one." : null, moment),
            LifeCommand.Preconditions => SourceDecider.ReportPreconditions(state, """[{"fingerprint":"v2","name":"order"}]"""u8.ToArray()),
            LifeCommand.Cancel => SourceDecider.Cancel(state, _content!, "no longer needed", moment),
            LifeCommand.Claim => ClaimDecider.Claim(state, person, Token(), s_rules, moment),
            LifeCommand.ReleaseClaim c => ClaimDecider.Release(
                state, person, c.WrongToken ? Token() : who == LifePeople.Supervisor && state.Claim?.By != person.Id ? null : state.Claim?.Token ?? Guid.Empty, moment),
            LifeCommand.Skip c => ClaimDecider.Skip(state, person, c.WrongToken ? Token() : state.Claim?.Token ?? Guid.Empty, SkipReason.NotMyField, moment),
            LifeCommand.Note c => NoteDecider.Write(state, person, c.Blank ? " " : "What do you think?", [LifePeople.All[0].Id], asks: true),
            LifeCommand.Assign c => ClaimDecider.Assign(state, person, LifePeople.All[c.To].Id, [], c.UnknownQueue ? "nowhere" : null, "please", s_rules),
            LifeCommand.Judge c => Judge(c, state, person, moment),
            LifeCommand.Decide c => Decide(c, state, person, moment),
            LifeCommand.Recall => HoldDecider.Recall(state, person, s_rules, moment),
            LifeCommand.Release => HoldDecider.Release(state, _content!, new HeldOpening("said aloud", null), Early(moment, state)),
            LifeCommand.Wait => HoldDecider.Expire(state, _content!, s_rules, moment),
            LifeCommand.Report c => ExecutionDecider.Report(
                Reported(state, c.Status), c.Status, c.OtherDigest ? "sha256:other" : state.EffectiveDigest, "detail", null, moment),
            LifeCommand.Rollback c => ExecutionDecider.AskRollback(state, _content!, person, c.Blank ? " " : "wrong customer", moment),
            LifeCommand.Close c => ExecutionDecider.Close(state, person, c.Blank ? " " : "done by hand"),
            LifeCommand.Replace => ExecutionDecider.Replace(state, new Guid(1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0)),
            _ => Decision.Nothing,
        };
    }

    /// <summary>What the decider is told of an execution.</summary>
    private ReviewState Reported(ReviewState state, ExecutionStatus status) => bug switch
    {
        LifeBug.StartedTwice => state with { Execution = null },
        LifeBug.StartsWhatIsToBeUndone when status == ExecutionStatus.Started => state with { Outcomes = [.. state.Outcomes.Take(1)] },
        _ => state,
    };

    private Decision Judge(LifeCommand.Judge c, ReviewState state, PersonActor person, Moment moment) => JudgementDecider.Judge(
        bug == LifeBug.JudgesTwice ? state with { Judgements = null } : state, _content!, person,
        new JudgeCommand(
            c.Flaws.HasFlag(Flaws.StaleRevision) ? state.Revision - 1 : state.Revision, c.Kind, "It looks right.",
            c.Flaws.HasFlag(Flaws.WrongToken) ? Token() : state.Claim?.Token, "model/1", null),
        moment);

    private Decision Decide(LifeCommand.Decide c, ReviewState state, PersonActor person, Moment moment)
    {
        var corrects = c.Kind == DecisionKind.Correct;
        var correction = corrects || c.Flaws.HasFlag(Flaws.Smuggled) ? Correct(c.Amount) : null;
        var command = new DecideCommand(
            c.Flaws.HasFlag(Flaws.StaleRevision) && bug != LifeBug.StaleRevisionDecides ? state.Revision - 1 : state.Revision,
            c.Kind,
            c.Flaws.HasFlag(Flaws.UnknownReason) ? "UNKNOWN" : "KNOWN",
            c.Flaws.HasFlag(Flaws.ShortRationale) ? "Short." : "Looked at all of it and it holds.",
            "said aloud", null, null, correction, null,
            c.Flaws.HasFlag(Flaws.NotAcknowledged) ? new HashSet<string>() : new HashSet<string> { "REF-2", "console:declared-amount" },
            c.Flaws.HasFlag(Flaws.WrongToken) ? Token() : state.Claim?.Token, "operation", Via.Api, "model/1", null);
        var seen = c.Flaws.HasFlag(Flaws.NotSeen) ? EvidenceSeen.Nothing : new EvidenceSeen(new Dictionary<string, long> { ["chat"] = EvidenceSeen.Enough });
        var (told, content) = (state, _content!);
        switch (bug)
        {
            case LifeBug.SamePersonApprovesTwice:
                told = state with { Approvals = [.. state.Approvals.Select(static approval => approval with { By = "somebody" })] };
                break;
            case LifeBug.InitiatorApproves:
                content = content with { Proposal = content.Proposal with { Initiator = null } };
                break;
            case LifeBug.LostClaimDecides when state.Claim is not null:
                told = state with { ClaimUntil = long.MaxValue };
                break;
            case LifeBug.DecidesUnjudged:
                told = state with { Gate = state.Gate with { CommitFirst = false } };
                break;
            case LifeBug.StoppedLineApproves:
                moment = moment with { Line = moment.Line with { Stopped = null } };
                break;
            case LifeBug.OnePersonDecidesForTwo:
                moment = moment with { Line = moment.Line with { TwoPerson = null } };
                break;
            case LifeBug.NoFreshHoldAfterStop when moment.Line.Stopped is { } stop:
                moment = moment with { Line = moment.Line with { Stopped = stop with { Until = null } } };
                break;
            default:
                break;
        }

        return DecisionDecider.Decide(told, content, person, command, seen, s_rules, moment);
    }

    private void Compare(LifeCommand command, string? expected, string winner, Refusal? refusal)
    {
        var actual = refusal?.GetType().Name;
        Assert.True(expected == actual, $"{command} on {_state!.Status}: the model says {expected ?? "carried out"}, the product {actual ?? "carried out"}");
        if (actual is not null)
        {
            refusals[actual] = refusals.GetValueOrDefault(actual) + 1;
        }

        if (refusal is Refusal.AlreadyDecided late)
        {
            Assert.Equal(winner, late.By);
        }

        if (refusal is Refusal.HeldByAnother held)
        {
            Assert.Equal(_state!.Claim!.By, held.Who);
        }
    }

    private void Apply(Decision decision, LifeCommand command, string by)
    {
        foreach (var happened in decision.Events)
        {
            var e = Spoil(happened);
            var revision = (_state?.Revision ?? 0) + (e is Submitted or Revised ? 1 : 0);
            var before = _state;
            _state = ReviewFold.Evolve(_state, new Recorded(_seq, _now, _content!.Review, revision, e.Author ?? by, e));
            Remember(e, command);
            if ((e is Recalled && bug == LifeBug.RecallKeepsApproval) || (e is PreconditionsChanged && bug == LifeBug.AnotherWorldKeepsApproval))
            {
                _state = _state with { Approvals = before!.Approvals };
            }

            if (e is Revised && bug == LifeBug.RevisionKeepsJudgement)
            {
                _state = _state with { Judgements = before!.Judgements };
            }

            if (e is ExecutionReported { Status: ExecutionStatus.Succeeded, Mismatch: false } && bug == LifeBug.SuccessEndsRollback)
            {
                _state = _state with { Status = ReviewStatus.Closed };
            }

            _laws.Saw(e, before, _model!, _now);
            _seq++;
        }
    }

    /// <summary>The bugs that lie in what is recorded.</summary>
    private ReviewEvent Spoil(ReviewEvent e) => (bug, e) switch
    {
        (LifeBug.RejectedOutcomeRuns, OutcomeReleased { Instruction: Instruction.Cancel or Instruction.Retry } released) => released with
        {
            Sealed = [new SealedPart(SealedNames.Outcome, [.. released.Sealed[0].Bytes[..^1], .. ",\"action\":{}}"u8])],
        },
        (LifeBug.RevisionGoesThrough, Revised revised) => revised with { Verdict = Verdict.Proceed },
        _ => e,
    };

    /// <summary>What the ledger has sealed, as the content reader opens it.</summary>
    private void Remember(ReviewEvent e, LifeCommand command)
    {
        if (e is Decided { Corrects: true } && command is LifeCommand.Decide { Amount: var amount })
        {
            _corrections[_seq] = Correct(amount);
        }

        if (e is Revised && command is LifeCommand.Revise { Profile: var profile })
        {
            _content = _content! with
            {
                Revision = _state!.Revision,
                Proposal = s_proposals[(profile.Amount * 2) + (profile.Failing ? 1 : 0)],
                Gate = Gate(profile),
            };
        }

        _content = _content! with { Correction = _state!.CorrectionSeq is { } seq ? _corrections[seq] : null };
    }

    /// <summary>The clock's look at a hold, which is no command of its own.</summary>
    private void LeaveWhenOver()
    {
        if (_state!.Held is not null)
        {
            var command = new LifeCommand.Release();
            var decision = Ask(command, _state, 0);
            Assert.Equal(_model!.Step(command, 0, _now), decision.Refusal?.GetType().Name);
            Apply(decision, command, Actor.System.Id);
        }
    }

    private int Who(LifeCommand command)
    {
        var who = command switch
        {
            LifeCommand.Claim c => c.Who,
            LifeCommand.ReleaseClaim c => c.Who,
            LifeCommand.Skip c => c.Who,
            LifeCommand.Note c => c.Who,
            LifeCommand.Assign c => c.Who,
            LifeCommand.Judge c => c.Who,
            LifeCommand.Decide c => c.Who,
            LifeCommand.Recall c => c.Who,
            LifeCommand.Rollback c => c.Who,
            LifeCommand.Close c => c.Who,
            _ => 0,
        };
        return who != LifeCommand.Holder ? who : _model!.Claim ?? 0;
    }

    private Moment Moment() => new(_now, _seq, LineState.Of(_limits.Where(limit => bug == LifeBug.StopOutlivesItsEnd || limit.Holds(_now))));

    private Moment Early(Moment moment, ReviewState state) => bug switch
    {
        LifeBug.LeavesDuringHold => moment with { Now = Math.Max(moment.Now, state.ReleasesAt) },
        LifeBug.SingleApprovalLeavesForTwo => moment with { Line = moment.Line with { TwoPerson = null } },
        _ => moment,
    };

    /// <summary>What the desk does with its rows.</summary>
    private void SetLine(LifeCommand.Line line, ReviewState state)
    {
        var prior = _limits.Where(limit => limit.Holds(_now)).ToList();
        _limits = [.. prior.Where(limit => limit.Mode != line.Mode)];
        if (line.On)
        {
            _limits.Add(new LineLimit(null, null, line.Mode, "because", "p3", _now, _now + line.Lasts));
        }

        if (state.Held is not null && line.Mode == LineMode.Stopped && (line.On || prior.Count > _limits.Count))
        {
            var from = LineState.Of(_limits).Stopped?.Until ?? _now;
            _state = state with { ReleasesAt = from + (state.Gate.HoldSeconds * 1_000L) };
        }
    }

    private Guid Token() => new(++_tokens, 1, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    private Submission Submission(Guid id, Profile profile)
    {
        var proposal = s_proposals[(profile.Amount * 2) + (profile.Failing ? 1 : 0)];
        return new Submission(id, "o1", proposal, proposal.Effective.Digest, Gate(profile), []);
    }

    private Correction Correct(int amount)
    {
        var action = _content!.Effective.Correct(Arguments(amount), null, null);
        var large = amount >= LifeAmounts.FourEyes;
        var profile = new Profile(
            large ? 2 : 1, _state!.Gate.HoldSeconds, large ? Risk.High : Risk.Low, false, ExpiryOutcome.Reject, amount == LifeAmounts.Blocked ? Verdict.Block : Verdict.Review,
            amount, CommitFirst: false);
        var gate = large ? Gate(profile, new Check("console:declared-amount", "Amount", CheckResult.Fail, null, [])) : Gate(profile);
        return new Correction(action, action.Digest, ActionChanges.Bytes(_content.Proposal.Effective, action), gate);
    }

    private GateResult Gate(Profile profile, params Check[] checks) => new(
        profile.Verdict, profile.Risk, "refund", "payments", profile.Need, profile.Hold, [], checks, [new RuleTrace("model", true, [])], s_policy, 30, _now + (24 * 3_600_000),
        profile.Expiry, 15, 24 * 60, false, ["chat"], null, new Facts(_now, 0.5)) { CommitFirst = profile.CommitFirst };

    private static JsonElement Arguments(int amount) => JsonElement.Parse($$"""{"order":"4711","amount":"{{LifeAmounts.Text[amount]}}","currency":"USD"}""");

    private static Proposal Read(int amount, bool failing)
    {
        var body = Support.TestDesk.Refund();
        body["action"]!["arguments"]!["amount"] = LifeAmounts.Text[amount];
        if (failing)
        {
            body["checks"] = new JsonArray(new JsonObject { ["id"] = "REF-2", ["name"] = "Cabin", ["result"] = "fail" });
        }

        return ProposalReader.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), ProposalLimits.Default).Proposal!;
    }
}
