using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>How this person stands to this review.</summary>
internal enum Standing
{
    /// <summary>Nobody holds it.</summary>
    Free,
    Mine,
    Another,

    /// <summary>This person may look and not decide.</summary>
    Reader,
    HeldByMe,
    Held,
    Waiting,
    Ended,

    /// <summary>This person has approved or corrected it, and somebody else has to as well.</summary>
    Given,

    /// <summary>This person has escalated it and not taken it again.</summary>
    PassedOn,
}

/// <summary>What the page knows of one review at this moment: what is shown, what is on disk, what this person may do and has written.</summary>
public sealed class Workspace
{
    // What was shown when the page was opened; the state beside it goes on.
    private readonly string _shown;

    internal Workspace(ReviewModel review, ReviewDetail detail, PersonActor? me, PeopleDirectory people)
    {
        _shown = detail.State.EffectiveDigest;
        (Review, Detail, Me, People, Form) = (review, detail, me, people, new DecisionForm(review));
    }

    /// <summary>The revision on the screen; the one on disk may be newer.</summary>
    internal ReviewModel Review { get; }

    internal ReviewDetail Detail { get; set; }

    internal ReviewState State => Detail.State;

    /// <summary>What this person's own edits come to; null while there are none that could run.</summary>
    internal Correction? Edited { get; set; }

    /// <summary>What would run as things stand: as this person has edited it, after a decision as it was decided, else as shown.</summary>
    internal ReviewModel Runs
    {
        get
        {
            if (Detail.Content is not { } content || content.Revision != Review.Revision || (Edited is null && !IsDecided))
            {
                return Review;
            }
            object of = Edited is { } edited ? edited : content;
            if (!ReferenceEquals(_runs.Of, of))
            {
                _runs = (of, Review.Running(Edited is null ? content : content with { Correction = Edited }));
            }
            return _runs.Model!;
        }
    }

    // Nothing is edited any more, and what is shown follows without being asked for: it is decided, or it is this person's own correction that waits for others.
    private bool IsDecided => !Detail.Withheld && (IsOwnCorrection || State.Status is not (ReviewStatus.Pending or ReviewStatus.WaitingOnSource));

    private (object? Of, ReviewModel? Model) _runs;

    internal PersonActor? Me { get; set; }

    internal PeopleDirectory People { get; }

    internal DecisionForm Form { get; }

    internal IReadOnlyList<DecisionOption> Options { get; set; } = [];

    internal IReadOnlyDictionary<string, long> Seen { get; set; } = new Dictionary<string, long>();

    /// <summary>The modes of lines that cover the review now.</summary>
    internal LineState Line { get; set; } = LineState.Running;

    /// <summary>How many people an approval or a correction needs: as was judged, and as its line asks for now.</summary>
    internal int Approvals => Math.Max(State.Gate.Approvals, ByLine);

    /// <summary>A held approval that will be the first of several when its hold is over.</summary>
    internal bool AsksSecond => State.Held is { Decision: DecisionKind.Approve or DecisionKind.Correct } && State.Approvals.Count < ByLine;

    /// <summary>How many people have to approve after this one, were they to decide so now.</summary>
    internal int AfterYours(DecisionKind decision)
    {
        if (decision is not (DecisionKind.Approve or DecisionKind.Correct))
        {
            return 0;
        }
        var corrects = decision == DecisionKind.Correct;
        var notBy = State.Gate.NotBy | (Detail.Content?.Judged.NotBy ?? NotBy.Nobody);
        var more = corrects && State.CorrectionSeq is null && notBy.HasFlag(NotBy.Editor) ? 1 : 0;
        var needed = Math.Max(Line.Approvals(corrects || State.CorrectionSeq is not null, notBy), State.Gate.Approvals + more);
        return Math.Max(0, needed - (corrects ? 1 : State.Approvals.Count + 1));
    }

    /// <summary>What this person has approved or corrected, while others still have to; null where they have not.</summary>
    internal Approval? Given => State.Approvals.LastOrDefault(approval => approval.By == Me?.Id);

    /// <summary>True when the approvals are about this person's own correction.</summary>
    internal bool IsOwnCorrection => State.CorrectionSeq is { } seq && Given?.Seq == seq;

    /// <summary>What this person decided last about this revision and nobody took back: no recall, and no world that became another one.</summary>
    internal DecisionKind? LastDecision => Detail.Timeline.LastOrDefault(entry => entry.Revision == State.Revision && entry.By == Me?.Id && Stands(entry)) is { Event: Decided decided } ? decided.Decision : null;

    /// <summary>The last question to the source and what it answered, once it has: with words, or with a new revision alone.</summary>
    internal (string Question, string? Answer)? Exchange
    {
        get
        {
            if (State.Status is not (ReviewStatus.Pending or ReviewStatus.Held)
                || Detail.Timeline.LastOrDefault(entry => entry.Event is Decided { Decision: DecisionKind.Return }) is not { } asked
                || asked.Texts.GetValueOrDefault(SealedNames.Message) is not { } question)
            {
                return null;
            }
            var answered = Detail.Timeline.LastOrDefault(entry => entry.Event is Answered answer && answer.Question == asked.Seq);
            var sent = Detail.Timeline.Any(entry => entry.Seq > asked.Seq && entry.Event is Returned);
            return answered is not null || (sent && State.Revision > asked.Revision) ? (question, answered?.Texts.GetValueOrDefault(SealedNames.Answer)) : null;
        }
    }

    // Asked of the state where it says so: a second reader's timeline is without recalls.
    private bool Stands(TimelineEntry entry) => entry.Event switch
    {
        Decided { Decision: DecisionKind.Escalate } => true,
        Decided { Decision: DecisionKind.Approve or DecisionKind.Correct } => State.Approvals.Any(approval => approval.Seq == entry.Seq),
        Decided { Decision: not null } => State.Held?.Seq == entry.Seq
            || Detail.Timeline.Any(later => later.Event is Returned returned && returned.Decision == entry.Seq || later.Event is OutcomeReleased released && released.Decisions.Contains(entry.Seq)),
        _ => false,
    };

    private bool HasPassedOn => State.Escalation is { } escalation && escalation.By == Me?.Id
        && !Detail.Timeline.Any(entry => entry.Seq > escalation.Seq && entry.By == Me?.Id && entry.Event is Claimed);

    private int ByLine => Line.Approvals(State.CorrectionSeq is not null, State.Gate.NotBy | (Detail.Content?.Judged.NotBy ?? NotBy.Nobody));

    /// <summary>What people decided of the same action before; null until it was read.</summary>
    internal IReadOnlyList<Precedent>? Precedents { get; set; }

    internal bool PrecedentsFailed { get; set; }

    /// <summary>What was paid before to the same payee or about the same subject; null until it was read.</summary>
    internal IReadOnlyList<EarlierPayments>? Payments { get; set; }

    internal bool PaymentsFailed { get; set; }

    /// <summary>Where it stands among all open reviews by due time, and how many there are; null until it was read.</summary>
    internal (int Number, int Of)? Place { get; set; }

    /// <summary>Who can be spoken to in a note.</summary>
    internal IReadOnlyList<Person> Colleagues { get; set; } = [];

    /// <summary>The newest note that asks this person, while they have not written since.</summary>
    internal TimelineEntry? Asked => !State.IsOpen ? null : Detail.Timeline.LastOrDefault(entry => entry.Event is Noted note && (entry.By == Me?.Id || (note.Asks && note.Mentions.Contains(Me?.Id ?? ""))))
        is { } last && last.By != Me?.Id ? last : null;

    /// <summary>Unix ms of the last read.</summary>
    internal long Now { get; set; }

    /// <summary>When the draft was last kept on the server, Unix ms.</summary>
    internal long? SavedAt { get; set; }

    /// <summary>True when a decision now would be about something else than what is shown: nobody decides what they do not see.</summary>
    internal bool IsStale => State.Revision != Review.Revision || IsOtherAction;

    /// <summary>True when somebody else has corrected the action since it was shown, or a correction that is shown was taken back.</summary>
    internal bool IsOtherAction => State.Revision == Review.Revision && State.Status == ReviewStatus.Pending && State.EffectiveDigest != _shown && !IsOwnCorrection;

    internal Standing Standing => State.Status switch
    {
        ReviewStatus.Held => State.Held?.By == Me?.Id ? Standing.HeldByMe : Standing.Held,
        ReviewStatus.WaitingOnSource => Standing.Waiting,
        ReviewStatus.Pending when Me?.May(Permission.ReviewsDecide) != true => Standing.Reader,
        ReviewStatus.Pending when !State.IsClaimed(Now) => Given is not null ? Standing.Given : HasPassedOn ? Standing.PassedOn : Standing.Free,
        ReviewStatus.Pending => State.Claim!.By == Me?.Id ? Standing.Mine : Standing.Another,
        _ => Standing.Ended,
    };

    /// <summary>True where a claim is all that this person lacks.</summary>
    internal bool MayBeClaimed => Standing is Standing.Free or Standing.PassedOn;

    /// <summary>Skills that it asks for and this person does not have: they read it.</summary>
    internal IReadOnlyList<string> Lacks => Skill.Missing(State.Gate.Skills, Me?.Skills);

    internal DecisionOption? OptionOf(DecisionKind decision) => Options.FirstOrDefault(o => o.Decision == decision);

    /// <summary>The name of a person by pseudonym; rules and sources are named by their id.</summary>
    internal string NameOf(string id) => id == Me?.Id ? Me.Name : People.Person(id)?.Name ?? (IsKey(id) ? Review.Proposal.Source.System : id);

    // Keys are named k3: what people know is the system that speaks with it.
    private static bool IsKey(string id) => id.Length > 1 && id[0] == 'k' && id.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Which panes get the room: scan and fields, draft, or evidence.</summary>
    internal string? Layout => Review.Fields.Count > 0 && Review.Evidence.Any(e => e.IsScan) ? "extraction" : Review.Proposal.Draft is not null ? "draft" : null;
}
