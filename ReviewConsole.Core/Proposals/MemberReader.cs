using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// Reads single members with their limits. A JSON null is a member that was not sent. What is wrong becomes an error and the answer null, so
/// that reading goes on to the next mistake.
/// </summary>
internal sealed class MemberReader(InputErrors errors)
{
    public InputErrors Errors { get; } = errors;

    /// <summary>An object's members, or none and an error.</summary>
    public JsonElement.ObjectEnumerator Object(JsonElement value, Place at)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.EnumerateObject();
        }

        Errors.Invalid(at, "Must be an object.");
        return default;
    }

    public void Unknown(JsonProperty member, Place at, string known)
    {
        if (!member.Name.StartsWith("x-", StringComparison.Ordinal))
        {
            Errors.UnknownMember(at, member.Name, known);
        }
    }

    /// <summary>An error when <paramref name="value"/> has no such member, or a null one.</summary>
    public void Require(JsonElement value, Place at, string name)
    {
        if (value.ValueKind == JsonValueKind.Object
            && (!value.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null))
        {
            Errors.Invalid(at.At(name), "Is required.");
        }
    }

    /// <summary>A text that is not blank.</summary>
    public string? Word(JsonProperty member, Place at, int most)
    {
        if (Text(member, at, most) is not { } text)
        {
            return null;
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        Errors.Invalid(at.At(member.Name), "Must not be empty.");
        return null;
    }

    public string? Text(JsonProperty member, Place at, int most = int.MaxValue)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                var text = member.Value.GetString()!;
                if (text.Length > most)
                {
                    Errors.Invalid(at.At(member.Name), string.Create(CultureInfo.InvariantCulture, $"Must have at most {most} characters; this has {text.Length}."));
                    return null;
                }

                return text;
            default:
                Errors.Invalid(at.At(member.Name), "Must be a string.");
                return null;
        }
    }

    public bool? Flag(JsonProperty member, Place at)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Errors.Invalid(at.At(member.Name), "Must be true or false.");
                return null;
        }
    }

    public decimal? Share(JsonProperty member, Place at)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDecimal(out var share) && share is >= 0 and <= 1)
        {
            return share;
        }

        Errors.Invalid(at.At(member.Name), "Must be a number from 0 to 1.");
        return null;
    }

    public int? Whole(JsonProperty member, Place at, int least)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) && number >= least)
        {
            return number;
        }

        Errors.Invalid(at.At(member.Name), string.Create(CultureInfo.InvariantCulture, $"Must be a whole number of at least {least}."));
        return null;
    }

    /// <summary>A moment as Unix ms UTC. It needs an offset or Z: a local time would mean another moment on another machine.</summary>
    public long? Time(JsonProperty member, Place at)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.Value.ValueKind == JsonValueKind.String
            && HasOffset(member.Value.GetString()!)
            && member.Value.TryGetDateTimeOffset(out var time))
        {
            return time.ToUnixTimeMilliseconds();
        }

        Errors.Invalid(at.At(member.Name), "Must be a time as ISO 8601 writes it, with Z or an offset: 2026-05-20T09:30:00.000Z.");
        return null;
    }

    /// <summary>One of the words of the wire.</summary>
    public T? Choice<T>(JsonProperty member, Place at, IReadOnlyDictionary<string, T> choices) where T : struct
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.Value.ValueKind == JsonValueKind.String && choices.TryGetValue(member.Value.GetString()!, out var choice))
        {
            return choice;
        }

        Errors.Invalid(at.At(member.Name), $"Must be one of {string.Join(", ", choices.Keys.Order(StringComparer.Ordinal))}.");
        return null;
    }

    /// <summary>A free JSON object, or null and an error.</summary>
    public JsonElement? FreeObject(JsonProperty member, Place at)
    {
        if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null)
        {
            return member.Value.ValueKind == JsonValueKind.Null ? null : member.Value;
        }

        Errors.Invalid(at.At(member.Name), "Must be an object.");
        return null;
    }

    /// <summary>A list of at most <paramref name="most"/> items; null when it was not sent.</summary>
    public List<T>? List<T>(JsonProperty member, Place at, int most, Func<JsonElement, Place, T> read)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var here = at.At(member.Name);
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            Errors.Invalid(here, "Must be an array.");
            return null;
        }

        var count = member.Value.GetArrayLength();
        if (count > most)
        {
            Errors.Invalid(here, string.Create(CultureInfo.InvariantCulture, $"Must have at most {most} items; this has {count}."));
            return null;
        }

        var items = new List<T>(count);
        foreach (var item in member.Value.EnumerateArray())
        {
            items.Add(read(item, here.At(items.Count)));
        }

        return items;
    }

    /// <summary>A list of texts that are not blank.</summary>
    public List<string>? Words(JsonProperty member, Place at, int most, int length) => List(member, at, most, (item, place) =>
    {
        if (item.ValueKind == JsonValueKind.String && item.GetString() is { } text && !string.IsNullOrWhiteSpace(text) && text.Length <= length)
        {
            return text;
        }

        Errors.Invalid(place, string.Create(CultureInfo.InvariantCulture, $"Must be a string of 1 to {length} characters."));
        return "";
    });

    /// <summary>An error at every item whose id another item before it has.</summary>
    public void Unique<T>(IReadOnlyList<T>? items, Place at, string member, Func<T, string> id)
    {
        if (items is not { Count: > 1 })
        {
            return;
        }

        var seen = new HashSet<string>(items.Count, StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var value = id(items[i]);
            if (value.Length > 0 && !seen.Add(value))
            {
                Errors.Invalid(at.At(i).At(member), $"“{value}” is there twice; it must be unique in its list.");
            }
        }
    }

    private static bool HasOffset(string time) => time.EndsWith('Z') || (time.Length > 6 && time[^6] is '+' or '-' && time[^3] == ':');
}
