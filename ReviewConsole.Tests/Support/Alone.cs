namespace ReviewConsole.Tests.Support;

/// <summary>Tests that measure what belongs to the whole process, as its memory: they run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
