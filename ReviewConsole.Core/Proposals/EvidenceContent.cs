using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// The shape of <c>content</c> for each kind (WIRE.md §1): <c>text</c>, <c>markdown</c>, <c>html</c> string · <c>json</c> any ·
/// <c>table</c> <c>{columns: [string], rows: [[scalar]]}</c> · <c>keyValue</c> <c>[{key, value}]</c> · <c>conversation</c>
/// <c>[{from, text, at?}]</c> · <c>email</c> <c>{from, to: [], cc: [], date, subject, text?, html?, headers?}</c> · <c>diff</c>
/// <c>{before, after, language?}</c> · <c>link</c> <c>{uri, label?}</c>.
/// </summary>
internal sealed class EvidenceContent(MemberReader member)
{
    private readonly InputErrors _errors = member.Errors;

    public void Check(EvidenceKind kind, JsonElement content, Place at)
    {
        switch (kind)
        {
            case EvidenceKind.Text or EvidenceKind.Markdown or EvidenceKind.Html:
                if (content.ValueKind != JsonValueKind.String)
                {
                    _errors.Invalid(at, "Must be a string.");
                }

                break;
            case EvidenceKind.Table: Table(content, at); break;
            case EvidenceKind.KeyValue: Each(content, at, Pair); break;
            case EvidenceKind.Conversation: Each(content, at, Turn); break;
            case EvidenceKind.Email: Email(content, at); break;
            case EvidenceKind.Diff: Diff(content, at); break;
            case EvidenceKind.Link: Link(content, at); break;
            default: break;
        }
    }

    private void Each(JsonElement list, Place at, Action<JsonElement, Place> check)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            _errors.Invalid(at, "Must be an array.");
            return;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            check(item, at.At(index++));
        }
    }

    private void Table(JsonElement table, Place at)
    {
        var columns = -1;
        foreach (var m in member.Object(table, at))
        {
            switch (m.Name)
            {
                case "columns":
                    Each(m.Value, at.At(m.Name), MustBeText);
                    columns = m.Value.ValueKind == JsonValueKind.Array ? m.Value.GetArrayLength() : -1;
                    break;
                case "rows": break;
                default: member.Unknown(m, at, "columns, rows"); break;
            }
        }

        member.Require(table, at, "columns");
        member.Require(table, at, "rows");
        if (table.ValueKind == JsonValueKind.Object && table.TryGetProperty("rows", out var rows) && rows.ValueKind != JsonValueKind.Null)
        {
            Each(rows, at.At("rows"), (row, place) => Row(row, place, columns));
        }
    }

    private void Row(JsonElement row, Place at, int columns)
    {
        Each(row, at, (cell, place) =>
        {
            if (cell.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                _errors.Invalid(place, "Must be a string, a number, true, false or null.");
            }
        });

        if (columns >= 0 && row.ValueKind == JsonValueKind.Array && row.GetArrayLength() != columns)
        {
            _errors.Invalid(at, string.Create(CultureInfo.InvariantCulture, $"Must have one cell for each of the {columns} columns; this has {row.GetArrayLength()}."));
        }
    }

    private void Pair(JsonElement pair, Place at)
    {
        foreach (var m in member.Object(pair, at))
        {
            switch (m.Name)
            {
                case "key": member.Text(m, at); break;
                case "value": break;
                default: member.Unknown(m, at, "key, value"); break;
            }
        }

        member.Require(pair, at, "key");
        if (pair.ValueKind == JsonValueKind.Object && !pair.TryGetProperty("value", out _))
        {
            _errors.Invalid(at.At("value"), "Is required; it may be null.");
        }
    }

    private void Turn(JsonElement turn, Place at)
    {
        foreach (var m in member.Object(turn, at))
        {
            switch (m.Name)
            {
                case "from" or "text": member.Text(m, at); break;
                case "at": member.Time(m, at); break;
                default: member.Unknown(m, at, "from, text, at"); break;
            }
        }

        member.Require(turn, at, "from");
        member.Require(turn, at, "text");
    }

    private void Email(JsonElement email, Place at)
    {
        foreach (var m in member.Object(email, at))
        {
            switch (m.Name)
            {
                case "from" or "date" or "subject" or "text" or "html": member.Text(m, at); break;
                case "to" or "cc" when PartReader.Sent(m): Each(m.Value, at.At(m.Name), MustBeText); break;
                case "headers" when PartReader.Sent(m): Headers(m.Value, at.At(m.Name)); break;
                case "to" or "cc" or "headers": break;
                default: member.Unknown(m, at, "from, to, cc, date, subject, text, html, headers"); break;
            }
        }

        member.Require(email, at, "from");
        member.Require(email, at, "to");
        member.Require(email, at, "subject");
    }

    private void Headers(JsonElement headers, Place at)
    {
        foreach (var m in member.Object(headers, at))
        {
            member.Text(m, at);
        }
    }

    private void Diff(JsonElement diff, Place at)
    {
        foreach (var m in member.Object(diff, at))
        {
            switch (m.Name)
            {
                case "before" or "after" or "language": member.Text(m, at); break;
                default: member.Unknown(m, at, "before, after, language"); break;
            }
        }

        member.Require(diff, at, "before");
        member.Require(diff, at, "after");
    }

    private void Link(JsonElement link, Place at)
    {
        foreach (var m in member.Object(link, at))
        {
            switch (m.Name)
            {
                case "uri": member.Word(m, at, int.MaxValue); break;
                case "label": member.Text(m, at); break;
                default: member.Unknown(m, at, "uri, label"); break;
            }
        }

        member.Require(link, at, "uri");
    }

    private void MustBeText(JsonElement value, Place at)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            _errors.Invalid(at, "Must be a string.");
        }
    }
}
