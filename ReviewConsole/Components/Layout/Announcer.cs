namespace ReviewConsole.Components.Layout;

/// <summary>The one polite live region of a circuit: a page says a sentence, the shell reads it out. Already localised text.</summary>
internal sealed class Announcer
{
    public event Action<string>? Said;

    public void Say(string sentence) => Said?.Invoke(sentence);
}
