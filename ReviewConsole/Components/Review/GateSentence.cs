using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Review;

/// <summary>A condition of a rule as a sentence: "impact.amount at least 1,000.00: seen 1,250.00, so yes".</summary>
internal static class GateSentence
{
    public static string Of(IStringLocalizer words, ConditionTrace condition)
    {
        var asked = Asked(words, condition.Field, condition.Op, condition.Value);
        return words[condition.Holds switch { true => "Gate.Holds", false => "Gate.HoldsNot", null => "Gate.Unknown" }, asked, Say(words, condition.Seen)];
    }

    /// <summary>What is asked of a field, whatever was seen: "impact.amount at least 1,000.00".</summary>
    public static string Asked(IStringLocalizer words, string field, string op, GateValue value)
    {
        var word = words["Op." + op];
        return string.Join(' ', new[] { field, word.ResourceNotFound ? op : word.Value, Say(words, value) }.Where(static part => part.Length > 0));
    }

    /// <summary>A value as people read it.</summary>
    public static string Say(IStringLocalizer words, GateValue value) => value.Kind switch
    {
        GateValueKind.Missing => words["Value.Missing"],
        GateValueKind.Unknown => words["Value.Unknown"],
        GateValueKind.Flag => words[value.Flag ? "Value.Yes" : "Value.No"],
        GateValueKind.Number => value.Number.ToString("0.######", CultureInfo.CurrentCulture),
        GateValueKind.Money => value.Number.ToString("N2", CultureInfo.CurrentCulture),
        GateValueKind.List => string.Join(", ", value.Items!.Select(item => Say(words, item))),
        _ => value.Text ?? "",
    };
}
