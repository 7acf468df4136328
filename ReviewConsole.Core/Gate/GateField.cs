using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>A name that conditions can ask for, and where its value is.</summary>
/// <param name="AbsenceIsUnknown">
/// True where a missing value means that nobody can say (an argument); false where it means that there is none (an amount, a signal).
/// </param>
/// <param name="Words">All values there can be, where they are few words: another one would never hold.</param>
internal sealed record GateField(
    string Name, Func<GateInput, GateValue> Read, GateValueKind Kind, bool AbsenceIsUnknown = false, IReadOnlyCollection<string>? Words = null)
{
    /// <summary>Where its value is kept for the next rule that asks; -1 for one that is read each time, because it changes from rule to rule or its name is one of many.</summary>
    public int Slot { get; private init; } = -1;

    /// <summary>The window that it counts in, if any.</summary>
    public string? Window { get; private init; }

    /// <summary>The draw, by its name; no source ever reads its value.</summary>
    public const string SampleDraw = "facts.sampleDraw";

    private static readonly string[] s_weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];


    private static readonly FrozenDictionary<string, GateField> s_fields = new GateField[]
    {
        Text("externalId", i => i.Proposal.ExternalId),
        Text("source.system", i => i.Proposal.Source.System),
        Text("source.agent", i => i.Proposal.Source.Agent),
        Text("source.version", i => i.Proposal.Source.Version),
        Text("initiator.id", i => i.Proposal.Initiator?.Id),
        Text("caseId", i => i.Proposal.CaseId),
        Text("kind", i => i.Derived.Kind),
        Text("title", i => i.Proposal.Title),
        Text("subject.id", i => i.Derived.Subject),
        Text("recipient", i => i.Derived.Recipient),
        Text("action.name", i => i.Proposal.Action.Name),
        Flag("action.listed", i => i.Derived.Action is not null),
        new("impact.amount", Amount, GateValueKind.Money),
        new("impact.inPolicyCurrency", i => i.Derived.InPolicyCurrency is { } own ? GateValue.Of(own) : GateValue.Missing, GateValueKind.Flag),
        Text("impact.currency", i => i.Derived.Amount?.Currency),
        Flag("impact.reversible", i => i.Derived.Reversible),
        Flag("impact.externallyVisible", i => i.Derived.External),
        Flag("impact.legallySensitive", i => i.Derived.Legal),
        Flag("impact.affectsTrust", i => i.Proposal.Impact?.AffectsTrust ?? false),
        Text("impact.consequence", i => i.Proposal.Impact?.Consequence),
        Count("declared.differences", i => i.Derived.Differences.Count),
        Number("signals.lowest", i => i.Proposal.Signals.Count == 0 ? null : i.Proposal.Signals.Min(signal => signal.Value)),
        Calibrated(LowestCalibrated, CalibratedFact.Lowest),
        Count("signals.count", i => i.Proposal.Signals.Count),
        Count("checks.count", i => i.Proposal.Checks.Count),
        Count("checks.failed", i => i.Count(CheckResult.Fail)),
        Count("checks.warned", i => i.Count(CheckResult.Warn)),
        Count("checks.notRun", i => i.Count(CheckResult.NotRun)),
        Count("evidence.count", i => i.Proposal.Evidence.Count),
        Count("evidence.unshowable", i => EvidenceChecks.Unshowable(i.Proposal, i.Facts)),
        List("evidence.kinds", i => i.Proposal.Evidence.Select(item => item.Kind.Wire())) with { Words = WireNames.EvidenceKinds.Keys },
        Count("alternatives.count", i => i.Proposal.Alternatives.Count),
        Count("preconditions.count", i => i.Proposal.Preconditions.Count),
        Text("draft.format", i => i.Proposal.Draft?.Format.Wire()) with { Words = WireNames.DraftFormats.Keys },
        Text("draft.content", i => i.Proposal.Draft?.Content),
        Count("fields.count", i => i.Proposal.Fields?.Count ?? 0),
        Count("fields.requiredMissing", i => i.Proposal.Fields?.Count(field => field.Required == true && field.IsMissing) ?? 0),
        new("fields.lowestRequired", LowestField, GateValueKind.Number),
        Flag("reasoning.safeToShow", i => i.Proposal.Reasoning?.MayBeShown ?? false),
        Text("retryOf", i => i.Proposal.RetryOf?.ToString("D")),
        List("tags", i => i.Proposal.Tags),
        Text("risk", i => i.Risk.Wire()) with { Words = [.. Enum.GetValues<Risk>().Select(GateWords.Wire)] },
        Flag("rules.matched", i => i.Matched),
        new(SampleDraw, i => i.Facts.SampleDraw is { } draw ? GateValue.Of((decimal)draw) : GateValue.Unknown, GateValueKind.Number),
        Count("facts.hour", i => i.Time.Hour),
        Text("facts.weekday", i => s_weekdays[(int)i.Time.DayOfWeek]) with { Words = s_weekdays },
        Flag("facts.lineStopped", i => i.Facts.LineStopped),
        Flag("facts.reviewedBefore", i => i.Facts.ReviewedBefore),
    }.Select((field, i) => field.Name is "risk" or "rules.matched" ? field : field with { Slot = i }).ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>
    /// True for what the AI says of itself, or rests on that: its title, signals, reasoning and alternatives, the confidence of fields, whether any rule has matched, and the draw of the audit
    /// sample, by which nothing else called a person.
    /// </summary>
    public static bool IsSelfReported(string name) =>
        name is "title" or "reasoning.safeToShow" or "alternatives.count" or "fields.lowestRequired" or "rules.matched" or SampleDraw
        || name.StartsWith("signals.", StringComparison.Ordinal) || name.StartsWith("signals/", StringComparison.Ordinal) || IsConfidence(name);

    /// <summary>True for what would tell a source how to get past people: the draw of the audit sample, and what people made of its signals.</summary>
    public static bool IsHiddenFromSources(string name) =>
        name is SampleDraw or LowestCalibrated || (name.StartsWith("signals/", StringComparison.Ordinal) && name.EndsWith(CalibratedEnd, StringComparison.Ordinal));

    /// <summary>How many slots there are.</summary>
    public static int Slots => s_fields.Count;

    /// <summary>The fixed fields.</summary>
    public static IEnumerable<GateField> Fixed => s_fields.Values;

    /// <summary>All names, for messages.</summary>
    public static IEnumerable<string> Names =>
    [
        .. s_fields.Keys.Order(StringComparer.Ordinal), "arguments/…", "target/…", "signals/<name>", "signals/<name>/calibrated", "checks/<id>", "fields/<name>", "fields/<name>/confidence",
        "preconditions/<name>", "windows/<name>.count", "windows/<name>.amount",
    ];

    /// <summary>
    /// A field by its name; besides the fixed ones <c>arguments/amount</c> (a pointer into the arguments), <c>target/to</c> (into the draft's target), <c>signals/model</c> (one
    /// signal by name), <c>signals/model/calibrated</c> (what people made of such a one), <c>checks/REF-2</c> (the result of one check), <c>fields/total</c> (one field's value), <c>fields/total/confidence</c> <c>preconditions/order</c> (a fingerprint),
    /// <c>windows/refunds.count</c> and <c>windows/refunds.amount</c>. Null for a name that nobody knows.
    /// </summary>
    public static GateField? Find(string name)
    {
        if (s_fields.TryGetValue(name, out var field))
        {
            return field;
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == name.Length - 1)
        {
            return null;
        }

        var key = name[(slash + 1)..];
        var steps = ArgumentPointer.Steps(name[slash..]);
        return name[..slash] switch
        {
            "arguments" => new GateField(name, i => ArgumentPointer.Value(ArgumentPointer.Find(i.Proposal.Action.Arguments, steps)), GateValueKind.Unknown, AbsenceIsUnknown: true),
            "target" => new GateField(
                name, i => i.Proposal.Draft?.Target is { } target ? ArgumentPointer.Value(ArgumentPointer.Find(target, steps)) : GateValue.Missing, GateValueKind.Unknown),
            "signals" when Split(key, CalibratedEnd) is { } signal => Calibrated(name, signal),
            "signals" => Number(name, i => i.Proposal.Signals.FirstOrDefault(signal => signal.Name == key)?.Value),
            // Who leaves a check, a field or a precondition out does not thereby pass.
            "checks" => Text(name, i => i.Check(key)?.Wire()) with { AbsenceIsUnknown = true, Words = WireNames.CheckResults.Keys },
            "fields" when IsConfidence(name) && key != Confidence[1..] =>
                Number(name, i => Field(i, key[..^Confidence.Length])?.Confidence) with { AbsenceIsUnknown = true },
            "fields" => new GateField(name, i => Field(i, key) is { IsMissing: false } it ? ArgumentPointer.Value(it.Value) : GateValue.Missing, GateValueKind.Unknown, AbsenceIsUnknown: true),
            "preconditions" => Text(name, i => i.Proposal.Preconditions.FirstOrDefault(item => item.Name == key)?.Fingerprint) with { AbsenceIsUnknown = true },
            "windows" when Split(key, ".count") is { } window => new GateField(name, i => i.Counted(window), GateValueKind.Number) { Window = window },
            "windows" when Split(key, ".amount") is { } window => new GateField(name, i => i.Summed(window), GateValueKind.Money) { Window = window },
            _ => null,
        };
    }

    private static string? Split(string key, string end) => key.Length > end.Length && key.EndsWith(end, StringComparison.Ordinal) ? key[..^end.Length] : null;

    private const string Confidence = "/confidence";
    private const string LowestCalibrated = "signals.lowestCalibrated";
    private const string CalibratedEnd = "/calibrated";

    private static bool IsConfidence(string name) =>
        name.StartsWith("fields/", StringComparison.Ordinal) && name.EndsWith(Confidence, StringComparison.Ordinal);

    // Who leaves a signal out, or gives it under a new name, does not thereby pass.
    private static GateField Calibrated(string name, string signal) =>
        new(name, i => i.Facts.Calibrated.TryGetValue(signal, out var fact) ? GateValue.Of(fact.AtLeast) : GateValue.Unknown, GateValueKind.Number, AbsenceIsUnknown: true);

    private static Field? Field(GateInput input, string name) => input.Proposal.Fields?.FirstOrDefault(field => field.Name == name);

    // An amount in another currency is one, and nobody here can compare it.
    private static GateValue Amount(GateInput input) =>
        input.Derived.AmountUnknown || input.Derived.InPolicyCurrency == false ? GateValue.Unknown
        : input.Derived is { InPolicyCurrency: true, Amount: { } amount } ? GateValue.Money(amount.Number)
        : GateValue.Missing;

    // One required field whose confidence nobody gives, and the lowest is not known.
    private static GateValue LowestField(GateInput input)
    {
        decimal? lowest = null;
        var unknown = false;
        foreach (var field in input.Proposal.Fields ?? [])
        {
            if (field.Required == true && !field.IsMissing)
            {
                unknown |= field.Confidence is null;
                lowest = field.Confidence is { } confidence && !(lowest <= confidence) ? confidence : lowest;
            }
        }

        return unknown ? GateValue.Unknown : lowest is { } known ? GateValue.Of(known) : GateValue.Missing;
    }

    private static GateField Text(string name, Func<GateInput, string?> read) => new(name, i => GateValue.Of(read(i)), GateValueKind.Text);

    private static GateField Flag(string name, Func<GateInput, bool?> read) => new(name, i => GateValue.Of(read(i)), GateValueKind.Flag);

    private static GateField Count(string name, Func<GateInput, int> read) => new(name, i => GateValue.Of((decimal)read(i)), GateValueKind.Number);

    private static GateField Number(string name, Func<GateInput, decimal?> read) =>
        new(name, i => read(i) is { } number ? GateValue.Of(number) : GateValue.Missing, GateValueKind.Number);

    private static GateField List(string name, Func<GateInput, IEnumerable<string>> read) =>
        new(name, i => GateValue.Of([.. read(i).Select(text => GateValue.Of(text))]), GateValueKind.List);
}
