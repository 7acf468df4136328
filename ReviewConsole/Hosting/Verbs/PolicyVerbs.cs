using System.CommandLine;
using System.Globalization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting.Verbs;

/// <summary><c>policy test</c> and <c>policy backtest</c>. They read, beside a live server too, and change nothing.</summary>
internal static class PolicyVerbs
{
    private const int Unreadable = 1;
    private const int Refused = 3;

    public static Command Create(Shell shell) => new("policy", "Try a policy before anybody works under it; take one out, or bring one in as a draft.") { Test(shell), Backtest(shell), PolicyFileVerbs.Export(shell), PolicyFileVerbs.Import(shell) };

    private static Command Test(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "A policy, as Policy:File names one." };
        var command = new Command("test", "Names every error with its line, and what reads well and does harm or nothing.") { file };
        command.SetAction(parsed =>
        {
            if (PolicyFileReader.Read(parsed.GetRequiredValue(file), shell) is not { } policy)
            {
                return PolicyFileReader.Invalid;
            }

            var findings = PolicyLint.Of(policy);
            foreach (var finding in findings)
            {
                shell.Line(finding.ToString());
            }

            // What the text itself says; the rules that it stands on are as they ship.
            var own = RuleText.Open(policy.Text)!.Names.ToHashSet(StringComparer.Ordinal);
            foreach (var rule in policy.Rules.Where(rule => own.Contains(rule.Name)))
            {
                foreach (var effect in EffectLines.Of(rule))
                {
                    shell.Line($"rule “{rule.Name}”: {effect}");
                }
            }

            shell.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"valid: {policy.Name} {policy.Version}, {policy.Rules.Count} rules, {policy.Catalogue.Count} actions, {findings.Count} findings, {policy.Digest}"));
            var refusals = findings.Count(static finding => finding.RefusesPublishing);
            return refusals == 0 ? 0 : shell.Fail($"{policy.Name} {policy.Version} reads well and may not be published, first {findings.First(static finding => finding.RefusesPublishing)}", Refused);
        });
        return command;
    }

    private static Command Backtest(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "A policy, as Policy:File names one." };
        var days = new Option<int?>("--days") { Description = "Reviews of the last N days in the data folder. Default: all of them." };
        var reviews = new Option<string?>("--reviews") { Description = "Instead: JSON Lines of submit bodies, as `import` takes them." };
        var truth = new Option<string?>("--truth") { Description = "What is known of those: JSON Lines of externalId and actionWasExpected." };
        var signal = new Option<string?>("--signal") { Description = "The signal of the threshold frontier by name. Default: the lowest of each item." };
        var json = new Option<bool>("--json") { Description = "One JSON document instead of text." };
        var command = new Command("backtest", "What a policy would have made of the past: work, errors that slip, and the frontier of a threshold.") { file, days, reviews, truth, signal, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (past, set, known) = (parsed.GetValue(days), parsed.GetValue(reviews), parsed.GetValue(truth));
            if ((past is not null && set is not null) || (known is not null && set is null) || past < 1)
            {
                return shell.Fail("Give --days N (at least 1), or --reviews F with --truth F, or neither for all that the data folder holds.", CommandLine.Usage);
            }

            if (PolicyFileReader.Read(parsed.GetRequiredValue(file), shell) is not { } policy)
            {
                return PolicyFileReader.Invalid;
            }

            var run = new BacktestRun(new Backtest(policy, parsed.GetValue(signal)), shell);
            try
            {
                var exit = set is null
                    ? run.Recorded(new ReadDatabase(shell.ExistingData(parsed).Database), past, cancellation)
                    : await run.SetAsync(Existing(set), known is null ? null : Existing(known), cancellation).ConfigureAwait(false);
                run.Print(parsed.GetValue(json));
                return exit;
            }
            catch (InvalidDataException fault)
            {
                return shell.Fail($"The back-test cannot be finished: {fault.Message}", Unreadable);
            }
        });
        return command;
    }

    private static string Existing(string file) => Path.GetFullPath(file) is var path && File.Exists(path)
        ? path
        : throw new StartRefusedException($"There is no file {path}: name a file of JSON Lines.", CommandLine.Usage);
}
