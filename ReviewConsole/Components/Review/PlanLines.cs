namespace ReviewConsole.Components.Review;

/// <summary>Lines picked out of a plan, as many as there is room for; how many others the plan has is counted, so that a part never reads as the whole.</summary>
internal sealed class PlanLines
{
    private const int MostLines = 80, MostCharacters = 6_000;

    private readonly List<string> _drawn = [];
    private int _characters;

    public IReadOnlyList<string> Drawn => _drawn;

    public bool IsFound { get; private set; }

    /// <summary>Lines of the plan that are not drawn; empty ones are none.</summary>
    public int More { get; private set; }

    public void Read(ReadOnlySpan<char> line, bool isPicked)
    {
        IsFound |= isPicked;
        _characters += isPicked ? line.Length : 0;
        if (isPicked && _drawn.Count < MostLines && _characters <= MostCharacters)
        {
            _drawn.Add(line.TrimEnd().ToString());
        }
        else if (!line.IsWhiteSpace())
        {
            More++;
        }
    }
}
