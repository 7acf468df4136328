using System.Text;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>A proposal that the default policy lets through, and changes of it.</summary>
internal static class GateCases
{
    public const long Now = 1_800_000_000_000;

    /// <summary>A draw that is no sample.</summary>
    public static readonly Facts Facts = new(Now, 0.5);

    public static Proposal Certain(
        string action = "agent_decision", string arguments = "{}", string impact = """{"reversible":true,"externallyVisible":false}""", string more = "") =>
        Read($$"""
            {"source":{"system":"s"},"action":{"name":"{{action}}","arguments":{{arguments}}},"impact":{{impact}},
             "signals":[{"name":"model","value":0.9}],"evidence":[{"id":"e","kind":"text","content":"x"}]{{(more.Length > 0 ? "," + more : "")}} }
            """);

    public static Proposal Read(string body)
    {
        var reading = ProposalReader.Read(Encoding.UTF8.GetBytes(body), ProposalLimits.Default);
        return reading.Proposal ?? throw new ArgumentException(string.Join("; ", reading.Errors), nameof(body));
    }

    public static GateResult Ask(Proposal proposal, Facts? facts = null, GatePolicy? policy = null) =>
        ReviewConsole.Core.Gate.Gate.Evaluate(policy ?? PolicyReader.Default, proposal, facts ?? Facts);

    public static IEnumerable<string> Matched(this GateResult gate) => gate.Trace.Where(rule => rule.Matched).Select(rule => rule.Rule);

    /// <summary>The default policy with a few lines of one's own.</summary>
    public static GatePolicy Policy(string lines)
    {
        var reading = PolicyReader.Read("extends: default\npolicy: test\nversion: 1\n" + lines);
        return reading.Policy ?? throw new ArgumentException(string.Join("; ", reading.Errors), nameof(lines));
    }
}
