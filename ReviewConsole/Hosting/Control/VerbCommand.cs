using System.Text.Json.Nodes;

namespace ReviewConsole.Hosting.Control;

/// <summary>A writing verb as it travels: one JSON line <c>{"verb": "keys create", "arguments": {…}}</c>. Paths in it are absolute.</summary>
internal sealed record VerbCommand(string Verb, JsonObject Arguments)
{
    public string? Text(string name) => (string?)Arguments[name];

    public IReadOnlyList<string> Words(string name) => Arguments[name] is JsonArray list ? [.. list.Select(one => (string)one!)] : [];

    public static JsonArray List(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}

/// <summary>Where a verb speaks: the shell's streams, or the socket that leads to them.</summary>
internal interface IVerbOutput
{
    /// <summary>A line for standard output; a secret stands alone on its line.</summary>
    void Line(string text);

    /// <summary>A line for standard error that says what to do.</summary>
    void Error(string text);

    /// <summary>How far it is, for a bar; may be shown or not.</summary>
    void Progress(long done, long total);
}

/// <summary>Does one writing verb, in the running server or, when there is none, in the shell's own process under the lock.</summary>
internal interface IVerbHandler
{
    /// <summary>As typed: <c>keys create</c>.</summary>
    string Verb { get; }

    /// <returns>The exit code.</returns>
    Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation);
}
