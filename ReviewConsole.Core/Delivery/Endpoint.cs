using System.Collections.Frozen;
using System.Globalization;

namespace ReviewConsole.Core.Delivery;

/// <summary>A registered receiver of webhooks. Times are Unix milliseconds.</summary>
/// <param name="Number">The ledger knows it as <see cref="Id"/>.</param>
/// <param name="Secret">The current secret, protected by the <see cref="SecretBox"/>.</param>
/// <param name="Previous">The protected secret of before a rotation, valid until <paramref name="PreviousUntil"/>.</param>
/// <param name="Disabled">When its receiver answered 410.</param>
internal sealed record Endpoint(
    long Number, string Name, string Url, ReadOnlyMemory<byte> Secret, ReadOnlyMemory<byte>? Previous, long? PreviousUntil, long Added, long? Disabled)
{
    /// <summary>How long the old secret still signs beside the new one.</summary>
    public static readonly TimeSpan RotationOverlap = TimeSpan.FromHours(24);

    public string Id => IdOf(Number);

    public static string IdOf(long number) => "e" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The secrets that sign at <paramref name="now"/>, the newest first.</summary>
    public IReadOnlyList<WebhookSecret> Secrets(SecretBox box, long now)
    {
        var current = WebhookSecret.FromKey(box.Unprotect(Secret.ToArray()));
        return Previous is { } previous && PreviousUntil > now ? [current, WebhookSecret.FromKey(box.Unprotect(previous.ToArray()))] : [current];
    }
}

/// <summary>All endpoints in memory, so that neither a submit nor a delivery reads the database for one. Replaced after every change.</summary>
internal sealed class EndpointDirectory
{
    private volatile FrozenDictionary<string, Endpoint> _byName = FrozenDictionary<string, Endpoint>.Empty;

    public void Replace(IEnumerable<Endpoint> endpoints) => _byName = endpoints.ToFrozenDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);

    /// <summary>The endpoint of that name, disabled or not; null when there is none (any more).</summary>
    public Endpoint? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether a submit may name it.</summary>
    public bool Takes(string name) => Find(name) is { Disabled: null };
}
