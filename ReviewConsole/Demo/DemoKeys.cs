namespace ReviewConsole.Demo;

/// <summary>Makes the API key of a simulated source, with the scopes of every source; the host knows how.</summary>
/// <param name="name">The key's name.</param>
/// <param name="systems">The values of <c>source.system</c> it may send.</param>
/// <returns>The key's text, <c>rc_…</c>.</returns>
internal delegate Task<string> MakeDemoKey(string name, IReadOnlyList<string> systems, CancellationToken cancellationToken);
