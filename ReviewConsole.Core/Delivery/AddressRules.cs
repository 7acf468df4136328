using System.Net;
using System.Net.Sockets;

namespace ReviewConsole.Core.Delivery;

/// <summary>
/// Which addresses the console may connect to (TRUST.md §4). Pure. Only globally reachable unicast addresses pass, unless <c>Delivery:AllowedNetworks</c> names
/// the network; link-local addresses and the metadata services of the clouds never pass, in whatever form they are written.
/// </summary>
internal sealed class AddressRules
{
    // Everything of the IANA special-purpose registries that is not "globally reachable", and what can be read as another address.
    private static readonly (IPNetwork Network, string Kind)[] s_special = Table(
        ("0.0.0.0/8", "unspecified"), ("10.0.0.0/8", "private"), ("100.64.0.0/10", "carrier-grade NAT"), ("127.0.0.0/8", "loopback"),
        ("172.16.0.0/12", "private"), ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "documentation"), ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"), ("198.18.0.0/15", "benchmarking"), ("198.51.100.0/24", "documentation"), ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"), ("::1/128", "loopback"), ("::/96", "IPv4-compatible"), ("::ffff:0:0/96", "IPv4-mapped"), ("::ffff:0:0:0/96", "IPv4-translated"),
        ("64:ff9b::/96", "NAT64"), ("64:ff9b:1::/48", "NAT64"), ("100::/64", "discard"), ("2001::/32", "Teredo"), ("2001::/23", "reserved"),
        ("2001:db8::/32", "documentation"), ("2002::/16", "6to4"), ("3fff::/20", "documentation"), ("fc00::/7", "unique local"), ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"));

    private static readonly (IPNetwork Network, string Kind)[] s_never = Table(
        ("169.254.0.0/16", "link-local"), ("fe80::/10", "link-local"),
        ("168.63.129.16/32", "metadata"), ("100.100.100.200/32", "metadata"), ("192.0.0.192/32", "metadata"),
        ("fd00:ec2::254/128", "metadata"), ("fd20:ce::254/128", "metadata"), ("fd00:42::42/128", "metadata"));

    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_lastFour =
        [IPNetwork.Parse("::/96"), IPNetwork.Parse("::ffff:0:0/96"), IPNetwork.Parse("::ffff:0:0:0/96"), IPNetwork.Parse("64:ff9b::/96")];

    private static readonly IPNetwork s_nat64Local = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork s_teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork[] s_loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private readonly IPNetwork[] _allowed;

    private AddressRules(IPNetwork[] allowed, bool loopbackHttp)
    {
        _allowed = allowed;
        LoopbackHttp = loopbackHttp;
    }

    /// <summary>Whether plain http is taken, to loopback only: true in Development.</summary>
    public bool LoopbackHttp { get; }

    /// <param name="allowedNetworks"><c>Delivery:AllowedNetworks</c>, each in CIDR form such as <c>10.20.0.0/16</c>.</param>
    /// <param name="development">Lets loopback through, also over http.</param>
    /// <exception cref="FormatException">Names the network that is not in CIDR form.</exception>
    public static AddressRules Create(IEnumerable<string> allowedNetworks, bool development)
    {
        var allowed = allowedNetworks.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new FormatException($"Delivery:AllowedNetworks has '{text}', which is not a network such as 10.20.0.0/16."));
        return new AddressRules([.. allowed, .. development ? s_loopback : []], development);
    }

    /// <summary>Null when the address may be connected to, else what it is, in words for the person who registered it.</summary>
    public string? Refuse(IPAddress address)
    {
        var embedded = Embedded(address);
        if ((Find(s_never, address) ?? (embedded is null ? null : Find(s_never, embedded))) is { } never)
        {
            return never;
        }

        if (_allowed.Any(network => Holds(network, address)))
        {
            return null;
        }

        if (Find(s_special, address) is { } special)
        {
            return special;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !Holds(s_globalUnicast, address) ? "not global unicast"
            : embedded is null ? null
            : Refuse(embedded);
    }

    public static bool IsLoopback(IPAddress address) => s_loopback.Any(network => Holds(network, address));

    /// <summary>The IPv4 address that a stack or gateway would read out of this IPv6 address, if it has one of the known forms.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var b = address.GetAddressBytes();
        return Array.Find(s_lastFour, network => Holds(network, address)) != default || IsIsatap(b) ? new IPAddress(b.AsSpan(12, 4))
            : Holds(s_nat64Local, address) ? new IPAddress([b[6], b[7], b[9], b[10]])   // RFC 6052 skips byte 8
            : Holds(s_sixToFour, address) ? new IPAddress(b.AsSpan(2, 4))
            : Holds(s_teredo, address) ? new IPAddress([.. b[12..].Select(x => (byte)~x)])
            : null;
    }

    private static bool IsIsatap(byte[] b) => (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe;

    private static string? Find((IPNetwork Network, string Kind)[] table, IPAddress address) =>
        Array.Find(table, row => Holds(row.Network, address)).Kind;

    // By bytes: IPNetwork.Contains reads a mapped address as IPv4, and here the form itself is judged too. A scope id plays no part.
    private static bool Holds(IPNetwork network, IPAddress address)
    {
        Span<byte> theirs = stackalloc byte[16];
        Span<byte> ours = stackalloc byte[16];
        _ = address.TryWriteBytes(theirs, out var length);
        _ = network.BaseAddress.TryWriteBytes(ours, out var wanted);
        var whole = network.PrefixLength / 8;
        var mask = (byte)(0xff00 >> (network.PrefixLength % 8));
        return length == wanted && theirs[..whole].SequenceEqual(ours[..whole]) && (whole == length || ((theirs[whole] ^ ours[whole]) & mask) == 0);
    }

    private static (IPNetwork, string)[] Table(params (string Network, string Kind)[] rows) => [.. rows.Select(r => (IPNetwork.Parse(r.Network), r.Kind))];
}
