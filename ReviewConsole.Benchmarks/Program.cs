using ReviewConsole.Benchmarks;
using ReviewConsole.Benchmarks.Servers;

var arguments = new Arguments(args);
switch (arguments.Verb)
{
    case "submit" when arguments.Has("--growth"):
        return await GrowthBenchmark.RunAsync(arguments);
    case "submit":
        return await SubmitBenchmark.RunAsync(arguments);
    case "decide":
        return await DecideBenchmark.RunAsync(arguments);
    case "live":
        return await LiveBenchmark.RunAsync(arguments);
    case "keys":
        return await KeysBenchmark.RunAsync(arguments);
    case "ledger" when arguments.Has("append"):
        return await LedgerAppendBenchmark.RunAsync(arguments);
    case "ledger" when arguments.Has("verify"):
        return await LedgerVerifyBenchmark.RunAsync(arguments);
    case "proposal":
        return ProposalBenchmark.Run(arguments);
    case "gate":
        return GateBenchmark.Run(arguments);
    case "diff":
        return await DiffBenchmark.RunAsync(arguments);
    case "backtest":
        return await BacktestBenchmark.RunAsync(arguments);
    case "ceiling":
        Ceiling.Serve(arguments.Text("--database")!, arguments.Text("--urls")!);
        return 0;
    default:
        Console.Error.WriteLine("Usage: submit | submit --growth | decide | live | keys | ledger append | ledger verify | proposal | gate | diff | backtest   (options in the summary of each benchmark's class)");
        return 64;
}
