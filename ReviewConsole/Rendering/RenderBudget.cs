namespace ReviewConsole.Rendering;

/// <summary>How much of one evidence item is drawn before somebody asks for all of it.</summary>
/// <param name="Rows">Rows of a table, members of a JSON tree, turns of a conversation.</param>
/// <param name="Characters">UTF-16 units of one text.</param>
internal sealed record RenderBudget(int Rows, int Characters)
{
    /// <summary>What opens at once.</summary>
    public static readonly RenderBudget First = new(200, 100_000);

    /// <summary>Everything that a body of 8 MB can hold.</summary>
    public static readonly RenderBudget All = new(1_000_000, 16_000_000);
}
