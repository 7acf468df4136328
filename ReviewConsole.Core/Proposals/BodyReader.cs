using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>The members of a whole submit body, and the references between its parts.</summary>
internal sealed class BodyReader
{
    private const string Known = "externalId, source, initiator, caseId, kind, title, subject, action, impact, signals, reasoning, checks, alternatives, "
        + "evidence, draft, fields, preconditions, retryOf, group, expires, deliver, tags";

    private readonly InputErrors _errors;
    private readonly ProposalLimits _limits;
    private readonly bool _revision;
    private readonly MemberReader _member;
    private readonly PartReader _part;
    private readonly DraftAndFieldReader _content;
    private readonly EvidenceReader _evidence;

    /// <param name="revision">A new revision may carry <c>answer</c>.</param>
    public BodyReader(InputErrors errors, ProposalLimits limits, bool revision = false, bool sealedForm = false)
    {
        _errors = errors;
        _limits = limits;
        _revision = revision;
        _member = new MemberReader(errors);
        _part = new PartReader(_member, limits);
        _content = new DraftAndFieldReader(_member, limits);
        _evidence = new EvidenceReader(_member, limits, sealedForm);
    }

    public IReadOnlyList<InlineBlob> Inline => _evidence.Inline;

    public string? Answer { get; private set; }

    /// <summary>One piece of evidence that stands outside its body, as it is sealed.</summary>
    public EvidenceItem Evidence(JsonElement value) => _evidence.Item(value, Place.Root);

    /// <summary>What was read. Meaningless when there are errors.</summary>
    /// <param name="evidence">Evidence that was taken out of the body; null reads the body's own.</param>
    public Proposal Read(JsonElement body, IReadOnlyList<EvidenceItem>? evidence = null)
    {
        var at = Place.Root;
        string? externalId = null, caseId = null, kind = null, title = null;
        Source? source = null;
        Initiator? initiator = null;
        Subject? subject = null;
        ProposedAction? action = null;
        Impact? impact = null;
        Reasoning? reasoning = null;
        Draft? draft = null;
        Guid? retryOf = null;
        Group? group = null;
        Expires? expires = null;
        Deliver? deliver = null;
        IReadOnlyList<Signal>? signals = null;
        IReadOnlyList<Check>? checks = null;
        IReadOnlyList<Alternative>? alternatives = null;
        IReadOnlyList<Field>? fields = null;
        IReadOnlyList<Precondition>? preconditions = null;
        IReadOnlyList<string>? tags = null;
        foreach (var m in _member.Object(body, at))
        {
            var sent = PartReader.Sent(m);
            switch (m.Name)
            {
                case "externalId": externalId = _member.Word(m, at, _limits.Ids); break;
                case "caseId": caseId = _member.Word(m, at, _limits.Ids); break;
                case "kind": kind = _member.Word(m, at, _limits.Ids); break;
                case "title": title = _member.Word(m, at, _limits.Title); break;
                case "source" when sent: source = _part.Source(m.Value, at.At(m.Name)); break;
                case "initiator" when sent: (var who, var called) = _part.Named(m.Value, at.At(m.Name)); initiator = new Initiator(who, called); break;
                case "subject" when sent: (var id, var label) = _part.Named(m.Value, at.At(m.Name)); subject = new Subject(id, label); break;
                case "action" when sent: action = _part.Action(m.Value, at.At(m.Name)); break;
                case "impact" when sent: impact = _part.Impact(m.Value, at.At(m.Name)); break;
                case "reasoning" when sent: reasoning = _part.Reasoning(m.Value, at.At(m.Name)); break;
                case "draft" when sent: draft = _content.Draft(m.Value, at.At(m.Name)); break;
                case "group" when sent: group = _part.Group(m.Value, at.At(m.Name)); break;
                case "expires" when sent: expires = _part.Expires(m.Value, at.At(m.Name)); break;
                case "deliver" when sent: deliver = _part.Deliver(m.Value, at.At(m.Name)); break;
                case "retryOf" when sent: retryOf = Review(m, at); break;
                case "signals": signals = _member.List(m, at, _limits.Signals, _part.Signal); break;
                case "checks": checks = _member.List(m, at, _limits.Checks, _part.Check); break;
                case "alternatives": alternatives = _member.List(m, at, _limits.Alternatives, _part.Alternative); break;
                case "evidence": evidence = _member.List(m, at, _limits.Evidence, _evidence.Item); break;
                case "fields": fields = _member.List(m, at, _limits.Fields, _content.Field); break;
                case "preconditions": preconditions = _member.List(m, at, _limits.Preconditions, _part.Precondition); break;
                case "tags": tags = _member.Words(m, at, _limits.Tags, _limits.Ids); break;
                case "answer" when _revision: Answer = _member.Word(m, at, _limits.Message); break;
                case "source" or "initiator" or "subject" or "action" or "impact" or "reasoning" or "draft" or "group" or "expires" or "deliver" or "retryOf": break;
                default: _member.Unknown(m, at, _revision ? Known + ", answer" : Known); break;
            }
        }

        _member.Require(body, at, "source");
        _member.Require(body, at, "action");
        CheckIds(at, signals, checks, evidence, fields, preconditions);
        return new Proposal(
            externalId, source ?? new Source(""), initiator, caseId, kind, title, subject, action ?? new ProposedAction("", default), impact, signals ?? [],
            reasoning, checks ?? [], alternatives ?? [], evidence ?? [], draft, fields, preconditions ?? [], retryOf, group, expires, deliver, tags ?? [], body);
    }

    private Guid? Review(JsonProperty m, Place at)
    {
        if (m.Value.ValueKind == JsonValueKind.String && Guid.TryParseExact(m.Value.GetString(), "D", out var id))
        {
            return id;
        }

        _errors.Invalid(at.At(m.Name), "Must be the id of a review, as its answer gave it.");
        return null;
    }

    private void CheckIds(
        Place at,
        IReadOnlyList<Signal>? signals,
        IReadOnlyList<Check>? checks,
        IReadOnlyList<EvidenceItem>? evidence,
        IReadOnlyList<Field>? fields,
        IReadOnlyList<Precondition>? preconditions)
    {
        _member.Unique(signals, at.At("signals"), "name", signal => signal.Name);
        _member.Unique(checks, at.At("checks"), "id", check => check.Id);
        _member.Unique(evidence, at.At("evidence"), "id", item => item.Id);
        _member.Unique(fields, at.At("fields"), "name", field => field.Name);
        _member.Unique(preconditions, at.At("preconditions"), "name", precondition => precondition.Name);

        for (var i = 0; i < (checks?.Count ?? 0); i++)
        {
            for (var j = 0; j < checks![i].Evidence.Count; j++)
            {
                if (!Known(checks[i].Evidence[j]))
                {
                    _errors.Invalid(at.At("checks").At(i).At("evidence").At(j), $"There is no evidence “{checks[i].Evidence[j]}” in this proposal.");
                }
            }
        }

        for (var i = 0; i < (fields?.Count ?? 0); i++)
        {
            if (fields![i].Evidence is { } id && !Known(id))
            {
                _errors.Invalid(at.At("fields").At(i).At("evidence"), $"There is no evidence “{id}” in this proposal.");
            }
        }

        // An empty id is an error that was told already.
        bool Known(string id) => id.Length == 0 || (evidence?.Any(item => item.Id == id) ?? false);
    }
}
