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
            await (_evidence?.ShowAsync(int.Parse(target.AsSpan(9), System.Globalization.CultureInfo.InvariantCulture)) ?? Task.CompletedTask);
            return;
        }
        if (_work is { Form.Decision: null } work)
        {
            // What is missing is written in the sheet.
            await OpenSheetAsync(work.Form.IsEdited ? DecisionKind.Correct : DecisionKind.Approve);
        }
        await ScriptAsync(FocusScript, target);
    }

    private Task ActivateAsync(string? field)
    {
        _field = field;
        return Task.CompletedTask;
    }

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
        await ScriptAsync(FocusScript, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"field-{next.Number}{(editing ? "-value" : "")}"));
    }

    private async Task FieldOrBoxAsync()
    {
        if (_work is { } work && work.Review.Fields.FirstOrDefault(f => f.Field.Name == _field) is { } field
            && field.Field.Evidence is { } evidence && work.Review.NumberOf(evidence) is { } number && _evidence is not null)
        {
            await _evidence.ShowAsync(number);
        }
    }
}
