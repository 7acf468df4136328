using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReviewConsole.Client;

/// <summary>
/// What a source asks leave to do: the body of <c>POST /api/v1/reviews</c>. Only <see cref="Source"/> and <see cref="Action"/> are required; members that are
/// null are not sent. The console refuses members it does not know, so a misspelt safety flag can never vanish silently.
/// </summary>
public sealed record ReviewRequest
{
    /// <summary>The calling system and its agent. <c>Source.System</c> must be one of the systems of the API key.</summary>
    public required Source Source { get; init; }

    /// <summary>The one action that will run if it is approved.</summary>
    public required ProposedAction Action { get; init; }

    /// <summary>The source's own id, unique for it; a second submit with the same id and another body is refused with <c>external-id-taken</c>. At most 200 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The person behind the agent, if any. That person may neither approve nor correct (four eyes).</summary>
    public Party? Initiator { get; init; }

    /// <summary>Several reviews of one business case share a timeline.</summary>
    public string? CaseId { get; init; }

    /// <summary><c>email</c>, <c>refund</c>, <c>accountChange</c>, <c>deployment</c>, <c>extraction</c>, <c>agentDecision</c> or any other word.</summary>
    public string? Kind { get; init; }

    /// <summary>What the agent says about its action; shown as such, never the thing approved. At most 300 characters.</summary>
    public string? Title { get; init; }

    /// <summary>Whom or what the action is about.</summary>
    public Party? Subject { get; init; }

    /// <summary>What happens on approval. The console derives what it can from the arguments; the stricter value counts.</summary>
    public Impact? Impact { get; init; }

    /// <summary>Confidence values between 0 and 1, at most 20.</summary>
    public IReadOnlyList<Signal>? Signals { get; init; }

    /// <summary>Why the agent proposes this.</summary>
    public Reasoning? Reasoning { get; init; }

    /// <summary>Checks that the source made itself, at most 100.</summary>
    public IReadOnlyList<Check>? Checks { get; init; }

    /// <summary>Other actions a reviewer may choose instead.</summary>
    public IReadOnlyList<Alternative>? Alternatives { get; init; }

    /// <summary>What the reviewer needs to judge the action, at most 50 pieces.</summary>
    public IReadOnlyList<Evidence>? Evidence { get; init; }

    /// <summary>A text that the action sends or stores; part of the action digest.</summary>
    public Draft? Draft { get; init; }

    /// <summary>Values read from a document; part of the action digest. At most 300.</summary>
    public IReadOnlyList<Field>? Fields { get; init; }

    /// <summary>Versions of the things the action rests on; report a change with <see cref="ReviewConsoleClient.ReportPreconditionsAsync"/>.</summary>
    public IReadOnlyList<Precondition>? Preconditions { get; init; }

    /// <summary>A rejected or failed review that this one replaces.</summary>
    public string? RetryOf { get; init; }

    /// <summary>Reviews that must be answered together.</summary>
    public Group? Group { get; init; }

    /// <summary>When the review lapses, and what then happens; capped by the policy.</summary>
    public Expiry? Expires { get; init; }

    /// <summary>Which registered endpoint gets the outcome.</summary>
    public Delivery? Deliver { get; init; }

    /// <summary>Free words for filters, at most 20.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Replies to a reviewer's question; only with <see cref="ReviewConsoleClient.ReviseAsync"/>.</summary>
    public string? Answer { get; init; }

    /// <summary>Members of your own whose names begin with <c>x-</c>: kept and ignored.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }

    /// <summary>The digest that binds a decision to exactly this action, draft and fields: <c>sha256:</c> and 64 hex digits.</summary>
    /// <exception cref="CanonicalJsonException">The action holds a number that RFC 8785 cannot carry; send it as a string.</exception>
    public string Digest() => ActionDigest.Of(Action, Draft, Fields?.Select(static f => new EffectiveField(f.Name, f.Value)).ToArray());
}

/// <summary>The calling system.</summary>
/// <param name="System">The system's name, one of those the API key may speak for.</param>
public sealed record Source(string System)
{
    /// <summary>The model or agent within the system.</summary>
    public string? Agent { get; init; }

    /// <summary>The agent's version.</summary>
    public string? Version { get; init; }

    /// <summary>The run in which this was proposed.</summary>
    public string? RunId { get; init; }
}

/// <summary>A person, customer, account or thing.</summary>
/// <param name="Id">Stable id; for an initiator the e-mail address or subject of the person.</param>
/// <param name="Label">What people call it.</param>
public sealed record Party(string Id, string? Label = null);

/// <summary>One tool call.</summary>
/// <param name="Name">The tool's name; a reviewer can never change it.</param>
/// <param name="Arguments">A JSON object, exactly as the tool takes it.</param>
public sealed record ProposedAction(string Name, JsonElement Arguments)
{
    /// <summary>A JSON Schema of the arguments, for the reviewer's editor.</summary>
    public JsonElement? ArgumentsSchema { get; init; }

    /// <summary>Makes an action from an object, for instance an anonymous one; member names are written as they are.</summary>
    public static ProposedAction Of(string name, object arguments) => new(name, Wire.Element(arguments));
}

/// <summary>What the source declares about consequences.</summary>
public sealed record Impact
{
    /// <summary>Money at stake.</summary>
    public Amount? Amount { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public bool? Reversible { get; init; }

    /// <summary>Whether somebody outside notices.</summary>
    public bool? ExternallyVisible { get; init; }

    /// <summary>Whether it has legal weight.</summary>
    public bool? LegallySensitive { get; init; }

    /// <summary>Whether a mistake costs trust.</summary>
    public bool? AffectsTrust { get; init; }

    /// <summary>Markdown: what happens on approval, and if it is wrong.</summary>
    public string? Consequence { get; init; }
}

/// <summary>Money as a decimal string, for instance <c>"1250.00"</c>, and an ISO 4217 currency.</summary>
/// <param name="Value">The amount, a decimal string.</param>
/// <param name="Currency">Three letters.</param>
public sealed record Amount(string Value, string Currency);

/// <summary>A confidence value.</summary>
/// <param name="Name">What measured, for instance <c>model</c> or <c>self-consistency</c>.</param>
/// <param name="Value">0 to 1.</param>
/// <param name="Basis">How it was made.</param>
public sealed record Signal(string Name, double Value, string? Basis = null);

/// <summary>Why the agent proposes this.</summary>
/// <param name="Summary">Markdown.</param>
/// <param name="SafeToShow">False: stored sealed and never rendered.</param>
public sealed record Reasoning(string Summary, bool SafeToShow = true);

/// <summary>A check that the source made.</summary>
/// <param name="Id">Unique in the review; ids beginning with <c>console:</c> belong to the console.</param>
/// <param name="Name">What was checked.</param>
/// <param name="Result">How it went.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Evidence">Ids of the evidence it rests on.</param>
public sealed record Check(string Id, string Name, CheckResult Result, string? Detail = null, IReadOnlyList<string>? Evidence = null);

/// <summary>How a check went.</summary>
public enum CheckResult
{
    /// <summary>The check was not made.</summary>
    NotRun,

    /// <summary>All is well.</summary>
    Pass,

    /// <summary>To be looked at.</summary>
    Warn,

    /// <summary>Broken: whoever approves at medium or high risk must acknowledge it by name.</summary>
    Fail,
}

/// <summary>Another action that a reviewer may choose; choosing it is a rejection with <c>retry</c> and a suggested action.</summary>
/// <param name="Action">The other action.</param>
/// <param name="Why">Why it may be better.</param>
public sealed record Alternative(ProposedAction Action, string? Why = null);

/// <summary>A text that the action sends or stores.</summary>
/// <param name="Format"><c>text</c>, <c>markdown</c>, <c>html</c>, <c>json</c> or <c>yaml</c>.</param>
/// <param name="Content">The text.</param>
public sealed record Draft(string Format, string Content)
{
    /// <summary>What was there before, or the template: shown as a difference, not part of the digest.</summary>
    public string? Baseline { get; init; }

    /// <summary>Where it goes, an object such as <c>{to, subject}</c>; part of the digest.</summary>
    public JsonElement? Target { get; init; }

    /// <summary>The same draft with its target made from an object.</summary>
    public Draft To(object target) => this with { Target = Wire.Element(target) };
}

/// <summary>A value read from a document.</summary>
/// <param name="Name">Unique in the review.</param>
/// <param name="Type">For instance <c>text</c>, <c>money</c>, <c>date</c>, <c>number</c>.</param>
public sealed record Field(string Name, string Type)
{
    /// <summary>What people call it.</summary>
    public string? Label { get; init; }

    /// <summary>Any JSON value; null when nothing was found.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether the action needs it.</summary>
    public bool? Required { get; init; }

    /// <summary>Id of the evidence it was read from.</summary>
    public string? Evidence { get; init; }

    /// <summary>1-based page of a PDF.</summary>
    public int? Page { get; init; }

    /// <summary><c>[x, y, width, height]</c>: pixels of the image as uploaded; for PDF points from the top left of the page.</summary>
    public IReadOnlyList<double>? Box { get; init; }
}

/// <summary>The version of something the action rests on.</summary>
/// <param name="Name">Unique in the review.</param>
/// <param name="Fingerprint">Changes when the thing changes.</param>
public sealed record Precondition(string Name, string Fingerprint);

/// <summary>Reviews that must be answered together.</summary>
/// <param name="Id">The group.</param>
/// <param name="Size">How many it has.</param>
public sealed record Group(string Id, int Size);

/// <summary>When a review lapses.</summary>
/// <param name="At">In the future; capped by the policy.</param>
/// <param name="Outcome"><c>reject</c>, <c>escalate</c> or <c>cancel</c>.</param>
public sealed record Expiry(DateTimeOffset? At = null, string? Outcome = null);

/// <summary>Which registered endpoint gets the outcome.</summary>
/// <param name="Webhook">The endpoint's name.</param>
/// <param name="Dialect">The shape of the answer; <c>native</c> by default.</param>
public sealed record Delivery(string Webhook, string? Dialect = null);
