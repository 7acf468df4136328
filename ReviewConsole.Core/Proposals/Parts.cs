using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>The calling AI system.</summary>
internal sealed record Source(string System, string? Agent = null, string? Version = null, string? RunId = null);

/// <summary>The person behind the agent, who may not approve.</summary>
internal sealed record Initiator(string? Id, string? Label = null);

/// <summary>Whom or what the action is about.</summary>
internal sealed record Subject(string? Id, string? Label = null);

/// <summary><paramref name="Arguments"/> is always a JSON object; the schema is carried as sent.</summary>
internal sealed record ProposedAction(string Name, JsonElement Arguments, JsonElement? ArgumentsSchema = null);

/// <summary>What the source declares about the effect. A null flag was not declared.</summary>
internal sealed record Impact(
    Amount? Amount, bool? Reversible, bool? ExternallyVisible, bool? LegallySensitive, bool? AffectsTrust, string? Consequence)
{
    public Impact WithoutAmount() => this with { Amount = null };
}

/// <summary>Money: <paramref name="Value"/> is a decimal string as sent, <paramref name="Currency"/> an ISO 4217 code.</summary>
internal sealed record Amount(string Value, string Currency)
{
    public decimal Number => decimal.Parse(Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}

/// <summary>A measure of certainty from 0 to 1, with what it rests on.</summary>
internal sealed record Signal(string Name, decimal Value, string? Basis = null);

/// <summary>The AI's own account. Shown only where the source said that it may be.</summary>
internal sealed record Reasoning(string? Summary, bool? SafeToShow)
{
    /// <summary>Silence does not publish: only an explicit true lets the summary be rendered.</summary>
    public bool MayBeShown => SafeToShow == true;
}

public enum CheckResult
{
    Pass,
    Warn,
    Fail,
    NotRun,
}

/// <summary>
/// A check that was made, by the source or by the console. Ids of our own: <c>console:&lt;name&gt;</c>, <c>evidence:&lt;id&gt;</c>, <c>evidence</c>.
/// </summary>
internal sealed record Check(string Id, string Name, CheckResult Result, string? Detail, IReadOnlyList<string> Evidence)
{
    /// <summary>True for "checked here", false for "reported by the source".</summary>
    public bool IsConsole => IsReserved(Id);

    public static bool IsReserved(string id) =>
        id == "evidence" || id.StartsWith("console:", StringComparison.Ordinal) || id.StartsWith("evidence:", StringComparison.Ordinal);
}

internal sealed record Alternative(ProposedAction Action, string? Why);

/// <summary>The world as the source saw it: a fingerprint that must still hold when the action runs.</summary>
internal sealed record Precondition(string Name, string Fingerprint);

internal sealed record Group(string Id, int Size);

internal enum ExpiryOutcome
{
    Reject,
    Escalate,
    Cancel,
}

/// <summary>When the source wants the review to end by itself (Unix ms UTC) and how. Either may be missing.</summary>
internal sealed record Expires(long? At, ExpiryOutcome? Outcome);

/// <summary>Where the outcome goes: the name of a registered endpoint, and the shape (only <c>native</c>).</summary>
internal sealed record Deliver(string? Webhook, string? Dialect);
