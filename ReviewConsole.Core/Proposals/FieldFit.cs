using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// What corrected fields have to hold: a value that the correction changes is of the type that the source declared, and no required field is without one, whoever
/// left it empty. A value that was sent oddly and that nobody touched stays its source's own matter, and so do all fields where something else was corrected: it is to
/// cost no more than to approve.
/// </summary>
internal static class FieldFit
{
    public static bool IsEmpty(JsonElement? value) => value is not { } some || some.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(some.GetString()),
        _ => false,
    };

    /// <summary>True for no value, for what reads as the type says, and for every value of a type that is not known.</summary>
    public static bool Fits(string type, JsonElement? value) => value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } some || some.ValueKind switch
    {
        JsonValueKind.String => FieldTypes.Accepts(type, some.GetString()!),
        // An exponent is JSON's own way to write an amount.
        JsonValueKind.Number when type is "money" or "number" or "decimal" or "percent" => true,
        _ => FieldTypes.Accepts(type, some.GetRawText()),
    };

    /// <summary>What is wrong with the list <paramref name="corrected"/>, at its places in the request.</summary>
    /// <param name="shown">The fields as they were before, with types.</param>
    public static IEnumerable<InputError> Faults(IReadOnlyList<Field> shown, IReadOnlyList<Field> corrected)
    {
        var list = Place.Root.At("fields");
        for (var i = 0; i < corrected.Count; i++)
        {
            var now = corrected[i];
            if (shown.FirstOrDefault(field => field.Name == now.Name) is not { } before)
            {
                continue;
            }

            if (before.Required == true && IsEmpty(now.Value))
            {
                yield return Fault(list.At(i).At("value"), "Is required and has no value: send one, or reject or return the review.");
            }
            else if (!JsonElement.DeepEquals(before.Value ?? JsonLiterals.Null, now.Value ?? JsonLiterals.Null) && !Fits(before.Type, now.Value))
            {
                yield return Fault(list.At(i).At("value"), $"Is no {before.Type}: send one like {FieldTypes.Example(before.Type)}.");
            }
        }

        foreach (var gone in shown.Where(field => field.Required == true && corrected.All(now => now.Name != field.Name)))
        {
            yield return Fault(list, $"Leaves out the required field “{gone.Name}”: send it with a value.");
        }
    }

    private static InputError Fault(Place at, string detail) => new(at.ToString(), InputCodes.Invalid, detail);
}
