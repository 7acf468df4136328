namespace ReviewConsole.Core.Ledger;

/// <summary>What keeps a JSON value from having exactly one RFC 8785 form.</summary>
internal enum CanonicalJsonFault
{
    /// <summary>The number's decimal value differs from that of its RFC 8785 text, so a digest would cover another number than the one sent.</summary>
    InexactNumber,

    /// <summary>A string or key holds half of a surrogate pair, or bytes that are not UTF-8.</summary>
    LoneSurrogate,

    /// <summary>An object holds one key twice; parsers disagree about which counts.</summary>
    DuplicateKey,
}

/// <summary>A value cannot be canonicalised. The message says what to send instead.</summary>
/// <param name="fault">The kind of obstacle.</param>
/// <param name="pointer">RFC 6901 pointer to the offending value or key, without a leading <c>#</c>; empty for the root.</param>
/// <param name="message">One sentence for the sender.</param>
internal sealed class CanonicalJsonException(CanonicalJsonFault fault, string pointer, string message) : Exception(message)
{
    /// <summary>The kind of obstacle.</summary>
    public CanonicalJsonFault Fault { get; } = fault;

    /// <summary>RFC 6901 pointer, without a leading <c>#</c>; empty for the root.</summary>
    public string Pointer { get; } = pointer;
}
