using System.Globalization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>Writes what <see cref="SealedGate"/> reads. A test holds it against the general canonicaliser.</summary>
internal static class SealedGateWriter
{
    public static void Write(CanonicalJsonWriter writer, GateResult gate)
    {
        writer.Raw("{"u8);
        if (gate.Amount is { } amount)
        {
            writer.Raw("\"amount\":{\"currency\":"u8);
            writer.Text(amount.Currency);
            writer.Raw(",\"value\":"u8);
            writer.Text(amount.Value);
            writer.Raw("},"u8);
        }

        Number(writer, "\"approvals\":"u8, gate.Approvals);
        Flag(writer, ",\"auditSample\":"u8, gate.AuditSample);
        if (gate.Automated.Count > 0)
        {
            writer.Raw(",\"automated\":"u8);
            List(writer, gate.Automated, static (to, rule) => to.Text(rule));
        }

        Number(writer, ",\"claimMinutes\":"u8, gate.ClaimMinutes);
        Flag(writer, ",\"commitFirst\":"u8, gate.CommitFirst);
        writer.Raw(",\"consoleChecks\":"u8);
        List(writer, gate.ConsoleChecks, Check);
        if (gate.DemandedEvidence.Count > 0)
        {
            writer.Raw(",\"demandedEvidence\":"u8);
            List(writer, gate.DemandedEvidence, static (to, id) => to.Text(id));
        }

        Number(writer, ",\"dueMinutes\":"u8, gate.DueMinutes);
        Number(writer, ",\"expiresAt\":"u8, gate.ExpiresAt);
        Number(writer, ",\"expiryOutcome\":"u8, (int)gate.ExpiryOutcome);
        writer.Raw(",\"facts\":"u8);
        Facts(writer, gate.Facts);
        Number(writer, ",\"holdSeconds\":"u8, gate.HoldSeconds);
        Text(writer, ",\"kind\":"u8, gate.Kind);
        Text(writer, ",\"message\":"u8, gate.Message);
        if (gate.NotBy != NotBy.Nobody)
        {
            Number(writer, ",\"notBy\":"u8, (int)gate.NotBy);
        }

        Text(writer, ",\"policy\":{\"digest\":"u8, gate.Policy.Digest);
        Text(writer, ",\"name\":"u8, gate.Policy.Name);
        Number(writer, ",\"version\":"u8, gate.Policy.Version);
        Text(writer, "},\"queue\":"u8, gate.Queue);
        if (gate.RationaleMinimum > 0)
        {
            Number(writer, ",\"rationaleMinimum\":"u8, gate.RationaleMinimum);
        }

        if (gate.ReasonCodes.Count > 0)
        {
            Codes(writer, gate.ReasonCodes);
        }

        writer.Raw(",\"reasons\":"u8);
        List(writer, gate.Reasons, static (to, reason) => to.Text(reason));
        Text(writer, ",\"recipient\":"u8, gate.Recipient);
        writer.Raw(",\"requiredEvidence\":"u8);
        List(writer, gate.RequiredEvidence, static (to, id) => to.Text(id));
        Number(writer, ",\"risk\":"u8, (int)gate.Risk);
        if (gate.RuleCount > Core.Gate.Gate.MostTraced)
        {
            Number(writer, ",\"ruleCount\":"u8, gate.RuleCount);
        }

        writer.Raw(",\"selfReported\":"u8);
        List(writer, gate.SelfReported, static (to, reason) => to.Text(reason));
        if (gate.Skills is { } skills)
        {
            writer.Raw(",\"skills\":"u8);
            List(writer, skills, static (to, skill) => to.Text(skill));
        }

        Text(writer, ",\"subject\":"u8, gate.Subject);
        writer.Raw(",\"trace\":"u8);
        List(writer, gate.Trace, Rule);
        Number(writer, ",\"validMinutes\":"u8, gate.ValidMinutes);
        Number(writer, ",\"verdict\":"u8, (int)gate.Verdict);
        writer.Raw("}"u8);
    }

    private static void Codes(CanonicalJsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> byDecision)
    {
        writer.Raw(",\"reasonCodes\":"u8);
        var between = "{"u8;
        foreach (var (decision, codes) in byDecision.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            writer.Raw(between);
            writer.Text(decision);
            writer.Raw(":"u8);
            List(writer, codes, static (to, code) => to.Text(code));
            between = ","u8;
        }

        writer.Raw("}"u8);
    }

    private static void Check(CanonicalJsonWriter writer, Check check)
    {
        writer.Raw("{"u8);
        if (check.Detail is { } detail)
        {
            Text(writer, "\"detail\":"u8, detail);
            writer.Raw(","u8);
        }

        writer.Raw("\"evidence\":"u8);
        List(writer, check.Evidence, static (to, id) => to.Text(id));
        Text(writer, ",\"id\":"u8, check.Id);
        Text(writer, ",\"name\":"u8, check.Name);
        Number(writer, ",\"result\":"u8, (int)check.Result);
        writer.Raw("}"u8);
    }

    private static void Facts(CanonicalJsonWriter writer, Facts facts)
    {
        writer.Raw("{"u8);
        if (facts.Calibrated.Count > 0)
        {
            Calibrated(writer, facts);
            writer.Raw(","u8);
        }

        if (facts.Changed is { } changed)
        {
            writer.Raw("\"changed\":"u8);
            List<string>(writer, [.. changed.Order(StringComparer.Ordinal)], static (to, name) => to.Text(name));
            writer.Raw(","u8);
        }

        writer.Raw("\"commitFirstDraw\":"u8);
        Share(writer, facts.CommitFirstDraw);
        if (facts.Demoted.Count > 0)
        {
            writer.Raw(",\"demoted\":"u8);
            List<string>(writer, [.. facts.Demoted.Order(StringComparer.Ordinal)], static (to, rule) => to.Text(rule));
        }

        Line(writer, ",\"everythingToReview\":"u8, facts.EverythingToReview);
        Flag(writer, ",\"lineStopped\":"u8, facts.LineStopped);
        Number(writer, ",\"now\":"u8, facts.Now);
        Flag(writer, ",\"reviewedBefore\":"u8, facts.ReviewedBefore);
        writer.Raw(",\"sampleDraw\":"u8);
        Share(writer, facts.SampleDraw ?? throw new InvalidOperationException("Nobody has drawn for this: it was a mere question, and those are not kept."));
        Line(writer, ",\"twoPerson\":"u8, facts.TwoPerson);
        writer.Raw(",\"unshowable\":"u8);
        List<string>(writer, facts.Unshowable.Count == 0 ? [] : [.. facts.Unshowable.Order(StringComparer.Ordinal)], static (to, id) => to.Text(id));
        if (facts.Windows.Count > 0)
        {
            Windows(writer, facts);
        }

        writer.Raw("}"u8);
    }

    private static void Calibrated(CanonicalJsonWriter writer, Facts facts)
    {
        writer.Raw("\"calibrated\":"u8);
        var between = "{"u8;
        foreach (var (signal, fact) in facts.Calibrated.OrderBy(static known => known.Key, StringComparer.Ordinal))
        {
            writer.Raw(between);
            writer.Text(signal);
            Number(writer, ":{\"approved\":"u8, fact.Approved);
            writer.Raw(",\"atLeast\":"u8);
            Decimal(writer, fact.AtLeast);
            Number(writer, ",\"decided\":"u8, fact.Decided);
            writer.Raw("}"u8);
            between = ","u8;
        }

        writer.Raw("}"u8);
    }

    // Nothing for a mode that there is not.
    private static void Line(CanonicalJsonWriter writer, ReadOnlySpan<byte> before, LineFact? line)
    {
        if (line is null)
        {
            return;
        }

        writer.Raw(before);
        Text(writer, "{\"by\":"u8, line.By);
        if (line.Until is { } until)
        {
            Number(writer, ",\"until\":"u8, until);
        }

        writer.Raw("}"u8);
    }

    private static void Windows(CanonicalJsonWriter writer, Facts facts)
    {
        var before = ",\"windows\":{";
        foreach (var (name, fact) in facts.Windows.OrderBy(static window => window.Key, StringComparer.Ordinal))
        {
            writer.Raw(System.Text.Encoding.UTF8.GetBytes(before));
            writer.Text(name);
            writer.Raw(":{"u8);
            if (fact.Amount is { } amount)
            {
                Text(writer, "\"amount\":"u8, amount.ToString(CultureInfo.InvariantCulture));
            }

            if (fact.Count is { } count)
            {
                Number(writer, fact.Amount is null ? "\"count\":"u8 : ",\"count\":"u8, count);
            }

            writer.Raw("}"u8);
            before = ",";
        }

        writer.Raw("}"u8);
    }

    private static void Share(CanonicalJsonWriter writer, double share)
    {
        Span<byte> digits = stackalloc byte[CanonicalNumber.MaxLength];
        writer.Raw(digits[..CanonicalNumber.Format(share, digits)]);
    }

    /// <summary><c>[rule, matched, field, op, value, seen, holds, …]</c>, five members a condition.</summary>
    private static void Rule(CanonicalJsonWriter writer, RuleTrace rule)
    {
        Text(writer, "["u8, rule.Rule);
        Flag(writer, ","u8, rule.Matched);
        foreach (var condition in rule.Conditions)
        {
            Text(writer, ","u8, condition.Field);
            Text(writer, ","u8, condition.Op);
            writer.Raw(","u8);
            Value(writer, condition.Value);
            writer.Raw(","u8);
            Value(writer, condition.Seen);
            writer.Raw(condition.Holds switch { true => ",true"u8, false => ",false"u8, null => ",null"u8 });
        }

        writer.Raw("]"u8);
    }

    private static void Value(CanonicalJsonWriter writer, GateValue value)
    {
        switch (value.Kind)
        {
            case GateValueKind.Missing:
                writer.Raw("null"u8);
                break;
            case GateValueKind.Unknown:
                writer.Raw("{\"unknown\":true}"u8);
                break;
            case GateValueKind.Flag:
                writer.Raw(value.Flag ? "true"u8 : "false"u8);
                break;
            case GateValueKind.Number:
                Decimal(writer, value.Number);
                break;
            case GateValueKind.Money:
                Text(writer, "{\"money\":"u8, value.Number.ToString("0.00######", CultureInfo.InvariantCulture));
                writer.Raw("}"u8);
                break;
            case GateValueKind.Text:
                writer.Text(value.Text!);
                break;
            default:
                List(writer, value.Items!, Value);
                break;
        }
    }

    private static void Decimal(CanonicalJsonWriter writer, decimal value)
    {
        Span<byte> token = stackalloc byte[CanonicalNumber.MaxLength];
        Span<byte> canonical = stackalloc byte[CanonicalNumber.MaxLength];
        value.TryFormat(token, out var length, default, CultureInfo.InvariantCulture);
        if (!CanonicalNumber.TryWrite(token[..length], canonical, out var written))
        {
            throw new InvalidOperationException($"The policy compares with {value}, which RFC 8785 cannot carry.");
        }

        writer.Raw(canonical[..written]);
    }

    private static void List<T>(CanonicalJsonWriter writer, IReadOnlyList<T> items, Action<CanonicalJsonWriter, T> write)
    {
        writer.Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                writer.Raw(","u8);
            }

            write(writer, items[i]);
        }

        writer.Raw("]"u8);
    }

    // Nothing for a text that is not there.
    private static void Text(CanonicalJsonWriter writer, ReadOnlySpan<byte> before, string? value)
    {
        if (value is not null)
        {
            writer.Raw(before);
            writer.Text(value);
        }
    }

    private static void Number(CanonicalJsonWriter writer, ReadOnlySpan<byte> before, long value)
    {
        writer.Raw(before);
        writer.Integer(value);
    }

    private static void Flag(CanonicalJsonWriter writer, ReadOnlySpan<byte> before, bool value)
    {
        writer.Raw(before);
        writer.Raw(value ? "true"u8 : "false"u8);
    }
}
