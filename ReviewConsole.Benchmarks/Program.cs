using ReviewConsole.Benchmarks;
using ReviewConsole.Benchmarks.Servers;

var arguments = new Arguments(args);
switch (arguments.Verb)
{
    case "submit":
        return await SubmitBenchmark.RunAsync(arguments);
    case "ceiling":
        Ceiling.Serve(arguments.Text("--database")!, arguments.Text("--urls")!);
        return 0;
    default:
        Console.Error.WriteLine("Usage: submit | submit --growth | decide   (options in the summary of each benchmark's class)");
        return 64;
}
