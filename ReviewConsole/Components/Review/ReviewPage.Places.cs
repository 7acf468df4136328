using System.Globalization;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>Where the person looks: evidence in view, fields and their boxes, what is missing.</summary>
public sealed partial class ReviewPage
{
    private string? _field;

    private async Task CreditAsync(IReadOnlyList<SeenReport> reports)
    {
        if (_work is not { Standing: Standing.Mine } work || work.IsStale || await Person.FindAsync() is not { } me)
        {
            return;
        }
        var enough = false;
        var seen = new Dictionary<string, long>(work.Seen, StringComparer.Ordinal);
        foreach (var report in reports)
        {
            var credited = await Desk.SeenAsync(me, Id, report.Evidence, report.Milliseconds, _gone.Token);
            if (credited.Refusal is null)
            {
                enough |= seen.GetValueOrDefault(report.Evidence) < EvidenceSeen.Enough && credited.Value >= EvidenceSeen.Enough;
                seen[report.Evidence] = credited.Value;
            }
        }
        work.Seen = seen;
        if (enough)
        {
            work.Options = Desk.Options(me, Id) ?? [];
        }
    }

    private async Task GoAsync(MissingPart part)
    {
        if (part.Target is not { } target)
        {
            return;
        }
        if (target.StartsWith("evidence-", StringComparison.Ordinal))
        {
            await (_evidence?.ShowAsync(int.Parse(target.AsSpan(9), CultureInfo.InvariantCulture)) ?? Task.CompletedTask);
            return;
        }
        if (_work is { Form.Decision: null } work)
        {
            // What is missing is written in the sheet.
            await OpenSheetAsync(work.Form.IsEdited ? DecisionKind.Correct : DecisionKind.Approve);
        }
        await ScriptAsync(FocusScript, target);
    }

    // Whoever points at one of the two sees the other.
    private Task ActivateFieldAsync(string? field) => ActivateAsync(field, "box-");

    private Task ActivateBoxAsync(string? field) => ActivateAsync(field, "field-");

    private async Task ActivateAsync(string? name, string other)
    {
        if (_field == name)
        {
            return;
        }
        _field = name;
        if (Field(name) is { } field)
        {
            await ScriptAsync(NearScript, other + field.Number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private FieldModel? Field(string? name) => _work?.Review.Fields.FirstOrDefault(field => field.Field.Name == name);

    private async Task StepFieldAsync(int step)
    {
        if (_work is not { Review.Fields: { Count: > 0 } all } work)
        {
            return;
        }

        // Those that want a look; once there is none left, every one.
        var current = all.FirstOrDefault(field => field.Field.Name == _field)?.Number ?? (step > 0 ? 0 : all.Count + 1);
        var stops = all.Any(field => field.ToCheck) ? all.Where(field => field.ToCheck).ToList() : [.. all];
        var next = step > 0
            ? stops.FirstOrDefault(field => field.Number > current) ?? stops[0]
            : stops.LastOrDefault(field => field.Number < current) ?? stops[^1];
        _field = next.Field.Name;
        var editing = SheetIsOpen && work.Form.Decision == DecisionKind.Correct;
        await ScriptAsync(FocusScript, string.Create(CultureInfo.InvariantCulture, $"field-{next.Number}{(editing ? "-value" : "")}"));
    }

    // There and back: the box comes into view and its picture has the focus; from there to the field, or its input.
    private async Task FieldOrBoxAsync()
    {
        if (Field(_field) is { } field)
        {
            await ScriptAsync(
                AcrossScript, string.Create(CultureInfo.InvariantCulture, $"box-{field.Number}"), string.Create(CultureInfo.InvariantCulture, $"field-{field.Number}{(IsCorrecting ? "-value" : "")}"));
        }
    }
}
