using System.Collections.Frozen;
using System.Globalization;

namespace ReviewConsole.Core.Identity;

/// <summary>
/// A source's key as the store has it. The token itself is never kept, only <paramref name="Hash"/>, the lower-case hex of its SHA-256.
/// Times are Unix milliseconds. <paramref name="Number"/> gives the pseudonym <c>k3</c> that enters the ledger, and <paramref name="Owner"/> is one.
/// </summary>
internal sealed record ApiKey(
    long Number, string Owner, string Name, string Hash, FrozenSet<string> Systems, FrozenSet<string> Scopes, long Created, long? Expires, long? Revoked)
{
    /// <summary>Who the key speaks as. Keys of one name have one owner, so a key that replaces a revoked one of that name sees its reviews.</summary>
    public SourceActor Actor { get; } = new(string.Create(CultureInfo.InvariantCulture, $"k{Number}"), Owner, Systems, Scopes);

    public bool IsLive(long now) => Revoked is null && (Expires is not { } end || now < end);
}
