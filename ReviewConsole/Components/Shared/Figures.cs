using System.Globalization;

namespace ReviewConsole.Components.Shared;

/// <summary>Amounts as people read them: grouped, with exactly the decimals that were sent.</summary>
internal static class Figures
{
    /// <param name="value">A decimal as text, as on the wire; anything else is returned as it is.</param>
    public static string Group(string value)
    {
        if (!decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        var point = value.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : value.Length - point - 1;
        return number.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);
    }
}
