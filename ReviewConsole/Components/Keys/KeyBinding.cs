namespace ReviewConsole.Components.Keys;

/// <summary>
/// One command and the keys for it. A key is written as in the help: <c>j</c>, <c>Shift+n</c>, <c>Ctrl+Enter</c>, <c>ArrowDown</c>, or a sequence
/// <c>g q</c>; it is matched with <c>event.key</c>, so that layouts with AltGr work.
/// </summary>
/// <param name="Local">The browser carries it out (keys.js, diff.js); no command is sent.</param>
/// <param name="Live">Obeyed only by the scope that was live when the key was pressed, never by one that came later.</param>
public sealed record KeyBinding(KeyCommand Command, string[] Keys, bool Local = false, bool Live = false)
{
    /// <summary>The digit of <see cref="KeyCommand.Choice1"/> to <see cref="KeyCommand.Choice9"/>, else 0.</summary>
    public static int Choice(KeyCommand command) => command is >= KeyCommand.Choice1 and <= KeyCommand.Choice9 ? command - KeyCommand.Choice1 + 1 : 0;
}
