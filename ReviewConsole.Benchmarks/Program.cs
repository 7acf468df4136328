Console.WriteLine("ReviewConsole benchmarks");
