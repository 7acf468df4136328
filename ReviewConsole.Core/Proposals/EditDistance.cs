using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// How far a correction is from what it corrects: Levenshtein's distance in characters (code points), added up over the changed leaves. Exact up to
/// <see cref="MostExact"/>; what differs more counts as wholly rewritten, so that a large text costs a bounded time.
/// </summary>
internal static class EditDistance
{
    public const int MostExact = 1_000;

    public static int Between(EffectiveAction from, EffectiveAction to) => Of(ActionChange.Between(from, to));

    public static int Of(IReadOnlyList<ActionChange> changes) =>
        (int)Math.Min(int.MaxValue, changes.Sum(static change => (long)Between(Text(change.Was), Text(change.Value))));

    public static int Between(string from, string to)
    {
        ReadOnlySpan<int> a = [.. from.EnumerateRunes().Select(static rune => rune.Value)];
        ReadOnlySpan<int> b = [.. to.EnumerateRunes().Select(static rune => rune.Value)];
        var start = a.CommonPrefixLength(b);
        a = a[start..];
        b = b[start..];
        var end = 0;
        while (end < a.Length && end < b.Length && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        a = a[..^end];
        b = b[..^end];
        return Furthest(a, b) ?? Math.Max(a.Length, b.Length);
    }

    // Ukkonen: for each number of edits and each diagonal, how far one gets; equal stretches are free.
    private static int? Furthest(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var most = Math.Min(MostExact, Math.Max(a.Length, b.Length));
        var goal = b.Length - a.Length;
        if (Math.Abs(goal) > most)
        {
            return null;
        }

        const int unreached = -2;
        var width = (2 * most) + 3;
        var before = new int[width];
        var now = new int[width];
        Array.Fill(before, unreached);
        for (var edits = 0; edits <= most; edits++)
        {
            Array.Fill(now, unreached);
            for (var diagonal = -edits; diagonal <= edits; diagonal++)
            {
                var at = diagonal + most + 1;
                // Rows of a: one further by replacing or taking out, the same by putting in.
                var row = edits == 0 ? 0 : Math.Max(Math.Max(before[at] + 1, before[at + 1] + 1), before[at - 1]);
                row = Math.Min(row, Math.Min(a.Length, b.Length - diagonal));
                if (row < 0 || row + diagonal < 0)
                {
                    continue;
                }

                now[at] = row + a[row..].CommonPrefixLength(b[(row + diagonal)..]);
                if (diagonal == goal && now[at] == a.Length)
                {
                    return edits;
                }
            }

            (before, now) = (now, before);
        }

        return null;
    }

    private static string Text(JsonElement? value) => value switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };
}
