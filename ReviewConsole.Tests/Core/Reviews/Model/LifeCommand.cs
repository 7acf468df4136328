using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Tests.Core.Reviews.Model;

/// <summary>What the gate is made to say of a proposal.</summary>
internal sealed record Profile(int Need, int Hold, Risk Risk, bool Failing, ExpiryOutcome Expiry, Verdict Verdict, int Amount, bool CommitFirst);

/// <summary>What is wrong with a decision; several at once show which refusal comes first.</summary>
[Flags]
internal enum Flaws
{
    None = 0,
    StaleRevision = 1,
    WrongToken = 2,
    UnknownReason = 4,
    ShortRationale = 8,
    NotSeen = 16,
    NotAcknowledged = 32,

    /// <summary>Another decision than a correction that brings a changed action along.</summary>
    Smuggled = 64,
}

/// <summary>
/// One step of a random life. Commands say nothing that depends on the state: people are numbers, <see cref="Holder"/> is whoever holds the claim, so that a shrunken
/// sequence still means something.
/// </summary>
internal abstract record LifeCommand
{
    public const int Holder = -1;

    public sealed record Submit(Profile Profile) : LifeCommand;

    public sealed record Revise(Profile Profile, bool Stale, bool Answers) : LifeCommand;

    public sealed record Preconditions : LifeCommand;

    public sealed record Cancel : LifeCommand;

    public sealed record Claim(int Who) : LifeCommand;

    public sealed record ReleaseClaim(int Who, bool WrongToken) : LifeCommand;

    public sealed record Skip(int Who, bool WrongToken) : LifeCommand;

    public sealed record Note(int Who, bool Blank) : LifeCommand;

    public sealed record Assign(int Who, int To, bool UnknownQueue) : LifeCommand;

    public sealed record Decide(DecisionKind Kind, int Who, Flaws Flaws, int Amount) : LifeCommand;

    /// <summary>What somebody thinks first; of the flaws, a stale revision and a wrong token.</summary>
    public sealed record Judge(DecisionKind Kind, int Who, Flaws Flaws) : LifeCommand;

    public sealed record Recall(int Who) : LifeCommand;

    /// <summary>Time passes and the clock does what it does.</summary>
    public sealed record Wait(long Milliseconds) : LifeCommand;

    /// <summary>The clock looks at a hold, whether it is over or not.</summary>
    public sealed record Release : LifeCommand;

    public sealed record Report(ExecutionStatus Status, bool OtherDigest) : LifeCommand;

    public sealed record Rollback(int Who, bool Blank) : LifeCommand;

    public sealed record Close(int Who, bool Blank) : LifeCommand;

    /// <summary>A linked proposal came in its place.</summary>
    public sealed record Replace : LifeCommand;

    /// <summary>A supervisor sets or ends a mode of the line.</summary>
    /// <param name="Lasts">Milliseconds until it ends by itself; null where somebody ends it.</param>
    public sealed record Line(LineMode Mode, bool On, long? Lasts = null) : LifeCommand;
}

/// <summary>Makes sequences. The weights let every refusal come up in at least one of a hundred commands.</summary>
internal static class LifeCommands
{
    /// <summary>How often, in a hundred, each flaw comes up; the later in the order of refusals, the oftener, else it would never be the first.</summary>
    private static readonly int[] s_flawed = [8, 8, 12, 14, 18, 40, 8];

    /// <summary>A submit, then scenes: single commands, and short plots that lead to where the rarer refusals are.</summary>
    public static Arbitrary<LifeCommand[]> Sequences(int length) => Arb.From(
        from first in s_submit
        from scenes in Gen.Frequency((9, s_single), (7, s_clumsy), (2, s_question), (3, s_halted), (2, s_doubled), (4, s_gone), (6, s_carried), (2, s_committed), (1, s_recalled)).ArrayOf(length)
        select (LifeCommand[])[first, .. scenes.SelectMany(static scene => scene).Take(length - 1)],
        Shorter);

    private static readonly Gen<int> s_who = Gen.Choose(0, LifePeople.Count - 1);

    private static readonly Gen<int> s_holder = Gen.Frequency((5, Gen.Constant(LifeCommand.Holder)), (2, s_who));

    private static readonly Gen<Profile> s_profile =
        from need in Gen.Frequency((3, Gen.Constant(1)), (2, Gen.Constant(2)))
        from hold in Gen.Frequency((3, Gen.Constant(10)), (1, Gen.Constant(0)))
        from risk in Gen.Elements(Risk.Low, Risk.Medium, Risk.High, Risk.High)
        from failing in Gen.Elements(true, false)
        from expiry in Gen.Elements(ExpiryOutcome.Reject, ExpiryOutcome.Escalate, ExpiryOutcome.Cancel)
        from verdict in Gen.Frequency((18, Gen.Constant(Verdict.Review)), (1, Gen.Constant(Verdict.Proceed)), (1, Gen.Constant(Verdict.Block)))
        from amount in Gen.Choose(0, 2)
        from first in Often(10)
        select new Profile(need, hold, risk, failing, expiry, verdict, amount, first && verdict == Verdict.Review);

    private static readonly Gen<LifeCommand> s_submit = s_profile.Select(LifeCommand (profile) => new LifeCommand.Submit(profile));

    private static readonly Gen<LifeCommand> s_revise =
        from profile in s_profile
        from stale in Often(4)
        from answers in Often(2)
        select (LifeCommand)new LifeCommand.Revise(profile, stale, answers);

    private static readonly Gen<LifeCommand> s_decide =
        from kind in Gen.Frequency(
            (8, Gen.Constant(DecisionKind.Approve)), (5, Gen.Constant(DecisionKind.Correct)), (2, Gen.Constant(DecisionKind.Reject)),
            (1, Gen.Constant(DecisionKind.Escalate)), (1, Gen.Constant(DecisionKind.Return)))
        from who in s_holder
        from flaws in Gen.Frequency((3, Gen.Constant(Flaws.None)), (2, AnyFlaws()))
        from amount in Gen.Choose(0, LifeAmounts.Count - 1)
        select (LifeCommand)new LifeCommand.Decide(kind, who, flaws, amount);

    private static readonly Gen<LifeCommand> s_judge =
        from kind in Gen.Elements(Enum.GetValues<DecisionKind>())
        from who in s_holder
        from flaws in Gen.Frequency((3, Gen.Constant(Flaws.None)), (1, AnyFlaws()))
        select (LifeCommand)new LifeCommand.Judge(kind, who, flaws);

    private static readonly Gen<LifeCommand> s_claim = s_who.Select(LifeCommand (who) => new LifeCommand.Claim(who));

    private static readonly Gen<LifeCommand> s_releaseClaim =
        from who in s_holder
        from wrong in Often(3)
        select (LifeCommand)new LifeCommand.ReleaseClaim(who, wrong);

    private static readonly Gen<LifeCommand> s_skip =
        from who in s_holder
        from wrong in Often(3)
        select (LifeCommand)new LifeCommand.Skip(who, wrong);

    private static readonly Gen<LifeCommand> s_note =
        from who in s_who
        from blank in Often(4)
        select (LifeCommand)new LifeCommand.Note(who, blank);

    private static readonly Gen<LifeCommand> s_assign =
        from who in s_who
        from to in s_who
        from unknown in Often(4)
        select (LifeCommand)new LifeCommand.Assign(who, to, unknown);

    private static readonly Gen<LifeCommand> s_recall = s_who.Select(LifeCommand (who) => new LifeCommand.Recall(who));

    private static readonly Gen<LifeCommand> s_wait = Gen.Frequency(
        (2, Gen.Constant(1_000L)), (5, Gen.Constant(10_000L)), (2, Gen.Constant(16 * 60_000L)), (2, Gen.Constant(25 * 3_600_000L)))
        .Select(LifeCommand (ms) => new LifeCommand.Wait(ms));

    private static readonly Gen<LifeCommand> s_release = Gen.Constant((LifeCommand)new LifeCommand.Release());

    private static readonly Gen<LifeCommand> s_report =
        from status in Gen.Frequency(
            (5, Gen.Constant(ExecutionStatus.Started)), (2, Gen.Constant(ExecutionStatus.Succeeded)), (3, Gen.Constant(ExecutionStatus.Failed)),
            (2, Gen.Constant(ExecutionStatus.Unknown)), (1, Gen.Constant(ExecutionStatus.RolledBack)))
        from other in Often(5)
        select (LifeCommand)new LifeCommand.Report(status, other);

    private static readonly Gen<LifeCommand> s_rollback =
        from who in Gen.Frequency((4, Gen.Constant(LifePeople.Supervisor)), (1, s_who))
        from blank in Often(5)
        select (LifeCommand)new LifeCommand.Rollback(who, blank);

    private static readonly Gen<LifeCommand> s_close =
        from who in Gen.Frequency((4, Gen.Constant(LifePeople.Supervisor)), (1, s_who))
        from blank in Often(3)
        select (LifeCommand)new LifeCommand.Close(who, blank);

    private static readonly Gen<LifeCommand> s_cancel = Gen.Constant((LifeCommand)new LifeCommand.Cancel());

    private static readonly Gen<LifeCommand> s_preconditions = Gen.Constant((LifeCommand)new LifeCommand.Preconditions());

    private static readonly Gen<LifeCommand> s_replace = Gen.Constant((LifeCommand)new LifeCommand.Replace());

    private static readonly Gen<long?> s_lasts = Gen.Elements<long?>(null, null, 5_000, 10_000, 60_000);

    private static readonly Gen<LifeCommand> s_line =
        from mode in Gen.Elements(LineMode.Stopped, LineMode.Stopped, LineMode.TwoPerson, LineMode.EverythingToReview)
        from begins in Gen.Elements(true, false)
        from lasts in s_lasts
        select (LifeCommand)new LifeCommand.Line(mode, begins, begins ? lasts : null);

    private static readonly Gen<LifeCommand[]> s_single = Gen.Frequency(
        (6, s_decide), (6, s_claim), (3, s_wait), (2, s_release), (3, s_report), (4, s_recall), (4, s_revise), (4, s_submit), (1, s_cancel), (1, s_preconditions),
        (2, s_releaseClaim), (1, s_skip), (2, s_note), (2, s_assign), (1, s_judge), (1, s_rollback), (2, s_close), (1, s_replace), (2, s_line)).Select(static command => new[] { command });

    private static readonly Gen<int> s_reviewer = Gen.Elements(0, 1, LifePeople.Supervisor);

    /// <summary>A claim, and somebody who does not get the decision right at once.</summary>
    private static readonly Gen<LifeCommand[]> s_clumsy =
        from who in s_reviewer
        from submit in s_submit
        from kind in Gen.Frequency((3, Gen.Constant(DecisionKind.Approve)), (2, Gen.Constant(DecisionKind.Correct)), (1, Gen.Constant(DecisionKind.Reject)))
        from tries in AnyFlaws().ArrayOf(4)
        from amount in Gen.Choose(0, LifeAmounts.Count - 1)
        select (LifeCommand[])
        [
            submit, new LifeCommand.Claim(who), .. tries.Select(flaws => new LifeCommand.Decide(kind, LifeCommand.Holder, flaws, amount)),
        ];

    /// <summary>A question to the source, and people who do not wait for the answer.</summary>
    private static readonly Gen<LifeCommand[]> s_question =
        from who in s_reviewer
        from submit in s_submit
        from impatient in Gen.OneOf(s_claim, s_decide).ArrayOf(2)
        from then in Gen.OneOf(s_revise, s_wait, s_assign)
        select (LifeCommand[])
        [
            submit, new LifeCommand.Claim(who), new LifeCommand.Decide(DecisionKind.Return, LifeCommand.Holder, Flaws.None, 0), new LifeCommand.Wait(10_000), .. impatient, then,
        ];

    private static readonly Gen<LifeCommand[]> s_halted =
        from who in s_reviewer
        from submit in s_submit
        from lasts in s_lasts
        from during in Gen.OneOf(s_decide, s_decide, s_release).ArrayOf(3)
        select (LifeCommand[])[submit, new LifeCommand.Line(LineMode.Stopped, true, lasts), new LifeCommand.Claim(who), .. during, new LifeCommand.Line(LineMode.Stopped, false)];

    /// <summary>Two people are asked for before the first decides, or after.</summary>
    private static readonly Gen<LifeCommand[]> s_doubled =
        from submit in s_submit
        from kind in Gen.Elements(DecisionKind.Approve, DecisionKind.Approve, DecisionKind.Correct)
        from amount in Gen.Choose(0, 2)
        from lasts in s_lasts
        from early in Gen.Elements(true, false)
        from then in Gen.Frequency((3, s_decide), (1, s_preconditions), (1, s_revise), (1, s_recall))
        let first = new LifeCommand[] { new LifeCommand.Claim(0), new LifeCommand.Decide(kind, 0, Flaws.None, amount) }
        let line = new LifeCommand[] { new LifeCommand.Line(LineMode.TwoPerson, true, lasts) }
        select (LifeCommand[])
        [
            submit, .. early ? line : first, .. early ? first : line, new LifeCommand.Wait(10_000), new LifeCommand.Claim(1), then,
            new LifeCommand.Decide(DecisionKind.Approve, LifeCommand.Holder, Flaws.None, 0), new LifeCommand.Wait(10_000),
        ];

    /// <summary>Nobody was in time, or the source withdrew, and not everybody has heard.</summary>
    private static readonly Gen<LifeCommand[]> s_gone =
        from submit in s_submit
        from who in s_reviewer
        from end in Gen.Elements<LifeCommand>(new LifeCommand.Cancel(), new LifeCommand.Wait(25 * 3_600_000L), new LifeCommand.Wait(16 * 60_000L))
        from late in Gen.OneOf(s_decide, s_claim, s_cancel, s_revise).ArrayOf(3)
        select (LifeCommand[])[submit, new LifeCommand.Claim(who), end, .. late];

    /// <summary>Somebody thinks better of it, or a supervisor does.</summary>
    private static readonly Gen<LifeCommand[]> s_recalled =
        from submit in s_submit
        from kind in Gen.Elements(DecisionKind.Approve, DecisionKind.Correct, DecisionKind.Reject)
        from amount in Gen.Choose(0, 2)
        from who in Gen.Elements(0, 1, LifePeople.Supervisor)
        select (LifeCommand[])[submit, new LifeCommand.Claim(0), new LifeCommand.Decide(kind, 0, Flaws.None, amount), new LifeCommand.Recall(who), new LifeCommand.Recall(who)];

    /// <summary>All the way to the source, and what it says then.</summary>
    private static readonly Gen<LifeCommand[]> s_carried =
        from submit in s_submit
        from kind in Gen.Elements(DecisionKind.Approve, DecisionKind.Correct)
        from amount in Gen.Choose(0, 2)
        from between in Gen.Frequency((5, Gen.Constant(Array.Empty<LifeCommand>())), (1, s_preconditions.ArrayOf(1)))
        from reports in Gen.Frequency((3, s_report), (1, s_rollback)).ArrayOf(6)
        from end in Gen.OneOf(s_close, s_rollback, s_report)
        select (LifeCommand[])
        [
            submit, new LifeCommand.Claim(0), new LifeCommand.Decide(kind, 0, Flaws.None, amount), .. between,
            new LifeCommand.Claim(1), new LifeCommand.Decide(DecisionKind.Approve, 1, Flaws.None, 0), new LifeCommand.Wait(10_000), .. reports, end, end,
        ];

    /// <summary>Somebody who decides before they have said what they think, and who says it twice.</summary>
    private static readonly Gen<LifeCommand[]> s_committed =
        from who in s_reviewer
        from profile in s_profile
        from early in Gen.OneOf(s_decide, s_judge)
        from then in Gen.OneOf(s_decide, s_judge).ArrayOf(3)
        select (LifeCommand[])
        [
            new LifeCommand.Submit(profile with { Verdict = Verdict.Review, CommitFirst = true }), new LifeCommand.Claim(who), early,
            new LifeCommand.Judge(DecisionKind.Approve, who, Flaws.None), .. then,
        ];

    private static Gen<bool> Often(int oneIn) => Gen.Choose(1, oneIn).Select(static n => n == 1);

    private static Gen<Flaws> AnyFlaws() => Gen.Choose(0, 99).ArrayOf(s_flawed.Length).Select(static draws =>
        draws.Select(static (draw, i) => draw < s_flawed[i] ? (Flaws)(1 << i) : Flaws.None).Aggregate(static (one, other) => one | other));

    /// <summary>Halves, then single steps left out; the submit at the head stays.</summary>
    private static IEnumerable<LifeCommand[]> Shorter(LifeCommand[] commands)
    {
        for (var size = commands.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 1; from < commands.Length; from += size)
            {
                yield return [.. commands[..from], .. commands[Math.Min(from + size, commands.Length)..]];
            }
        }
    }
}
