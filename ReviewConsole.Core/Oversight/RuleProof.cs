using System.Runtime.InteropServices;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// What can be proven of the conditions of one policy without a proposal. Where nothing can be, or not in so many steps, the answer is no: a proof that is missing never says that a rule is
/// superfluous, or audited. Conditions within conditions can ask for more steps than there is time.
/// </summary>
internal sealed class RuleProof(CancellationToken cancellation)
{
    /// <summary>Steps for one question, and for all of them.</summary>
    public const int Most = 20_000, MostOfAll = 20_000_000;

    private readonly Dictionary<Condition, string> _words = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Comparison, IReadOnlyCollection<string>?> _values = new(ReferenceEqualityComparer.Instance);
    private int _left;
    private int _leftOfAll = MostOfAll;

    /// <summary>With all of its steps before it.</summary>
    public RuleProof Anew() => new(cancellation);

    /// <summary>Whenever all of <paramref name="given"/> hold, <paramref name="wanted"/> holds.</summary>
    public bool Imply(IReadOnlyCollection<Condition> given, Condition wanted)
    {
        cancellation.ThrowIfCancellationRequested();
        _left = Math.Min(Most, _leftOfAll);
        var before = _left;
        var proven = Hold(given, wanted);
        _leftOfAll -= before - Math.Max(0, _left);
        return proven;
    }

    private bool Hold(IReadOnlyCollection<Condition> given, Condition wanted) => wanted switch
    {
        _ when _left-- <= 0 => false,
        AllCondition all => all.Parts.All(part => Hold(given, part)),
        AnyCondition any when any.Parts.Any(part => Hold(given, part)) => true,
        _ => given.Any(part => Implies(part, wanted)),
    };

    private bool Implies(Condition given, Condition wanted) => (given, wanted) switch
    {
        _ when _left-- <= 0 => false,
        (FieldCondition a, FieldCondition b) => a.Field.Name == b.Field.Name && ((a.Comparison.Op == b.Comparison.Op && Same(a, b)) || Values(a, b)),
        (AnyCondition any, _) => Same(given, wanted) || any.Parts.All(part => Hold([.. RuleParts.Of(part)], wanted)),
        _ => Same(given, wanted),
    };

    // Words of a kind that is not known here are empty, and say nothing.
    private bool Same(Condition one, Condition other) => one.GetType() == other.GetType() && Words(one) is { Length: > 0 } words && words == Words(other);

    private string Words(Condition condition)
    {
        ref var words = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, condition, out _);
        return words ??= RuleParts.Words(condition) ?? "";
    }

    private bool Values(FieldCondition given, FieldCondition wanted) =>
        (NumberRange.Of(given) is { } inner && NumberRange.Of(wanted) is { } outer && inner.IsWithin(outer))
        || (Values(given.Comparison) is { } few && Values(wanted.Comparison) is { } many && few.All(many.Contains));

    private IReadOnlyCollection<string>? Values(Comparison comparison)
    {
        ref var values = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, comparison, out var known);
        return known ? values : values = RuleParts.Words(comparison);
    }
}
