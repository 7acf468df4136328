using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>One thing that a decision still needs. <paramref name="Target"/> is the id of the element where it is done; null when it cannot be done here.</summary>
public sealed record MissingPart(string Words, string? Target, string Icon)
{
    /// <summary>What <paramref name="option"/> still needs of this person, in the order in which it is done.</summary>
    internal static IReadOnlyList<MissingPart> Of(IStringLocalizer words, Workspace work, DecisionOption option)
    {
        var form = work.Form;
        var missing = new List<MissingPart>();
        if (work.IsStale)
        {
            return [new MissingPart(work.IsOtherAction ? words["Missing.OtherAction"] : RefusalWords.Of(words, new Refusal.StaleRevision(work.State.Revision), work), null, "refresh")];
        }
        if (option.Barrier is { } barrier)
        {
            missing.Add(new MissingPart(RefusalWords.Of(words, barrier, work), null, "lock"));
            if (barrier is not Refusal.LineStopped)
            {
                return missing;
            }
        }
        if (option.Decision == DecisionKind.Approve && form.IsEdited)
        {
            return [.. missing, new MissingPart(words["Missing.Edited"], null, "edit")];
        }
        if (option.Decision == DecisionKind.Correct)
        {
            if (form.Arguments.Fault is { } fault)
            {
                missing.Add(new MissingPart(words["Missing.Arguments", fault], "arguments", "fail"));
            }
            else if (form.Arguments is { Value: not null, Unfit: [var unfit, ..] } arguments)
            {
                var where = unfit.At.ToString();
                var name = Rendering.HiddenText.Plain(where.Replace("#/arguments/", "", StringComparison.Ordinal));
                missing.Add(new MissingPart(
                    arguments.Unfit.Count == 1 ? words["Missing.UnfitOne", name] : words["Missing.Unfit", arguments.Unfit.Count, name],
                    arguments.ShowsForm ? ArgumentInputs.IdOf(where) : "arguments", "fail"));
            }
            else if (!form.IsEdited)
            {
                missing.Add(new MissingPart(words["Missing.Change"], "correction", "edit"));
            }
            else if (form.IsPlacesOnly)
            {
                missing.Add(new MissingPart(words["Missing.OnlyPlaces"], "correction", "edit"));
            }
            if (form.IsEdited)
            {
                missing.AddRange(form.Model.Fields.Where(field => field.Blocks).Select(field => new MissingPart(
                    words[field.IsMissing ? "Missing.FieldEmpty" : "Missing.FieldUnfit", field.Number, Rendering.HiddenText.Plain(field.Label)], $"field-{field.Number}-value", "fail")));
            }
        }
        missing.AddRange(option.Evidence.Select(id => work.Review.NumberOf(id) is { } number
            ? new MissingPart(words["Missing.Evidence", number], $"evidence-{number}", "eye-off")
            : new MissingPart(words["Missing.EvidenceId", id], null, "eye-off")));
        if (form.Decision == option.Decision)
        {
            if (!option.Reasons.Any(reason => reason.Code == form.Reason))
            {
                missing.Add(new MissingPart(words["Missing.Reason"], "reasons", "none"));
            }
        }
        missing.AddRange(option.Checks.Where(id => !form.Acknowledged.Contains(id)).Select(id =>
            new MissingPart(words["Missing.Check", Rendering.HiddenText.Plain(CheckWords.Short(words, id))], "acknowledge", "fail")));
        var left = option.RationaleMinimum - form.Rationale.Trim().Length;
        if (left > 0)
        {
            missing.Add(new MissingPart(words[option.RationaleMinimum == 1 ? "Missing.Rationale" : "Missing.RationaleLength", left], "rationale", "none"));
        }
        if (option.Message && form.Message.Trim().Length == 0)
        {
            missing.Add(new MissingPart(words["Missing.Question"], "message", "none"));
        }
        return missing;
    }
}
