using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>Draft and fields: of a proposal, and of a correction, where they have the same shapes.</summary>
internal sealed class DraftAndFieldReader(MemberReader member, ProposalLimits limits)
{
    private readonly InputErrors _errors = member.Errors;

    public Draft Draft(JsonElement value, Place at)
    {
        DraftFormat? format = null;
        string? content = null, baseline = null;
        JsonElement? target = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "format": format = member.Choice(m, at, WireNames.DraftFormats); break;
                case "content": content = member.Text(m, at); break;
                case "baseline": baseline = member.Text(m, at); break;
                case "target": target = member.FreeObject(m, at); break;
                default: member.Unknown(m, at, "format, content, baseline, target"); break;
            }
        }

        member.Require(value, at, "format");
        member.Require(value, at, "content");
        return new Draft(format ?? DraftFormat.Text, content ?? "", baseline, target);
    }

    public Field Field(JsonElement value, Place at)
    {
        string? name = null, label = null, type = null, evidence = null;
        JsonElement? content = null;
        decimal? confidence = null;
        bool? required = null;
        int? page = null;
        Box? box = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "name": name = member.Word(m, at, limits.Ids); break;
                case "label": label = member.Text(m, at, limits.Title); break;
                case "type": type = member.Word(m, at, limits.Ids); break;
                case "value": content = m.Value; break;
                case "confidence": confidence = member.Share(m, at); break;
                case "required": required = member.Flag(m, at); break;
                case "evidence": evidence = member.Word(m, at, limits.Ids); break;
                case "page": page = member.Whole(m, at, 1); break;
                case "box": box = Box(m, at); break;
                default: member.Unknown(m, at, "name, label, type, value, confidence, required, evidence, page, box"); break;
            }
        }

        member.Require(value, at, "name");
        member.Require(value, at, "type");
        return new Field(name ?? "", type ?? "", content, label, confidence, required, evidence, page, box);
    }

    /// <summary>A field as a person corrects it: <c>{name, value, page?, box?}</c>; type and label stay those of the submitted one.</summary>
    public Field CorrectedField(JsonElement value, Place at)
    {
        string? name = null;
        JsonElement? content = null;
        int? page = null;
        Box? box = null;
        foreach (var m in member.Object(value, at))
        {
            switch (m.Name)
            {
                case "name": name = member.Word(m, at, limits.Ids); break;
                case "value": content = m.Value; break;
                case "page": page = member.Whole(m, at, 1); break;
                case "box": box = Box(m, at); break;
                default: member.Unknown(m, at, "name, value, page, box"); break;
            }
        }

        member.Require(value, at, "name");
        return new Field(name ?? "", "text", content, Page: page, Box: box);
    }

    private Box? Box(JsonProperty m, Place at)
    {
        if (m.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Span<double> side = stackalloc double[4];
        var count = 0;
        if (m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() == side.Length)
        {
            foreach (var item in m.Value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0)
                {
                    side[count++] = number;
                }
            }
        }

        if (count == side.Length && side[2] > 0 && side[3] > 0)
        {
            return new Box(side[0], side[1], side[2], side[3]);
        }

        _errors.Invalid(at.At(m.Name), "Must be [x, y, width, height]: four numbers, none negative, width and height above 0.");
        return null;
    }
}
