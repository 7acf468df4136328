using System.Globalization;
using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Components.Review;

/// <summary>The arguments as a person has them now: one JSON text, looked at as it is or as a form. What either shows is what would be decided.</summary>
public sealed class EditedArguments
{
    private const int MostDepth = 64;
    private readonly JsonElement _proposed;
    private readonly Lazy<ArgumentsSchema?> _schema;
    private readonly Lazy<string> _original;
    private string? _text;
    private (IReadOnlyList<SchemaFault> Unfit, FormPart? Form)? _seen;

    /// <param name="schema">What they have to fit.</param>
    internal EditedArguments(ProposedAction action, Func<ArgumentsSchema?> schema)
    {
        _proposed = action.Arguments;
        // Most who open a review correct nothing: all of this is made when a correction starts.
        _schema = new(schema);
        _original = new(() => ArgumentsEdit.Text(_proposed));
    }

    /// <summary>The rules for them: those of the action catalogue, else the source's own; null where there are none.</summary>
    internal ArgumentsSchema? Schema => _schema.Value;

    /// <summary>The proposal's arguments as the editor shows them.</summary>
    internal string Original => _original.Value;

    /// <summary>As edited, or null while they are the source's.</summary>
    internal string? Text
    {
        get => _text;
        set
        {
            // Where the JSON has to be shown it stays, until the person asks for the form: nothing moves under the caret.
            AsJson |= value is not null && Form is null;
            (Value, Fault) = value is null || value == Original ? (null, null) : Parse(value);
            // Written in another way they are still the same arguments.
            var same = Fault is null && (Value is not { } changed || SchemaCheck.Same(changed, _proposed));
            (_text, Value) = same ? (null, null) : (value, Value);
            _seen = null;
            AsJson |= value is not null && Form is null;
        }
    }

    /// <summary>The edited arguments as an object that the digest can carry; null while they are the source's, or no JSON.</summary>
    internal JsonElement? Value { get; private set; }

    /// <summary>Why the text is no object that can be decided, in words of the reader's parser.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Where what stands there now does not fit the schema.</summary>
    internal IReadOnlyList<SchemaFault> Unfit => Look().Unfit;

    /// <summary>The same as a form; null when there is none.</summary>
    internal FormPart? Form => Look().Form;

    /// <summary>The person asked for the JSON, or there was no form.</summary>
    internal bool AsJson { get; set; }

    /// <summary>How often everything was put back: inputs of an earlier round know another value.</summary>
    internal int Round { get; private set; }

    internal bool ShowsForm => Form is not null && !AsJson;

    /// <summary>Gives the arguments back as they came.</summary>
    internal void Undo()
    {
        Text = null;
        Round++;
    }

    /// <summary>Puts a value where a part of the form is; null takes the part away.</summary>
    internal void Change(IReadOnlyList<string> steps, JsonElement? value)
    {
        var now = Value ?? _proposed;
        Text = ArgumentsEdit.Text(value is { } some ? ArgumentsEdit.Set(now, steps, some) : ArgumentsEdit.Remove(now, steps));
    }

    /// <summary>True when the source proposed something else for this part.</summary>
    internal bool IsChanged(FormPart part)
    {
        JsonElement? was = _proposed;
        foreach (var step in part.Steps)
        {
            was = was switch
            {
                { ValueKind: JsonValueKind.Object } members when members.TryGetProperty(step, out var member) => member,
                { ValueKind: JsonValueKind.Array } items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.GetArrayLength() => items[index],
                _ => null,
            };
        }

        return was is { } before && part.Value is { } now ? !SchemaCheck.Same(before, now) : was is null != part.Value is null;
    }

    private (IReadOnlyList<SchemaFault> Unfit, FormPart? Form) Look()
    {
        if (_seen is not { } seen)
        {
            var now = Value ?? _proposed;
            IReadOnlyList<SchemaFault> unfit = Schema is null || Fault is not null ? [] : SchemaCheck.Of(Schema, now);
            var hasForm = Schema is not null && Fault is null && !unfit.Any(fault => fault.Rule == SchemaRule.TooLarge);
            _seen = seen = (unfit, hasForm ? ArgumentsForm.Of(Schema!, now, _proposed) : null);
        }

        return seen;
    }

    private static (JsonElement?, string?) Parse(string text)
    {
        if (JsonBody.TryParse(Encoding.UTF8.GetBytes(text), MostDepth, out var value) is { } fault)
        {
            return (null, fault.Detail);
        }
        if (value.ValueKind != JsonValueKind.Object)
        {
            return (null, "The arguments are a JSON object.");
        }
        var errors = new InputErrors();
        new BodyHygiene(errors).Check(value, Place.Root);
        return errors.Items is [var first, ..] ? (null, $"{first.Pointer}: {first.Detail}") : (value, null);
    }
}
