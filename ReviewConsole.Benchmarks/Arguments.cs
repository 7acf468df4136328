using System.Globalization;

namespace ReviewConsole.Benchmarks;

/// <summary>The verb and its options, <c>--name value</c> or a bare <c>--name</c>; a word after the verb, as in <c>ledger verify</c>, counts as a bare option.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    public Arguments(string[] args)
    {
        Verb = args.Length > 0 && !args[0].StartsWith("--", StringComparison.Ordinal) ? args[0] : "";
        for (var i = Verb.Length > 0 ? 1 : 0; i < args.Length; i++)
        {
            var value = args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : "";
            _options[args[i]] = value;
            i += value.Length > 0 ? 1 : 0;
        }
    }

    public string Verb { get; }

    public bool Has(string name) => _options.ContainsKey(name);

    public string? Text(string name) => _options.GetValueOrDefault(name);

    public int Number(string name, int otherwise) => _options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
