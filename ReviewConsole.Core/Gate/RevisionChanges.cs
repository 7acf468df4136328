using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What a new revision changed, by the names that conditions ask for (<c>impact.amount</c>, <c>arguments/items</c>, <c>checks/REF-2</c>): found once when it comes in and sealed with
/// the facts, so that a replay under any policy needs no earlier revision.
/// </summary>
internal static class RevisionChanges
{
    private const string Draft = "/draft/";

    public static FrozenSet<string> Between(GatePolicy policy, Proposal before, Proposal after)
    {
        var facts = new Facts(0, 0);
        var (old, now) = (new GateInput(policy, before, facts), new GateInput(policy, after, facts));
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in GateField.Fixed)
        {
            Note(field.Name, Same(field.Read(old), field.Read(now)));
        }

        // One that nobody can compare is known to be another one all the same.
        Note("impact.amount", old.Derived.Amount == now.Derived.Amount);
        // Another value is another one to be calibrated by.
        Note("signals.lowestCalibrated", !changed.Contains("signals.lowest"));
        foreach (var change in ActionChange.Between(before.Effective, after.Effective))
        {
            if (!change.Path.StartsWith("/fields", StringComparison.Ordinal))
            {
                changed.Add(change.Path.StartsWith(Draft, StringComparison.Ordinal) ? change.Path[Draft.Length..] : change.Path[1..]);
            }
        }

        Named("signals/", before.Signals, after.Signals, static signal => signal.Name, static signal => signal.Value);
        Named("signals/", before.Signals, after.Signals, static signal => signal.Name, static signal => signal.Value, "/calibrated");
        Named("checks/", [.. before.Checks, .. old.ConsoleChecks], [.. after.Checks, .. now.ConsoleChecks], static check => check.Id, static check => check.Result);
        Named("preconditions/", before.Preconditions, after.Preconditions, static item => item.Name, static item => item.Fingerprint);
        Named("fields/", before.Fields ?? [], after.Fields ?? [], static field => field.Name, static field => Print(field.Value));
        Named("fields/", before.Fields ?? [], after.Fields ?? [], static field => field.Name, static field => field.Confidence, "/confidence");
        return changed.ToFrozenSet(StringComparer.Ordinal);

        void Note(string name, bool same)
        {
            if (!same)
            {
                changed.Add(name);
            }
        }

        void Named<T>(string prefix, IReadOnlyList<T> were, IReadOnlyList<T> are, Func<T, string> name, Func<T, object?> value, string suffix = "")
        {
            foreach (var key in were.Concat(are).Select(name).Distinct(StringComparer.Ordinal))
            {
                Note(prefix + key + suffix, Equals(Value(were, key), Value(are, key)));
            }

            object? Value(IReadOnlyList<T> items, string key)
            {
                var item = items.FirstOrDefault(it => name(it) == key);
                return item is null ? null : value(item);
            }
        }
    }

    /// <summary>Whether this field is among those that changed; a part of the arguments or of the draft's target also when it lies in a changed part, or one lies in it.</summary>
    public static bool? Has(Facts facts, string field) => !facts.ReviewedBefore ? false
        : facts.Changed is not { } changed ? null
        : changed.Contains(field)
            || ((field.StartsWith("arguments/", StringComparison.Ordinal) || field.StartsWith("target/", StringComparison.Ordinal))
                && changed.Any(other => Lies(other, field) || Lies(field, other)));

    private static bool Lies(string inner, string outer) =>
        inner.Length > outer.Length && inner[outer.Length] == '/' && inner.StartsWith(outer, StringComparison.Ordinal);

    private static bool Same(GateValue one, GateValue other) =>
        one.Kind == GateValueKind.List && other.Kind == GateValueKind.List ? one.Items!.SequenceEqual(other.Items!) : one == other;

    // As the digest of the action has it: a number is its value, however it is written.
    private static string? Print(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } some ? Encoding.UTF8.GetString(CanonicalJson.Of(some)) : null;
}
