namespace ReviewConsole.Core.Proposals;

/// <summary>
/// The digest that binds a decision to what runs (WIRE.md §1): <c>sha256:</c> and the hex SHA-256 of the RFC 8785 bytes of
/// <c>{name, arguments, draft?, fields?}</c>. See <see cref="EffectiveAction.Canonical"/> for what is left out and what is null.
/// </summary>
internal static class ActionDigest
{
    public static string Of(ProposedAction action, Draft? draft, IReadOnlyList<Field>? fields) =>
        new EffectiveAction(action.Name, action.Arguments, draft, fields).Digest;

    /// <summary>Whether a text has the form of a digest, whatever it is the digest of.</summary>
    public static bool IsOne(string text) =>
        text.Length == Prefix.Length + 64 && text.StartsWith(Prefix, StringComparison.Ordinal) && !text.AsSpan(Prefix.Length).ContainsAnyExcept(s_hex);

    private const string Prefix = "sha256:";
    private static readonly System.Buffers.SearchValues<char> s_hex = System.Buffers.SearchValues.Create("0123456789abcdef");
}
