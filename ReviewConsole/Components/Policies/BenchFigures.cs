using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

/// <summary>What two policies came to, side by side, line by line.</summary>
internal static class BenchFigures
{
    public static IEnumerable<BenchLine> Results(IStringLocalizer words, IStringLocalizer sentences, BenchAnswer answer)
    {
        yield return Line("Verdict", gate => sentences["Then.Verdict." + gate.Verdict]);
        yield return Line("Risk", gate => sentences["Then.Risk." + gate.Risk]);
        yield return Line("Queue", static gate => gate.Queue);
        yield return Line("Approvals", static gate => gate.Approvals.ToString(CultureInfo.CurrentCulture));
        yield return Line("Hold", gate => words["Result.Seconds", gate.HoldSeconds]);
        yield return Line("Due", gate => words["Result.Minutes", gate.DueMinutes]);
        yield return Line("Expiry", gate => words["Result.Expiry." + gate.ExpiryOutcome, Math.Max(0, (gate.ExpiresAt - gate.Facts.Now) / 60_000)]);
        foreach (var line in new[]
        {
            Line("Skill", static gate => string.Join(", ", gate.Skills ?? [])),
            Line("NotBy", gate => string.Join(" · ", new[] { NotBy.Editor, NotBy.PolicyAuthor }.Where(barred => gate.NotBy.HasFlag(barred)).Select(barred => sentences["Then.NotBy." + barred].Value))),
            Line("Evidence", static gate => string.Join(", ", gate.DemandedEvidence)),
            Line("Rationale", static gate => gate.RationaleMinimum == 0 ? "" : gate.RationaleMinimum.ToString(CultureInfo.CurrentCulture)),
            Line("Codes", static gate => string.Join(" · ", gate.ReasonCodes.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => $"{entry.Key}: {string.Join(", ", entry.Value)}"))),
            Line("Automation", static gate => string.Join(", ", gate.Automated)),
            new BenchLine(words["Result.Sample"], Drawn(answer.Asked.Sample), Drawn(answer.InForce.Sample)),
            new BenchLine(words["Result.CommitFirst"], Drawn(answer.Asked.CommitFirst), Drawn(answer.InForce.CommitFirst)),
            Line("Message", static gate => gate.Message ?? ""),
        })
        {
            // What neither says is no line.
            if (line.Asked.Length + line.Current.Length > 0)
            {
                yield return line with { Asked = line.Asked.Length > 0 ? line.Asked : words["Result.No"], Current = line.Current.Length > 0 ? line.Current : words["Result.No"] };
            }
        }

        BenchLine Line(string name, Func<GateResult, string> say) => new(words["Result." + name], say(answer.Asked.Result), say(answer.InForce.Result));

        string Drawn(bool? told) => told switch { true => words["Result.Yes"], false => "", null => words["Result.MayBe"] };
    }
}

/// <summary>One thing that both policies say something of.</summary>
internal sealed record BenchLine(string What, string Asked, string Current)
{
    public bool Differs => Asked != Current;
}
