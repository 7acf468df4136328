using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>What some leaves come to, from the proposal itself and by another hand than the gate's: what the gate reads wrongly its own trace cannot show.</summary>
internal static class GateOracle
{
    private enum Known
    {
        Nothing,
        Unreadable,
        Value,
    }

    /// <summary>False for a field that nobody else reads here.</summary>
    public static bool Judges(Condition leaf, GatePolicy policy, Proposal proposal, out bool? holds)
    {
        holds = null;
        if (leaf is not FieldCondition { Field.Name: "impact.amount" or "arguments/amount" or "arguments/who" } condition)
        {
            return false;
        }

        var amount = condition.Field.Name == "impact.amount";
        var (known, value) = amount ? Amount(policy, proposal) : Argument(proposal, condition.Field.Name["arguments/".Length..]);
        holds = known == Known.Unreadable ? null
            : condition.Comparison.Op == "missing" ? known == Known.Nothing == condition.Comparison.Value.Flag
            : known == Known.Nothing ? amount ? false : null
            : Compare(condition.Comparison, value!);
        return true;
    }

    // The catalogue's word before the declared one, and none where the currency is not the policy's.
    private static (Known, object?) Amount(GatePolicy policy, Proposal proposal)
    {
        var declared = proposal.Impact?.Amount;
        var entry = policy.Catalogue.GetValueOrDefault(proposal.Action.Name);
        var here = entry?.Amount is null ? default : Member(proposal, entry.Amount[1..]);
        var currency = entry?.Currency is null ? null : Member(proposal, entry.Currency[1..]) is { ValueKind: JsonValueKind.String } said ? said.GetString() : null;
        if (entry?.Amount is null || Number(here) is not { } derived)
        {
            return declared is null ? (entry?.Amount is null ? Known.Nothing : Known.Unreadable, null)
                : declared.Currency == policy.Currency ? (Known.Value, Math.Abs(declared.Number)) : (Known.Unreadable, null);
        }

        var own = (currency ?? declared?.Currency) == policy.Currency && (declared is null || currency is null || declared.Currency == currency);
        return own ? (Known.Value, Math.Max(Math.Abs(derived), Math.Abs(declared?.Number ?? 0))) : (Known.Unreadable, null);
    }

    private static (Known, object?) Argument(Proposal proposal, string name) => Member(proposal, name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => (Known.Nothing, null),
        { ValueKind: JsonValueKind.Object } => (Known.Unreadable, null),
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().Any(static item => item.ValueKind is JsonValueKind.Array or JsonValueKind.Object) => (Known.Unreadable, null),
        var value => (Known.Value, value),
    };

    private static JsonElement Member(Proposal proposal, string name) => proposal.Action.Arguments.TryGetProperty(name, out var value) ? value : default;

    private static bool? Compare(Comparison asked, object value)
    {
        var number = value as decimal? ?? Number((JsonElement)value);
        var json = value as JsonElement? ?? default;
        var text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        var wanted = asked.Value;
        return asked.Op switch
        {
            "atLeast" => number is { } n ? n >= wanted.Number : null,
            "atMost" => number is { } n ? n <= wanted.Number : null,
            "above" => number is { } n ? n > wanted.Number : null,
            "below" => number is { } n ? n < wanted.Number : null,
            "between" => number is { } n ? n >= wanted.Items![0].Number && n <= wanted.Items[1].Number : null,
            "equals" when wanted.Kind == GateValueKind.Text => text is null ? null : text == wanted.Text,
            "equals" => number is { } n ? n == wanted.Number : null,
            "matches" => text is null ? null : text.Contains(wanted.Text ?? asked.Pattern!.ToString(), StringComparison.Ordinal),
            "contains" when json.ValueKind == JsonValueKind.Array => json.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() == wanted.Text : (bool?)null)
                .Aggregate((bool?)false, static (any, one) => any == true || one == true ? true : any is null || one is null ? null : false),
            "contains" => text?.Contains(wanted.Text!, StringComparison.Ordinal),
            _ => throw new NotSupportedException(asked.Op),
        };
    }

    private static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };
}
