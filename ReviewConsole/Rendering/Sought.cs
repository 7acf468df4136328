using System.Text.Json;

namespace ReviewConsole.Rendering;

/// <summary>What a reader looks for in one piece of evidence, in names and values, without regard to case. Every place counts; the first ones are marked.</summary>
internal sealed class Sought(string text)
{
    private const int MostMarked = 500;

    /// <summary>Places found in what was drawn.</summary>
    public int Hits { get; private set; }

    /// <summary>The places in one text.</summary>
    public IEnumerable<MarkSpan> In(string whole)
    {
        for (var at = Next(whole, 0); at >= 0 && Hits < MostMarked; at = Next(whole, at + text.Length))
        {
            Hits++;
            yield return new MarkSpan(at, at + text.Length, "", IsHit: true);
        }
    }

    /// <summary>True when it stands in this value or in a part of it.</summary>
    public bool IsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => IsIn(member.Name) || IsIn(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsIn),
        JsonValueKind.String => IsIn(value.GetString()!),
        _ => IsIn(value.GetRawText()),
    };

    public bool IsIn(string whole) => Next(whole, 0) >= 0;

    private int Next(string whole, int from) => whole.IndexOf(text, from, StringComparison.OrdinalIgnoreCase);
}
