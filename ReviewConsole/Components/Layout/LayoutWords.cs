namespace ReviewConsole.Components.Layout;

/// <summary>Words of the shell.</summary>
internal sealed class LayoutWords;
