using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ReviewConsole.Core.Delivery;

/// <summary>The connection was not made because the address is one that the console must not reach.</summary>
internal sealed class AddressRefusedException(string message) : HttpRequestException(message);

/// <summary>
/// Opens the connections of outgoing calls. A name is resolved once, every answer is judged, and the socket goes to an address that was judged: what a second
/// resolution would say (DNS rebinding) never matters. Checking the URL alone would not do, since names and redirects move.
/// </summary>
internal sealed class AddressGuard
{
    private readonly AddressRules _rules;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly Func<IPEndPoint, CancellationToken, ValueTask<Stream>> _dial;

    public AddressGuard(AddressRules rules)
        : this(rules, Dns.GetHostAddressesAsync, DialAsync)
    {
    }

    /// <param name="resolve">A name, or an address as text, to addresses.</param>
    /// <param name="dial">Opens a TCP stream to exactly this address.</param>
    internal AddressGuard(
        AddressRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, ValueTask<Stream>> dial)
    {
        _rules = rules;
        _resolve = resolve;
        _dial = dial;
    }

    /// <summary>A client that can only reach where the rules allow: no redirects, no proxy, no cookies, no decompression, no trace headers.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 4096,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ConnectCallback = ConnectAsync,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ReviewConsole", "1"));
        return client;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var plain = !string.Equals(context.InitialRequestMessage.RequestUri?.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
        var target = context.DnsEndPoint;
        var addresses = await _resolve(target.Host, cancellation).ConfigureAwait(false);
        Exception? failure = null;
        foreach (var address in addresses)
        {
            if (Refuse(address, plain) is { } reason)
            {
                failure ??= new AddressRefusedException($"{target.Host} is {address}: {reason}");
                continue;
            }

            try
            {
                return await _dial(new IPEndPoint(address, target.Port), cancellation).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private string? Refuse(IPAddress address, bool plain) =>
        plain && !(_rules.LoopbackHttp && AddressRules.IsLoopback(address)) ? "http goes to loopback in Development only" : _rules.Refuse(address);

    private static async ValueTask<Stream> DialAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
