namespace ReviewConsole.Components.Review;

/// <summary>
/// Two texts to compare. One object and no strings: what a component is given as a string is sent to the browser with it, whether it is shown or not.
/// </summary>
public sealed record DiffTexts
{
    internal DiffTexts(string before, string after) => (Before, After) = (before, after);

    internal string Before { get; }

    internal string After { get; }

    internal int Length => Before.Length + After.Length;
}
