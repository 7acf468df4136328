using System.Globalization;
using System.Text;
using System.Text.Json;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>gate</c>: what one evaluation costs under 16 (the policy that ships), 100 and 1,000 rules, against a bare JSON parse of the same proposal. The rules that are added look at every
/// kind of field, all of them are judged, and none matches; with <c>--matching</c> each of them does and says so. Options: <c>--count 300 --rounds 5</c>.
/// </summary>
internal static class GateBenchmark
{
    private const long Now = 1_800_000_000_000;

    private static readonly string[] s_conditions =
    [
        "{ field: impact.amount, above: 900000 }",
        "{ field: arguments/reason, equals: nothing }",
        "{ all: [ { field: kind, equals: deployment }, { field: facts.hour, atLeast: 22 } ] }",
        "{ field: title, matches: '^[A-Z]{3}-[0-9]{4}$' }",
        "{ any: [ { field: source.system, oneOf: [a, b, c] }, { field: tags, contains: never } ] }",
        "{ not: { field: signals.count, atLeast: 0 } }",
        "{ field: checks.failed, above: 50 }",
        "{ field: fields.lowestRequired, below: 0 }",
    ];

    public static int Run(Arguments arguments)
    {
        var count = arguments.Number("--count", 300);
        var rounds = arguments.Number("--rounds", 5);
        var body = Encoding.UTF8.GetBytes(SubmitBody.Of("bench").Replace("############", "000000000001", StringComparison.Ordinal));
        var proposal = ProposalReader.Read(body, ProposalLimits.Default).Proposal!;
        var facts = new Facts(Now, 0.5);
        foreach (var rules in new[] { 16, 100, 1_000 })
        {
            var policy = Policy(rules, arguments.Has("--matching"));
            var (own, bare) = Turns.Seconds(rounds, () => Repeat(() => Gate.Evaluate(policy, proposal, facts)), () => Repeat(Parse));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"gate: {policy.Rules.Count:N0} rules {own * 1e6 / count:F1} µs an evaluation; bare parse of {body.Length} bytes {bare * 1e6 / count:F1} µs: ratio {own / bare:F1} (medians of {rounds} × {count:N0})"));
        }

        return 0;

        void Repeat(Action work)
        {
            for (var i = 0; i < count; i++)
            {
                work();
            }
        }

        void Parse()
        {
            using var document = JsonDocument.Parse(body);
        }
    }

    /// <summary>The policy that ships with so many rules above its own, each of which looks at something and does not match.</summary>
    /// <param name="matching">Each of them does match.</param>
    public static string Text(int rules, bool matching = false)
    {
        var text = new StringBuilder("extends: default\npolicy: bench\nversion: 1\nrules:\n");
        for (var i = PolicyReader.Default.Rules.Count; i < rules; i++)
        {
            var when = matching ? "{ field: action.name, missing: false }" : s_conditions[i % s_conditions.Length];
            text.Append(CultureInfo.InvariantCulture, $"  - {{ rule: r{i}, when: {when}, then: {{ verdict: review, risk: medium }}, reason: Because of {i} }}\n");
        }

        return text.ToString();
    }

    private static GatePolicy Policy(int rules, bool matching)
    {
        var reading = rules == PolicyReader.Default.Rules.Count ? new PolicyReading(PolicyReader.Default, []) : PolicyReader.Read(Text(rules, matching));
        return reading.Policy ?? throw new InvalidOperationException(string.Join("; ", reading.Errors));
    }
}
