namespace ReviewConsole.Core.Proposals;

/// <summary>
/// The digest that binds a decision to what runs (WIRE.md §1): <c>sha256:</c> and the hex SHA-256 of the RFC 8785 bytes of
/// <c>{name, arguments, draft?, fields?}</c>. See <see cref="EffectiveAction.Canonical"/> for what is left out and what is null.
/// </summary>
internal static class ActionDigest
{
    public static string Of(ProposedAction action, Draft? draft, IReadOnlyList<Field>? fields) =>
        new EffectiveAction(action.Name, action.Arguments, draft, fields).Digest;
}
