using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>Our own checks in the reader's language; those of the source stay as the source wrote them.</summary>
internal static class CheckWords
{
    private static readonly RecordedSentences s_sentences = new(CheckSentences.All);

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

    private static string Say(IStringLocalizer words, string recorded) => s_sentences.Find(recorded) is var (name, gaps) ? words["Check.Says." + name, [.. gaps]] : recorded;
}
