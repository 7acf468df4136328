using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>Our own checks in the reader's language; those of the source stay as the source wrote them.</summary>
internal static class CheckWords
{
    // The words around the gaps.
    private static readonly (string Name, string[] Around)[] s_sentences = [.. CheckSentences.All.Select(static sentence =>
        (sentence.Key, sentence.Value.Split(["{0}", "{1}", "{2}", "{3}"], StringSplitOptions.None)))];

    /// <summary>A few words that stand for a check where there is no room for its name; of a source's check its id.</summary>
    public static string Short(IStringLocalizer words, string id)
    {
        if (!Check.IsReserved(id))
        {
            return id;
        }

        var word = words["Check.Short." + (id.StartsWith("evidence:", StringComparison.Ordinal) ? "shown" : id.Replace("console:", "", StringComparison.Ordinal))];
        return word.ResourceNotFound ? id : word.Value;
    }

    public static string Name(IStringLocalizer words, Check check) => check.IsConsole ? Say(words, check.Name) : check.Name;

    public static string? Detail(IStringLocalizer words, Check check) => check is { IsConsole: true, Detail: { } detail } ? Say(words, detail) : check.Detail;

    private static string Say(IStringLocalizer words, string recorded)
    {
        foreach (var (name, around) in s_sentences)
        {
            if (Gaps(around, recorded) is { } gaps)
            {
                return words["Check.Says." + name, gaps];
            }
        }

        return recorded;
    }

    private static object[]? Gaps(string[] around, string recorded)
    {
        if (!recorded.StartsWith(around[0], StringComparison.Ordinal))
        {
            return null;
        }

        var gaps = new object[around.Length - 1];
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
