using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What counts about an action: what the catalogue derives from its arguments and what the source declares, the stricter of both. Where they differ there
/// is a failed check of our own: the proposer is the one being controlled. Null is "nobody says".
/// </summary>
internal sealed class DerivedFacts
{
    private readonly List<Check> _differences = [];

    public DerivedFacts(GatePolicy policy, Proposal proposal)
    {
        var action = Action = policy.Catalogue.GetValueOrDefault(proposal.Action.Name);
        var impact = proposal.Impact;
        var arguments = proposal.Action.Arguments;
        Kind = policy.KindOf(proposal);
        Recipient = ArgumentPointer.Text(arguments, action?.Recipient);
        Reversible = Flag("reversible", impact?.Reversible, action?.Reversible, strict: false);
        External = Flag("external", impact?.ExternallyVisible, action?.External, strict: true);
        Legal = Flag("legal", impact?.LegallySensitive, action?.Legal, strict: true) ?? false;
        Differ("kind", proposal.Kind, action?.Kind, CheckSentences.KindDiffers, CheckSentences.KindDiffersDetail);
        Subject = SubjectOf(action, arguments, proposal.Subject?.Id);
        (Amount, AmountUnknown) = Money(action, arguments, impact?.Amount);
        InPolicyCurrency = Amount is null ? null : Amount.Currency == policy.Currency;
    }

    /// <summary>The catalogue's entry; null for an action that is not in it.</summary>
    public CatalogueAction? Action { get; }

    public string Kind { get; }

    public string? Recipient { get; }

    public string? Subject { get; }

    public bool? Reversible { get; }

    public bool? External { get; }

    /// <summary>A claim: what nobody claims is not so.</summary>
    public bool Legal { get; }

    /// <summary>The greater of declared and derived, without its sign; its currency is empty when nobody says.</summary>
    public Amount? Amount { get; }

    /// <summary>The catalogue says that there is an amount, and it can be read nowhere.</summary>
    public bool AmountUnknown { get; }

    /// <summary>Null without an amount; false in another or an unknown currency.</summary>
    public bool? InPolicyCurrency { get; }

    /// <summary>Failed checks <c>console:declared-…</c>.</summary>
    public IReadOnlyList<Check> Differences => _differences;

    private bool? Flag(string name, bool? declared, bool? derived, bool strict)
    {
        if (declared is { } said && derived is { } known && said != known)
        {
            Fail(name, Say(CheckSentences.FlagDiffers, name, Word(said)), Say(CheckSentences.FlagDiffersDetail, Word(known)));
            return strict;
        }

        return derived ?? declared;
    }

    private void Differ(string name, string? declared, string? derived, string sentence, string detail)
    {
        if (declared is not null && derived is not null && !string.Equals(declared, derived, StringComparison.OrdinalIgnoreCase))
        {
            Fail(name, sentence, Say(detail, declared, derived));
        }
    }

    // What stands in the arguments and cannot be read is not known: the proposer's own word does not take its place.
    private string? SubjectOf(CatalogueAction? action, JsonElement arguments, string? declared)
    {
        if (ArgumentPointer.Find(arguments, action?.Subject) is not { ValueKind: not JsonValueKind.Null })
        {
            return declared;
        }

        if (ArgumentPointer.Text(arguments, action!.Subject) is not { } derived)
        {
            Fail("subject", CheckSentences.SubjectUnreadable, Say(CheckSentences.SubjectUnreadableDetail, action.Subject!));
            return null;
        }

        Differ("subject", declared, derived, CheckSentences.SubjectDiffers, CheckSentences.SubjectDiffersDetail);
        return derived;
    }

    private (Amount? Amount, bool Unknown) Money(CatalogueAction? action, JsonElement arguments, Amount? declared)
    {
        var claimed = declared is null ? (decimal?)null : Math.Abs(declared.Number);
        if (action?.Amount is null)
        {
            return (declared is null ? null : Of(claimed!.Value, declared.Currency), false);
        }

        var found = ArgumentPointer.Find(arguments, action.Amount);
        var derived = ArgumentPointer.Money(found);
        var currency = ArgumentPointer.Text(arguments, action.Currency);
        if (derived is null)
        {
            if (found is { ValueKind: not JsonValueKind.Null })
            {
                Fail("amount", CheckSentences.AmountUnreadable, Say(CheckSentences.AmountUnreadableDetail, action.Amount));
            }

            return (declared is null ? null : Of(claimed!.Value, declared.Currency), declared is null);
        }

        derived = Math.Abs(derived.Value);
        var otherCurrency = declared is not null && currency is not null && declared.Currency != currency;
        if (claimed is not null && (claimed != derived || otherCurrency))
        {
            Fail(
                "amount",
                CheckSentences.AmountDiffers,
                Say(CheckSentences.AmountDiffersDetail, Print(claimed.Value), declared!.Currency, Print(derived.Value), currency ?? declared.Currency));
        }

        return (Of(Math.Max(claimed ?? 0, derived.Value), otherCurrency ? "" : currency ?? declared?.Currency ?? ""), false);
    }

    private void Fail(string id, string name, string detail) =>
        _differences.Add(new Check("console:declared-" + id, name, CheckResult.Fail, detail, []));

    private static string Say(string sentence, params object[] gaps) => string.Format(CultureInfo.InvariantCulture, sentence, gaps);

    private static Amount Of(decimal value, string currency) => new(Print(value), currency);

    private static string Print(decimal value) => value.ToString("0.00######", CultureInfo.InvariantCulture);

    private static string Word(bool flag) => flag ? "true" : "false";
}
