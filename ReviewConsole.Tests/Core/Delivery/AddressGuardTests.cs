using System.Net;
using System.Net.Sockets;
using ReviewConsole.Core.Delivery;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

/// <summary>R12: no form of writing an address gets a connection to where the console must not go.</summary>
public sealed class AddressGuardTests(ITestOutputHelper output)
{
    /// <summary>Hosts as they may stand in a URL, or as a name server may answer them.</summary>
    private static readonly string[] s_forbidden =
    [
        // loopback, in every notation that the C library or a URL parser reads
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "0177.1", "127.0.0.1.",
        "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "localhost", "LOCALHOST", "localhost.", "①②⑦.0.0.1", "１２７.0.0.1", "127。0。0。1",
        // unspecified
        "0.0.0.0", "0", "0x0", "0.1.2.3", "[::]", "[0::0]",
        // private and carrier-grade NAT
        "10.0.0.1", "10.255.255.255", "167772161", "0xa.1", "012.0.0.1", "172.16.0.1", "172.31.255.255", "0xac.16.1", "192.168.0.1", "192.168.255.255", "3232235521", "0300.0250.1", "100.64.0.1", "100.127.255.255",
        // link-local and metadata
        "169.254.169.254", "169.254.0.1", "2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "0251.0376.0251.0376", "169.254.43518", "169.16689662", "[fe80::1]", "[fe80::1%25lo]", "[febf::1]",
        "168.63.129.16", "100.100.100.200", "192.0.0.192", "[fd00:ec2::254]", "[fd20:ce::254]",
        // an IPv4 address inside an IPv6 one
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::ffff:8.8.8.8]", "[::127.0.0.1]", "[::7f00:1]",
        "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::808:808]", "[64:ff9b:1:7f00:0:100::]", "[64:ff9b:1:a9fe:a9:fe00::]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:808:808::1]",
        "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[2001::1]", "[2a00:1450:4001::5efe:127.0.0.1]", "[2a00:1450:4001::200:5efe:10.0.0.1]",
        // unique local, site-local, multicast, documentation, benchmarking, reserved, not yet given out
        "[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
        "203.0.113.1", "192.88.99.1", "[2001:db8::1]", "[2001:2::1]", "[2001:20::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[4000::1]", "[1::1]",
    ];

    private static readonly string[] s_fine =
        ["8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "169.253.255.255", "192.167.255.255", "223.255.255.255", "[2606:4700::1111]", "[2a00:1450:4001:800::a9fe:a9fe]"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R12_no_form_of_a_forbidden_address_is_connected_to()
    {
        var guard = new Recorder(AddressRules.Create([], development: false));
        foreach (var host in s_forbidden)
        {
            Assert.False(await guard.ReachAsync($"https://{host}/"), host);
        }

        output.WriteLine($"R12: {s_forbidden.Length} address forms, {guard.Dialled.Count} forbidden connections");
        Assert.True(s_forbidden.Distinct(StringComparer.Ordinal).Count() >= 80);
        Assert.Empty(guard.Dialled);
    }

    [Fact]
    public async Task R12_control_without_the_rules_the_same_forms_do_connect()
    {
        var open = new Recorder(AddressRules.Create(["0.0.0.0/0", "::/0"], development: false));
        var reached = 0;
        foreach (var host in s_forbidden)
        {
            reached += await open.ReachAsync($"https://{host}/") ? 1 : 0;
        }

        output.WriteLine($"R12 control: without the rules {reached} of {s_forbidden.Length} address forms connect");
        Assert.InRange(reached, 60, s_forbidden.Length);
    }

    [Fact]
    public async Task Link_local_and_metadata_stay_closed_even_when_every_network_is_allowed()
    {
        var open = new Recorder(AddressRules.Create(["0.0.0.0/0", "::/0"], development: true));
        string[] never =
        [
            "169.254.169.254", "0xa9fea9fe", "169.254.0.1", "[fe80::1]", "168.63.129.16", "100.100.100.200", "192.0.0.192", "[fd00:ec2::254]", "[fd20:ce::254]",
            "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::1]", "[64:ff9b:1:a9fe:a9:fe00::]", "[::169.254.169.254]", "[2001:0:4136:e378:8000:63bf:5601:5601]",
        ];
        foreach (var host in never)
        {
            Assert.False(await open.ReachAsync($"https://{host}/"), host);
        }

        Assert.Empty(open.Dialled);
    }

    [Fact]
    public async Task Public_addresses_and_their_neighbours_are_reached()
    {
        var guard = new Recorder(AddressRules.Create([], development: false));
        foreach (var host in s_fine)
        {
            Assert.True(await guard.ReachAsync($"https://{host}/"), host);
        }
    }

    [Fact]
    public async Task An_allowed_network_opens_itself_and_nothing_beside_it()
    {
        var guard = new Recorder(AddressRules.Create(["10.20.0.0/16"], development: false));
        Assert.True(await guard.ReachAsync("https://10.20.3.4/"));
        Assert.False(await guard.ReachAsync("https://10.21.0.1/"));
        Assert.False(await guard.ReachAsync("https://[::ffff:10.20.3.4]/"));
        Assert.False(await guard.ReachAsync("https://127.0.0.1/"));
    }

    [Fact]
    public async Task Http_is_for_loopback_in_development_alone()
    {
        var development = new Recorder(AddressRules.Create(["10.20.0.0/16"], development: true));
        Assert.True(await development.ReachAsync("http://127.0.0.1:9/"));
        Assert.True(await development.ReachAsync("http://[::1]:9/"));
        Assert.False(await development.ReachAsync("http://8.8.8.8/"));
        Assert.False(await development.ReachAsync("http://10.20.3.4/"));

        var production = new Recorder(AddressRules.Create(["127.0.0.0/8"], development: false));
        Assert.False(await production.ReachAsync("http://127.0.0.1:9/"));
        Assert.True(await production.ReachAsync("https://127.0.0.1:9/"));
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_connected_to()
    {
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("8.8.8.8")], [IPAddress.Loopback]]);
        var guard = new Recorder(AddressRules.Create([], development: false), _ => answers.Dequeue());
        Assert.True(await guard.ReachAsync("https://rebind.example/"));
        Assert.Equal("8.8.8.8", Assert.Single(guard.Dialled).Address.ToString());
        Assert.False(await guard.ReachAsync("https://rebind.example/"));
        Assert.Single(guard.Dialled);
    }

    [Fact]
    public async Task Of_several_answers_only_the_allowed_ones_are_tried()
    {
        var guard = new Recorder(AddressRules.Create([], development: false), _ => [IPAddress.Loopback, IPAddress.Parse("10.0.0.1"), IPAddress.Parse("9.9.9.9")]);
        Assert.True(await guard.ReachAsync("https://mixed.example/"));
        Assert.Equal("9.9.9.9", Assert.Single(guard.Dialled).Address.ToString());
    }

    [Fact]
    public void A_network_that_is_none_is_named()
    {
        var error = Assert.Throws<FormatException>(() => AddressRules.Create(["10.0.0.0/8", "10.0.0.1"], development: false));
        Assert.Contains("'10.0.0.1'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://agent.example.org/hooks", true)]
    [InlineData("https://agent.example.org:8443/hooks?a=b", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://localhost:8080/", true)]
    [InlineData("http://agent.example.org/", false)]
    [InlineData("https://user:pass@agent.example.org/", false)]
    [InlineData("https://agent.example.org/#x", false)]
    [InlineData("https://10.0.0.1/", false)]
    [InlineData("https://0x0a000001/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("ftp://agent.example.org/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/hooks", false)]
    [InlineData("agent.example.org", false)]
    [InlineData("", false)]
    public void A_url_is_judged_when_it_is_registered(string url, bool taken) =>
        Assert.Equal(taken, EndpointUrl.Refuse(url, AddressRules.Create([], development: true)) is null);

    [Fact]
    public void In_production_a_url_is_https() => Assert.NotNull(EndpointUrl.Refuse("http://127.0.0.1/", AddressRules.Create([], development: false)));

    /// <summary>The guard's own client, with a dialler that notes the address and connects to nothing.</summary>
    private sealed class Recorder(AddressRules rules, Func<string, IPAddress[]>? names = null)
    {
        public List<IPEndPoint> Dialled { get; } = [];

        /// <summary>Whether the client got as far as opening a connection.</summary>
        public async Task<bool> ReachAsync(string url)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            {
                return false;
            }

            var before = Dialled.Count;
            using var client = new AddressGuard(rules, ResolveAsync, DialAsync).CreateClient();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(address, Token));
            return Dialled.Count > before;
        }

        private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
        {
            if (names is not null)
            {
                return names(host);
            }

            // No name of the table may leave the machine: addresses and localhost alone are resolved by the system.
            var literal = IPAddress.TryParse(host, out var parsed);
            return literal ? [parsed!]
                : host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
                : throw new SocketException((int)SocketError.HostNotFound);
        }

        private ValueTask<Stream> DialAsync(IPEndPoint address, CancellationToken cancellation)
        {
            Dialled.Add(address);
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }
}
