namespace ReviewConsole.Demo;

/// <summary>How the simulated work ends.</summary>
internal enum Ending
{
    Succeeds,
    Fails,
    StaysUnknown,
}

/// <summary>
/// What happens to the n-th execution, counted from 0: one of eight fails, one of twelve stays unknown, and the third reports the digest of something
/// else first, as an executor would that was tampered with.
/// </summary>
internal readonly record struct Fate(Ending Ending, bool WrongDigestFirst)
{
    public static Fate Of(int n) => new(n % 8 == 4 ? Ending.Fails : n % 12 == 9 ? Ending.StaysUnknown : Ending.Succeeds, n == 2);
}
