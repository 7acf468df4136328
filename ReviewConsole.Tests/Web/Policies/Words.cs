using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>The console's words in one language.</summary>
internal static class Words
{
    public static T In<T>(string culture, Func<IServiceProvider, T> say)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return say(services);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
