namespace ReviewConsole.Components.Pages;

/// <summary>Words of the pages that belong to no room.</summary>
internal sealed class PageWords;
