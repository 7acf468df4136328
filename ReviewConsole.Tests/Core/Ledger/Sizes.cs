using System.Globalization;

namespace ReviewConsole.Tests.Core.Ledger;

/// <summary>How much a figure is measured on: the size of every run, or a larger one from the environment for a soak.</summary>
internal static class Sizes
{
    public static int Of(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : usual;
}
