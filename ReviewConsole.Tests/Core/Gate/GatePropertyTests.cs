using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>What holds for every proposal, tried on many that a fixed seed makes.</summary>
public sealed class GatePropertyTests(ITestOutputHelper output)
{
    private static readonly string[] s_actions = ["agent_decision", "post_invoice", "issue_refund", "send_email", "file_contract_fields", "format_disk"];

    [Fact]
    public void What_makes_a_proposal_worse_never_loosens_the_verdict()
    {
        var random = new Random(4711);
        var tightened = 0;
        var verdicts = new Dictionary<Verdict, int>();
        for (var i = 0; i < 2_000; i++)
        {
            var proposal = Any(random);
            var facts = new Facts(GateCases.Now, random.NextDouble());
            var before = GateCases.Ask(proposal, facts);
            verdicts[before.Verdict] = verdicts.GetValueOrDefault(before.Verdict) + 1;
            foreach (var worse in Worse(proposal, random))
            {
                var after = GateCases.Ask(worse, facts);
                Assert.True(after.Verdict >= before.Verdict, $"{before.Verdict} became {after.Verdict}: {worse}");
                Assert.True(after.Risk >= before.Risk, $"{before.Risk} became {after.Risk}: {worse}");
                Assert.True(after.Approvals >= before.Approvals, $"approvals fell: {worse}");
                tightened += after.Verdict > before.Verdict || after.Risk > before.Risk ? 1 : 0;
            }

            Assert.True(GateCases.Ask(proposal, facts with { LineStopped = true }).Verdict >= Verdict.Review);
            Assert.True(GateCases.Ask(proposal, facts with { ReviewedBefore = true }).Verdict >= Verdict.Review);
        }

        output.WriteLine($"gate: 2000 proposals ({string.Join(", ", verdicts.Select(v => $"{v.Value} {v.Key}"))}), 12000 made worse, {tightened} tightened, 0 loosened");
        Assert.True(tightened > 500);
        Assert.True(verdicts[Verdict.Proceed] > 50);
    }

    [Fact]
    public void The_same_question_has_the_same_answer()
    {
        var random = new Random(12);
        for (var i = 0; i < 200; i++)
        {
            var proposal = Any(random);
            var facts = new Facts(GateCases.Now, random.NextDouble());
            Assert.Equal(GateCases.Ask(proposal, facts).ToJson(), GateCases.Ask(proposal, facts).ToJson());
        }
    }

    private static Proposal Any(Random random) => GateCases.Certain(
        s_actions[random.Next(s_actions.Length)],
        random.Next(2) == 0 ? "{}" : $$"""{"amount":{{random.Next(20_000)}},"currency":"USD","customer":"c"}""") with
    {
        Kind = random.Next(3) == 0 ? "refund" : null,
        Impact = new Impact(
            random.Next(4) != 0 ? null : new Amount($"{random.Next(20_000)}.00", random.Next(5) == 0 ? "EUR" : "USD"), Maybe(random, true), Maybe(random, false), Maybe(random, false), Maybe(random, false), null),
        Signals = [.. Enumerable.Range(0, random.Next(3)).Select(i => new Signal("s" + i, (decimal)Math.Round(random.NextDouble() < 0.8 ? 0.9 : random.NextDouble(), 2)))],
        Checks = [.. Enumerable.Range(0, random.Next(2)).Select(i => new Check("c" + i, "c", random.Next(3) == 0 ? CheckResult.Warn : CheckResult.Pass, null, []))],
    };

    private static bool? Maybe(Random random, bool usual) => random.Next(12) switch { 0 => null, 1 => !usual, _ => usual };

    private static IEnumerable<Proposal> Worse(Proposal p, Random random)
    {
        yield return p with { Checks = [.. p.Checks, new Check("worse", "worse", CheckResult.Fail, null, [])] };
        yield return p with { Signals = [.. p.Signals, new Signal("worse", (decimal)Math.Round(random.NextDouble() * (double)p.Signals.Select(s => s.Value).DefaultIfEmpty(0.79m).Min(), 2))] };
        yield return p with { Impact = p.Impact! with { LegallySensitive = true } };
        yield return p with { Impact = p.Impact! with { AffectsTrust = true } };
        yield return p with { Fields = [new Field("worse", "text", null, Required: true)] };
        yield return p with { Action = p.Action with { Name = "format_disk_" + p.Action.Name } , Impact = p.Impact! with { Reversible = false, ExternallyVisible = true, Amount = Greater(p) } };
    }

    // An action that is not in the catalogue derives no amount; the declared one has to be as great as what was derived.
    private static Amount Greater(Proposal p) => new(
        Math.Max(p.Impact!.Amount?.Number ?? 0, p.Action.Arguments.TryGetProperty("amount", out var amount) ? amount.GetDecimal() : 0).ToString(System.Globalization.CultureInfo.InvariantCulture), "USD");
}
