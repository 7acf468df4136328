namespace ReviewConsole.Core.Gate;

/// <summary>What our own checks say, as it is recorded. A reader in another language is shown the sentence of the same name with what stands in the gaps.</summary>
internal static class CheckSentences
{
    public const string NoEvidence = "There is no evidence";
    public const string NoEvidenceDetail = "Nothing but the proposal's own words supports this.";
    public const string CannotBeShown = "Evidence “{0}” cannot be shown";
    public const string DownloadOnly = "It can only be downloaded.";
    public const string PagesNotDrawn = "Its pages cannot be drawn here.";
    public const string OtherBytes = "Its bytes are not what it says they are.";
    public const string Empty = "It is empty.";
    public const string EvidenceMissing = "Required evidence is missing";
    public const string EvidenceMissingDetail = "The action catalogue asks for {0}.";
    public const string EvidenceDemandedDetail = "A rule of the policy asks for {0}.";
    public const string FlagDiffers = "Declared “{0}: {1}” differs from the action catalogue";
    public const string FlagDiffersDetail = "The catalogue says {0}; the stricter counts.";
    public const string KindDiffers = "Declared kind differs from the action catalogue";
    public const string KindDiffersDetail = "Declared “{0}”, the action catalogue has “{1}”.";
    public const string SubjectDiffers = "Declared subject differs from the arguments";
    public const string SubjectDiffersDetail = "Declared “{0}”, the arguments have “{1}”.";
    public const string SubjectUnreadable = "Subject in the arguments cannot be read";
    public const string SubjectUnreadableDetail = "{0} is neither a text nor a number.";
    public const string AmountUnreadable = "Amount in the arguments cannot be read";
    public const string AmountUnreadableDetail = "{0} is not a decimal number.";
    public const string AmountDiffers = "Declared amount differs from the arguments";
    public const string AmountDiffersDetail = "Declared {0} {1}, the arguments have {2} {3}; the greater counts.";
    public const string ArgumentsUnfit = "Arguments do not fit the action catalogue";
    public const string ArgumentsUnfitDetail = "Against the schema of the catalogue: {0}.";

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(NoEvidence)] = NoEvidence,
        [nameof(NoEvidenceDetail)] = NoEvidenceDetail,
        [nameof(CannotBeShown)] = CannotBeShown,
        [nameof(DownloadOnly)] = DownloadOnly,
        [nameof(PagesNotDrawn)] = PagesNotDrawn,
        [nameof(OtherBytes)] = OtherBytes,
        [nameof(Empty)] = Empty,
        [nameof(EvidenceMissing)] = EvidenceMissing,
        [nameof(EvidenceMissingDetail)] = EvidenceMissingDetail,
        [nameof(EvidenceDemandedDetail)] = EvidenceDemandedDetail,
        [nameof(FlagDiffers)] = FlagDiffers,
        [nameof(FlagDiffersDetail)] = FlagDiffersDetail,
        [nameof(KindDiffers)] = KindDiffers,
        [nameof(KindDiffersDetail)] = KindDiffersDetail,
        [nameof(SubjectDiffers)] = SubjectDiffers,
        [nameof(SubjectDiffersDetail)] = SubjectDiffersDetail,
        [nameof(SubjectUnreadable)] = SubjectUnreadable,
        [nameof(SubjectUnreadableDetail)] = SubjectUnreadableDetail,
        [nameof(AmountUnreadable)] = AmountUnreadable,
        [nameof(AmountUnreadableDetail)] = AmountUnreadableDetail,
        [nameof(AmountDiffers)] = AmountDiffers,
        [nameof(AmountDiffersDetail)] = AmountDiffersDetail,
        [nameof(ArgumentsUnfit)] = ArgumentsUnfit,
        [nameof(ArgumentsUnfitDetail)] = ArgumentsUnfitDetail,
    };
}
