namespace ReviewConsole.Hosting;

/// <summary>The facts about this server that other rooms ask for: its environment, its addresses and its folder. A singleton.</summary>
/// <param name="Data">The folder it owns; for a demo <c>DIR/demo</c>.</param>
/// <param name="ProxyTerminatesTls">A named proxy speaks https to the world and http to us.</param>
internal sealed record HostPlace(string Environment, ListenAddresses Addresses, DataFolder Data, bool Demo, bool ProxyTerminatesTls)
{
    public bool IsDevelopment => string.Equals(Environment, Environments.Development, StringComparison.OrdinalIgnoreCase);

    /// <summary>Development personas may sign in: only where nobody else can reach the server.</summary>
    public bool HasPersonas => IsDevelopment && Addresses.AllLoopback && !ProxyTerminatesTls;

    /// <summary>Cookies carry <c>__Host-</c> and Secure. False only on Development's plain http (WIRE.md §3).</summary>
    public bool SecureCookies => !IsDevelopment || Addresses.AnyHttps || ProxyTerminatesTls;

    /// <exception cref="StartRefusedException">The combination is not allowed, with what to do.</exception>
    public void Check()
    {
        if (Demo && !IsDevelopment)
        {
            throw new StartRefusedException($"--demo is refused in {Environment}: it signs people in without a password. Unset ASPNETCORE_ENVIRONMENT or set it to Development.");
        }

        if (Demo && !Addresses.AllLoopback)
        {
            throw new StartRefusedException($"--demo listens on loopback only, not on {Addresses.Joined}: give --urls {HostSettings.DefaultUrl}.");
        }

        if (!IsDevelopment && !Addresses.AnyHttps && !ProxyTerminatesTls)
        {
            throw new StartRefusedException(
                $"{Environment} needs https and {Addresses.Joined} has none: give --urls https://… with Kestrel:Certificates:Default, name your proxy in Hosting:Proxies, or set ASPNETCORE_ENVIRONMENT=Development to try it.");
        }
    }
}
