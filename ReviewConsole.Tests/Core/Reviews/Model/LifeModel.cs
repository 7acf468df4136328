using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Tests.Core.Reviews.Model;

/// <summary>
/// The life of a review as DESIGN.md §3 and WIRE.md §2–3 tell it, written once more and simply: no events, no fold, a handful of mutable members. It answers the name of the
/// refusal that a command must meet, or null, and carries the command out itself.
/// </summary>
internal sealed class LifeModel(Profile profile, long now)
{
    private const long ClaimMilliseconds = 15 * 60_000;
    private const long Day = 24 * 3_600_000;

    private Memory? _before;
    private bool _started;
    private (int Need, Risk Risk)? _uncorrected;
    private long _stoppedUntil;
    private long _twoUntil;
    private long _expiresAt = now + Day;
    private bool _expiryEscalates = profile.Expiry == ExpiryOutcome.Escalate;

    public int Revision { get; private set; } = 1;

    public string Status { get; private set; } = profile.Verdict switch { Verdict.Review => "pending", Verdict.Proceed => "released", _ => "closed" };

    public string? Decision { get; private set; } = profile.Verdict switch { Verdict.Review => null, Verdict.Proceed => "proceeded", _ => "blocked" };

    public int Need { get; private set; } = profile.Verdict == Verdict.Review ? profile.Need : 0;

    public int Hold { get; private set; } = profile.Hold;

    public Risk Risk { get; private set; } = profile.Risk;

    public bool Failing { get; private set; } = profile.Failing;

    public int Proposed { get; private set; } = profile.Amount;

    public int Effective { get; private set; } = profile.Amount;

    public bool Corrected { get; private set; }

    public bool CommitFirst { get; private set; } = profile.CommitFirst;

    /// <summary>Who has said what they think of this revision.</summary>
    public List<int> Judged { get; private set; } = [];

    public List<int> Approvals { get; private set; } = [];

    public int? Claim { get; private set; }

    public long ClaimUntil { get; private set; }

    public int? HeldBy { get; private set; }

    public DecisionKind HeldAs { get; private set; }

    public long ReleasesAt { get; private set; }

    public int Outcomes { get; private set; } = profile.Verdict == Verdict.Review ? 0 : 1;

    public bool Runs { get; private set; } = profile.Verdict == Verdict.Proceed;

    public ExecutionStatus? Execution { get; private set; }

    /// <summary>Who is named when somebody comes too late.</summary>
    public string Winner { get; private set; } = "policy:model/1";

    public bool Question { get; private set; }

    public bool IsClaimed(long now) => Claim is not null && ClaimUntil > now;

    public bool IsTwoPerson(long now) => _twoUntil > now;

    private bool IsStopped(long now) => _stoppedUntil > now;

    public string? Step(LifeCommand command, int who, long now) => command switch
    {
        LifeCommand.Revise c => Revise(c),
        LifeCommand.Preconditions => Over() ?? Do(() =>
        {
            PullBack();
            (Approvals, Effective, Corrected) = ([], Proposed, false);
            (Need, Risk) = _uncorrected ?? (Need, Risk);
            _uncorrected = null;
        }),
        LifeCommand.Cancel => Over() ?? Do(() =>
        {
            PullBack();
            (Status, Decision, Claim, Question) = ("cancelled", "cancelled", null, false);
            Outcomes++;
        }),
        LifeCommand.Claim => Take(who, now),
        LifeCommand.ReleaseClaim c => LetGo(c, who, now),
        LifeCommand.Skip c => NotMine(who, c.WrongToken, now) ?? Do(() => Claim = null),
        LifeCommand.Note c => First(
            (who == LifePeople.Onlooker, "NotPermitted"), (Status is not ("waitingOnSource" or "held"), NotOpen()), (c.Blank, "Invalid")),
        LifeCommand.Assign c => Assign(c, who),
        LifeCommand.Judge c => Judge(c, who, now),
        LifeCommand.Decide c => Decide(c, who, now),
        LifeCommand.Recall => Recall(who, now),
        LifeCommand.Release => Release(now),
        LifeCommand.Wait => Expire(now),
        LifeCommand.Report c => Report(c),
        LifeCommand.Rollback c => Rollback(c, who),
        LifeCommand.Close c => Close(c, who),
        LifeCommand.Replace => Status == "released" && Unfinished && Outcomes == 1 ? Do(() => Status = "closed") : null,
        LifeCommand.Line c => Do(() => Keep(c, now)),
        _ => null,
    };

    private bool Unfinished => Execution is ExecutionStatus.Failed or ExecutionStatus.Unknown;

    private static string? Do(Action action)
    {
        action();
        return null;
    }

    private static string? First(params (bool Wrong, string? Name)[] rules) => rules.FirstOrDefault(static rule => rule.Wrong && rule.Name is not null).Name;

    /// <summary>Why the source can do nothing any more.</summary>
    private string? Over() => Status switch
    {
        "cancelled" => "Cancelled",
        "released" or "closed" => Decision == "expired" ? "Expired" : "AlreadyReleased",
        _ => null,
    };

    /// <summary>Why a person can do nothing here.</summary>
    private string? NotOpen() => Status switch
    {
        "pending" => null,
        "waitingOnSource" => "WaitingOnSource",
        "cancelled" => "Cancelled",
        _ => Decision == "expired" ? "Expired" : "AlreadyDecided",
    };

    private string? NotMine(int who, bool wrongToken, long now) =>
        !IsClaimed(now) ? "ClaimLost" : Claim != who ? "HeldByAnother" : wrongToken ? "ClaimLost" : null;

    private string? Revise(LifeCommand.Revise c) => Over() ?? (c.Stale ? "StaleRevision" : Do(() =>
    {
        PullBack();
        Revision++;
        _uncorrected = null;
        (Status, Approvals, Corrected, Proposed, Effective, Question) = ("pending", [], false, c.Profile.Amount, c.Profile.Amount, false);
        (Need, Hold, Failing) = (Math.Max(Need, c.Profile.Need), c.Profile.Hold, c.Profile.Failing);
        Risk = c.Profile.Risk > Risk ? c.Profile.Risk : Risk;
        (CommitFirst, Judged) = (CommitFirst || c.Profile.CommitFirst, []);
        if (c.Profile.Verdict == Verdict.Block)
        {
            (Status, Decision, Claim, Winner) = ("closed", "blocked", null, "policy:model/1");
            Outcomes++;
        }
    }));

    /// <summary>What is held comes back, and nobody has it.</summary>
    private void PullBack()
    {
        if (HeldBy is not null)
        {
            Restore();
            Claim = null;
        }
    }

    private void Restore()
    {
        (Approvals, Effective, Corrected, Need, Risk) = ([.. _before!.Approvals], _before.Effective, _before.Corrected, _before.Need, _before.Risk);
        (HeldBy, Status) = (null, "pending");
        _uncorrected = Corrected ? _uncorrected : null;
    }

    private string? Take(int who, long now) => First(
        (who == LifePeople.Onlooker, "NotPermitted"), (true, NotOpen()), (IsClaimed(now) && Claim != who, "HeldByAnother")) ?? Do(() =>
        {
            if (!IsClaimed(now))
            {
                (Claim, ClaimUntil) = (who, now + ClaimMilliseconds);
            }
        });

    private string? LetGo(LifeCommand.ReleaseClaim c, int who, long now)
    {
        var forced = who == LifePeople.Supervisor && Claim is not null && Claim != who && !c.WrongToken;
        return forced ? Do(() => Claim = null) : NotMine(who, c.WrongToken, now) ?? Do(() => Claim = null);
    }

    private string? Assign(LifeCommand.Assign c, int who) => First(
        (who != LifePeople.Supervisor, "NotPermitted"), (true, NotOpen()), (c.UnknownQueue, "Invalid")) ?? Do(() => Claim = Claim == c.To ? Claim : null);

    private string? Judge(LifeCommand.Judge c, int who, long now) => First(
        (who == LifePeople.Onlooker, "NotPermitted"), (c.Flaws.HasFlag(Flaws.StaleRevision), "StaleRevision"), (true, NotOpen()),
        (true, NotMine(who, c.Flaws.HasFlag(Flaws.WrongToken), now)), (!CommitFirst, "Invalid"), (Judged.Contains(who), "AlreadyJudged")) ?? Do(() => Judged.Add(who));

    /// <summary>Modes stand beside each other; what is held has its whole hold before it after a stop.</summary>
    private void Keep(LifeCommand.Line c, long now)
    {
        var end = !c.On ? 0 : c.Lasts is { } lasts ? now + lasts : long.MaxValue;
        var stops = c.Mode == LineMode.Stopped && (c.On || IsStopped(now));
        _stoppedUntil = c.Mode == LineMode.Stopped ? end : _stoppedUntil;
        _twoUntil = c.Mode == LineMode.TwoPerson ? end : _twoUntil;
        ReleasesAt = HeldBy is not null && stops ? Leaves(now) : ReleasesAt;
    }

    private long Leaves(long now) => (IsStopped(now) && _stoppedUntil < long.MaxValue ? _stoppedUntil : now) + (Hold * 1_000);

    private string? Decide(LifeCommand.Decide c, int who, long now)
    {
        var approves = c.Kind is DecisionKind.Approve or DecisionKind.Correct;
        var corrects = c.Kind == DecisionKind.Correct;
        var risk = corrects && c.Amount >= LifeAmounts.FourEyes ? Risk.High : Risk;
        var need = corrects && c.Amount >= LifeAmounts.FourEyes ? Math.Max(Need, 2) : Need;
        need = approves && IsTwoPerson(now) ? Math.Max(need, 2) : need;
        var failing = Failing || (corrects ? c.Amount : Effective) >= LifeAmounts.FourEyes;
        var words = !c.Flaws.HasFlag(Flaws.ShortRationale);
        var refusal = First(
            (c.Flaws.HasFlag(Flaws.Smuggled) && !corrects, "Invalid"),
            (who == LifePeople.Onlooker, "NotPermitted"),
            (who == LifePeople.Initiator && approves, "ConflictOfInterest"),
            (c.Flaws.HasFlag(Flaws.StaleRevision), "StaleRevision"),
            (true, NotOpen()),
            (approves && Approvals.Contains(who), "ConflictOfInterest"),
            (approves && IsStopped(now), "LineStopped"),
            (true, NotMine(who, c.Flaws.HasFlag(Flaws.WrongToken), now)),
            (CommitFirst && !Judged.Contains(who), "JudgementRequired"),
            (c.Flaws.HasFlag(Flaws.UnknownReason), "ReasonUnknown"),
            ((risk == Risk.High || (approves && failing)) && !words, "RationaleRequired"),
            (approves && risk > Risk.Low && c.Flaws.HasFlag(Flaws.NotSeen), "EvidenceNotSeen"),
            (approves && risk > Risk.Low && failing && c.Flaws.HasFlag(Flaws.NotAcknowledged), "ChecksNotAcknowledged"),
            (corrects && c.Amount == Effective, "NothingChanged"),
            (corrects && c.Amount == LifeAmounts.Blocked, "Invalid"));
        if (refusal is not null)
        {
            return refusal;
        }

        _before = new Memory([.. Approvals], Effective, Corrected, Need, Risk);
        if (c.Kind == DecisionKind.Escalate)
        {
            Claim = null;
            return null;
        }

        _uncorrected ??= corrects ? (Need, Risk) : null;
        (Claim, Need, Risk) = (null, need, risk);
        if (corrects)
        {
            (Approvals, Effective, Corrected) = ([], c.Amount, true);
        }

        if (approves)
        {
            Approvals.Add(who);
        }

        if (!approves || Approvals.Count >= Need)
        {
            (Status, HeldBy, HeldAs, ReleasesAt, Winner) = ("held", who, c.Kind, Leaves(now), LifePeople.All[who].Id);
            if (Hold == 0 && !IsStopped(now))
            {
                Release(now);
            }
        }

        return null;
    }

    private string? Recall(int who, long now) => First(
        (who == LifePeople.Onlooker, "NotPermitted"), (HeldBy is null, Outcomes > 0 ? "AlreadyReleased" : "NotHeld"), (HeldBy != who && who != LifePeople.Supervisor, "NotPermitted")) ?? Do(() =>
        {
            (Claim, ClaimUntil) = (HeldBy, now + ClaimMilliseconds);
            Restore();
        });

    private string? Release(long now) => First((HeldBy is null, "NotHeld"), (now < ReleasesAt || IsStopped(now), "NotReleased")) ?? Do(() =>
    {
        HeldBy = null;
        if (HeldAs is DecisionKind.Approve or DecisionKind.Correct && IsTwoPerson(now) && Approvals.Count < 2)
        {
            (Status, Need, _expiresAt) = ("pending", 2, Math.Max(_expiresAt, now + Day));
            return;
        }

        if (HeldAs == DecisionKind.Return)
        {
            (Status, Question) = ("waitingOnSource", true);
            return;
        }

        Outcomes++;
        Runs = HeldAs is DecisionKind.Approve or DecisionKind.Correct;
        (Status, Decision) = !Runs ? ("closed", "rejected") : ("released", Corrected ? "corrected" : "approved");
    });

    private string? Expire(long now)
    {
        if (Status is not ("pending" or "waitingOnSource") || now < _expiresAt)
        {
            return null;
        }

        (Claim, Question) = (null, false);
        if (_expiryEscalates)
        {
            (_expiryEscalates, _expiresAt, Status) = (false, now + Day, "pending");
            return null;
        }

        (Status, Decision) = ("closed", "expired");
        Outcomes++;
        return null;
    }

    private string? Report(LifeCommand.Report c)
    {
        var refusal = First(
            (!Runs || (c.Status == ExecutionStatus.RolledBack && Outcomes < 2), "NotReleased"),
            (c.OtherDigest, "DigestMismatch"),
            (c.Status == ExecutionStatus.Started && _started, "AlreadyStarted"),
            (c.Status == ExecutionStatus.Started && Outcomes > 1, "RollbackAsked"),
            (c.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Unknown && Execution is null, "NotStarted"),
            (c.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Unknown && !Follows(c.Status), "AlreadyReported"));
        if (refusal is null && Execution != c.Status)
        {
            Execution = c.Status;
            _started |= c.Status == ExecutionStatus.Started;
            Status = c.Status == ExecutionStatus.RolledBack || (c.Status == ExecutionStatus.Succeeded && Outcomes == 1) ? "closed" : Status;
        }

        return refusal;
    }

    private bool Follows(ExecutionStatus status) =>
        Execution == status || Execution == ExecutionStatus.Started || (Execution == ExecutionStatus.Unknown && status != ExecutionStatus.Unknown);

    private string? Rollback(LifeCommand.Rollback c, int who) => First(
        (who != LifePeople.Supervisor, "NotPermitted"), (!Runs, "NotReleased"), (Outcomes > 1, "AlreadyReleased"), (c.Blank, "RationaleRequired")) ?? Do(() =>
        {
            Outcomes++;
            Status = "released";
        });

    private string? Close(LifeCommand.Close c, int who) => First(
        (who != LifePeople.Supervisor, "NotPermitted"), (Status == "closed", "AlreadyReported"), (Status != "released", "NotReleased"),
        (!Unfinished, "Invalid"), (c.Blank, "RationaleRequired")) ?? Do(() => Status = "closed");

    private sealed record Memory(List<int> Approvals, int Effective, bool Corrected, int Need, Risk Risk);
}
