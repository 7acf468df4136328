using System.Globalization;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What the gate itself gives as a reason, beside the words of whoever wrote a rule, as it is recorded. A reader in another language is shown the sentence of the same name with what stands in its gap.
/// </summary>
internal static class OwnReasons
{
    public const string NotCovered = "No rule of the policy covers this";
    public const string NotKnown = "Not known: {0}";
    public const string EvidenceMissing = "Evidence is missing: {0}";
    public const string ReviewedBefore = "An earlier revision went to a person";
    public const string Demoted = "The automation rule “{0}” is demoted: people found fault with what it lets through";
    public const string Drawn = "Audit sample of the automation rule {0}";

    /// <summary>Instead of the draw, to a mere question: who could ask beforehand would vary the action until it is not drawn.</summary>
    public const string MayBeDrawn = "May be drawn as an audit sample, which is not known before it is submitted: then a person looks first";

    /// <summary>Reasons of the line. The facts say who set its mode and until when.</summary>
    public const string Stopped = "The line is stopped", EverythingToReview = "Everything on this line goes to a person",
        TwoPerson = "Two people approve or correct on this line";

    /// <summary>By name. Each has one gap at most.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(NotCovered)] = NotCovered,
        [nameof(NotKnown)] = NotKnown,
        [nameof(EvidenceMissing)] = EvidenceMissing,
        [nameof(ReviewedBefore)] = ReviewedBefore,
        [nameof(Demoted)] = Demoted,
        [nameof(Drawn)] = Drawn,
        [nameof(MayBeDrawn)] = MayBeDrawn,
        [nameof(Stopped)] = Stopped,
        [nameof(EverythingToReview)] = EverythingToReview,
        [nameof(TwoPerson)] = TwoPerson,
    };

    public static string Of(string sentence, IEnumerable<string> gap) => string.Format(CultureInfo.InvariantCulture, sentence, string.Join(", ", gap));
}
