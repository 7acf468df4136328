using System.Collections.Frozen;

namespace ReviewConsole.Core.Identity;

/// <summary>
/// All keys in memory, so that a submit costs no read of the database. One process writes, and it replaces the whole directory after each commit that
/// touched a key: a revoked key is unknown before the revocation is answered.
/// </summary>
internal sealed class KeyDirectory
{
    private volatile FrozenDictionary<string, ApiKey> _byHash = FrozenDictionary<string, ApiKey>.Empty;

    public void Replace(IEnumerable<ApiKey> keys) => _byHash = keys.Where(key => key.Revoked is null).ToFrozenDictionary(key => key.Hash, StringComparer.Ordinal);

    /// <summary>The live key of a token, or null. Found by the hash of 256 random bits, so the comparison's timing says nothing of use.</summary>
    public ApiKey? Find(ReadOnlySpan<char> token, long now) =>
        ApiKeyToken.TryHash(token, out var hash) && _byHash.TryGetValue(hash, out var key) && key.IsLive(now) ? key : null;
}
