namespace ReviewConsole.Core.Gate;

/// <summary>Sentences of our own with gaps, found again in what was recorded.</summary>
/// <param name="sentences">By name, with {0} and so on where the gaps are.</param>
internal sealed class RecordedSentences(IReadOnlyDictionary<string, string> sentences)
{
    // The words around the gaps.
    private readonly (string Name, string[] Around)[] _sentences = [.. sentences.Select(static sentence => (sentence.Key, sentence.Value.Split(["{0}", "{1}", "{2}", "{3}"], StringSplitOptions.None)))];

    /// <summary>The name of the sentence that this is, and what stands in its gaps; null for words that are not ours.</summary>
    public (string Name, string[] Gaps)? Find(string recorded)
    {
        foreach (var (name, around) in _sentences)
        {
            if (Gaps(around, recorded) is { } gaps)
            {
                return (name, gaps);
            }
        }

        return null;
    }

    private static string[]? Gaps(string[] around, string recorded)
    {
        if (!recorded.StartsWith(around[0], StringComparison.Ordinal))
        {
            return null;
        }

        var gaps = new string[around.Length - 1];
        var at = around[0].Length;
        for (var i = 0; i < gaps.Length; i++)
        {
            var after = around[i + 1];
            var end = i == gaps.Length - 1 ? recorded.Length - after.Length : recorded.IndexOf(after, at, StringComparison.Ordinal);
            if (end < at || !recorded.AsSpan(end).StartsWith(after, StringComparison.Ordinal))
            {
                return null;
            }

            gaps[i] = recorded[at..end];
            at = end + after.Length;
        }

        return at == recorded.Length ? gaps : null;
    }
}
