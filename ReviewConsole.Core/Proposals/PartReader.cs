using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// The small parts of a proposal: source, initiator, subject, action, impact, signals, reasoning, checks, alternatives, preconditions, group,
/// expiry, delivery. Shapes are those of WIRE.md §1.
/// </summary>
internal sealed class PartReader(MemberReader member, ProposalLimits limits)
{
    private readonly InputErrors _errors = member.Errors;

    public Source Source(JsonElement value, Place at)
    {
        string? system = null, agent = null, version = null, runId = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "system": system = member.Word(m, at, limits.Ids); break;
                case "agent": agent = member.Text(m, at, limits.Ids); break;
                case "version": version = member.Text(m, at, limits.Ids); break;
                case "runId": runId = member.Text(m, at, limits.Ids); break;
                default: member.Unknown(m, at, "system, agent, version, runId"); break;
            }
        }

        member.Require(value, at, "system");
        return new Source(system ?? "", agent, version, runId);
    }

    public (string? Id, string? Label) Named(JsonElement value, Place at)
    {
        string? id = null, label = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "id": id = member.Word(m, at, limits.Ids); break;
                case "label": label = member.Text(m, at, limits.Title); break;
                default: member.Unknown(m, at, "id, label"); break;
            }
        }

        return (id, label);
    }

    public ProposedAction Action(JsonElement value, Place at)
    {
        string? name = null;
        JsonElement? arguments = null, schema = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "name": name = member.Word(m, at, limits.Ids); break;
                case "arguments": arguments = member.FreeObject(m, at); break;
                case "argumentsSchema": schema = member.FreeObject(m, at); break;
                default: member.Unknown(m, at, "name, arguments, argumentsSchema"); break;
            }
        }

        member.Require(value, at, "name");
        member.Require(value, at, "arguments");
        return new ProposedAction(name ?? "", arguments ?? default, schema);
    }

    public Impact Impact(JsonElement value, Place at)
    {
        Amount? amount = null;
        bool? reversible = null, visible = null, legal = null, trust = null;
        string? consequence = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "amount": amount = Sent(m) ? Amount(m.Value, at.At(m.Name)) : null; break;
                case "reversible": reversible = member.Flag(m, at); break;
                case "externallyVisible": visible = member.Flag(m, at); break;
                case "legallySensitive": legal = member.Flag(m, at); break;
                case "affectsTrust": trust = member.Flag(m, at); break;
                case "consequence": consequence = member.Text(m, at); break;
                default:
                    member.Unknown(m, at, "amount, reversible, externallyVisible, legallySensitive, affectsTrust, consequence");
                    break;
            }
        }

        return new Impact(amount, reversible, visible, legal, trust, consequence);
    }

    public Signal Signal(JsonElement value, Place at)
    {
        string? name = null, basis = null;
        decimal? share = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "name": name = member.Word(m, at, limits.Ids); break;
                case "value": share = member.Share(m, at); break;
                case "basis": basis = member.Text(m, at); break;
                default: member.Unknown(m, at, "name, value, basis"); break;
            }
        }

        member.Require(value, at, "name");
        member.Require(value, at, "value");
        return new Signal(name ?? "", share ?? 0, basis);
    }

    public Reasoning Reasoning(JsonElement value, Place at)
    {
        string? summary = null;
        bool? safe = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "summary": summary = member.Text(m, at); break;
                case "safeToShow": safe = member.Flag(m, at); break;
                default: member.Unknown(m, at, "summary, safeToShow"); break;
            }
        }

        return new Reasoning(summary, safe);
    }

    public Check Check(JsonElement value, Place at)
    {
        string? id = null, name = null, detail = null;
        CheckResult? result = null;
        List<string>? evidence = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "id": id = member.Word(m, at, limits.Ids); break;
                case "name": name = member.Word(m, at, limits.Title); break;
                case "result": result = member.Choice(m, at, WireNames.CheckResults); break;
                case "detail": detail = member.Text(m, at); break;
                case "evidence": evidence = member.Words(m, at, limits.Evidence, limits.Ids); break;
                default: member.Unknown(m, at, "id, name, result, detail, evidence"); break;
            }
        }

        member.Require(value, at, "id");
        member.Require(value, at, "name");
        member.Require(value, at, "result");
        if (id is not null && Proposals.Check.IsReserved(id))
        {
            _errors.Invalid(at.At("id"), "Ids “evidence”, “evidence:…” and “console:…” belong to the console's own checks; choose another.");
        }

        return new Check(id ?? "", name ?? "", result ?? CheckResult.NotRun, detail, evidence ?? []);
    }

    public Alternative Alternative(JsonElement value, Place at)
    {
        ProposedAction? action = null;
        string? why = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "action": action = Sent(m) ? Action(m.Value, at.At(m.Name)) : null; break;
                case "why": why = member.Text(m, at); break;
                default: member.Unknown(m, at, "action, why"); break;
            }
        }

        member.Require(value, at, "action");
        return new Alternative(action ?? new ProposedAction("", default), why);
    }

    public Precondition Precondition(JsonElement value, Place at)
    {
        string? name = null, fingerprint = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "name": name = member.Word(m, at, limits.Ids); break;
                case "fingerprint": fingerprint = member.Word(m, at, limits.Message); break;
                default: member.Unknown(m, at, "name, fingerprint"); break;
            }
        }

        member.Require(value, at, "name");
        member.Require(value, at, "fingerprint");
        return new Precondition(name ?? "", fingerprint ?? "");
    }

    public Group Group(JsonElement value, Place at)
    {
        string? id = null;
        int? size = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "id": id = member.Word(m, at, limits.Ids); break;
                case "size": size = member.Whole(m, at, 1); break;
                default: member.Unknown(m, at, "id, size"); break;
            }
        }

        member.Require(value, at, "id");
        member.Require(value, at, "size");
        if (size > 1)
        {
            _errors.NotSupported(at.At("size"), "Groups of more than one are not built yet; send each proposal for itself.");
        }

        return new Group(id ?? "", size ?? 1);
    }

    public Expires Expires(JsonElement value, Place at)
    {
        long? time = null;
        ExpiryOutcome? outcome = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "at": time = member.Time(m, at); break;
                case "outcome": outcome = member.Choice(m, at, WireNames.ExpiryOutcomes); break;
                default: member.Unknown(m, at, "at, outcome"); break;
            }
        }

        return new Expires(time, outcome);
    }

    public Deliver Deliver(JsonElement value, Place at)
    {
        string? webhook = null, dialect = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "webhook": webhook = member.Word(m, at, limits.Ids); break;
                case "dialect": dialect = member.Word(m, at, limits.Ids); break;
                default: member.Unknown(m, at, "webhook, dialect"); break;
            }
        }

        if (dialect is not (null or "native"))
        {
            _errors.NotSupported(at.At("dialect"), "Only the dialect “native” is built yet.");
        }

        return new Deliver(webhook, dialect);
    }

    /// <summary>Not null: a null part was not sent.</summary>
    public static bool Sent(JsonProperty m) => m.Value.ValueKind != JsonValueKind.Null;

    private Amount Amount(JsonElement value, Place at)
    {
        string? number = null, currency = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "value" when m.Value.ValueKind == JsonValueKind.String && IsMoney(m.Value.GetString()): number = m.Value.GetString(); break;
                case "value" when Sent(m): _errors.Invalid(at.At(m.Name), "Must be money as a decimal string, like \"1250.00\"."); break;
                case "currency" when m.Value.ValueKind == JsonValueKind.String && IsCurrency(m.Value.GetString()): currency = m.Value.GetString(); break;
                case "currency" when Sent(m): _errors.Invalid(at.At(m.Name), "Must be a currency code of three capital letters, like USD."); break;
                case "value" or "currency": break;
                default: member.Unknown(m, at, "value, currency"); break;
            }
        }

        member.Require(value, at, "value");
        member.Require(value, at, "currency");
        return new Amount(number ?? "0", currency ?? "");
    }

    /// <summary>An optional minus, 1 to 18 digits, and 1 to 8 decimals after a point: what a decimal holds exactly.</summary>
    public static bool IsMoney(ReadOnlySpan<char> text)
    {
        text = text is ['-', .. var positive] ? positive : text;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? "0" : text[(point + 1)..];
        return whole.Length is >= 1 and <= 18 && decimals.Length is >= 1 and <= 8
            && !whole.ContainsAnyExceptInRange('0', '9') && !decimals.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Three capital letters, as ISO 4217 has them.</summary>
    public static bool IsCurrency(ReadOnlySpan<char> text) => text.Length == 3 && !text.ContainsAnyExceptInRange('A', 'Z');
}
