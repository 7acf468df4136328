using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Shared;

/// <summary>How the modes of a line look.</summary>
internal static class LineIcons
{
    public static string Of(LineMode mode) => mode switch { LineMode.Stopped => "stop", LineMode.TwoPerson => "people", _ => "eye" };
}
