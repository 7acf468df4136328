namespace ReviewConsole.Core.Proposals;

/// <summary>What is wrong at one place of a body. The pointer is a JSON pointer in URI fragment form: <c>#/signals/0/value</c>.</summary>
/// <param name="Code">One of <see cref="InputCodes"/>.</param>
internal sealed record InputError(string Pointer, string Code, string Detail);

/// <summary>The codes of an <see cref="InputError"/>; <see cref="NotJson"/> answers 400, <see cref="TooLarge"/> 413, the others 422.</summary>
internal static class InputCodes
{
    public const string NotJson = "not-json";
    public const string TooLarge = "too-large";
    public const string UnknownMember = "unknown-member";
    public const string Invalid = "invalid";
    public const string NotSupported = "not-supported";
}

/// <summary>Either a <see cref="Proposal"/> or all that is wrong with the body; never both.</summary>
/// <param name="Inline">Bytes that came as base64: store them before the proposal is submitted.</param>
/// <param name="Answer">The reply to a reviewer's question; only in a new revision.</param>
internal sealed record ProposalReading(
    Proposal? Proposal, IReadOnlyList<InputError> Errors, IReadOnlyList<InlineBlob> Inline, string? Answer)
{
    public static ProposalReading Refused(IReadOnlyList<InputError> errors) => new(null, errors, [], null);
}
