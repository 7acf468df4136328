namespace ReviewConsole.Components.Policies;

/// <summary>Words of the test bench.</summary>
internal sealed class BenchWords;
