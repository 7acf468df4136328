using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>proposal</c>: what a submit of 2 KB costs before the Writer: reading it by the rules, sealing its parts, asking the gate under the default policy; each against the bare
/// limit of the same bytes: parsed once without a rule and hashed once. Options: <c>--count 3000 --rounds 5</c>.
/// </summary>
internal static class ProposalBenchmark
{
    private const long Now = 1_800_000_000_000;

    public static int Run(Arguments arguments)
    {
        var count = arguments.Number("--count", 3_000);
        var rounds = arguments.Number("--rounds", 5);
        var body = Encoding.UTF8.GetBytes(SubmitBody.Of("bench").Replace("############", "000000000001", StringComparison.Ordinal));
        var proposal = ProposalReader.Read(body, ProposalLimits.Default).Proposal!;
        var policy = PolicyReader.Default;
        var facts = new Facts(Now, 0.5);
        Print("read", () => ProposalReader.Read(body, ProposalLimits.Default));
        Print("seal", () => ProposalSeal.Of(proposal));
        Print("gate", () => Gate.Evaluate(policy, proposal, facts));
        return 0;

        void Print(string name, Action work)
        {
            var (own, limit) = Turns.Seconds(rounds, () => Repeat(work), () => Repeat(Bare));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"proposal {name}: {own * 1e6 / count:F1} µs for {body.Length} bytes; bare parse and SHA-256 of them {limit * 1e6 / count:F1} µs: ratio {limit / own:F3} (medians of {rounds} × {count:N0})"));
        }

        void Repeat(Action work)
        {
            for (var i = 0; i < count; i++)
            {
                work();
            }
        }

        void Bare()
        {
            using var document = JsonDocument.Parse(body);
            SHA256.HashData(body);
        }
    }
}
