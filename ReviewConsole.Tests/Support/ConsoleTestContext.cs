using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Radzen;
using ReviewConsole.Components.Layout;
using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Tests.Support;

/// <summary>bUnit with the services that every component of the console may ask for: words (real, or the pseudo-locale), clock, announcer, component library.</summary>
internal sealed class ConsoleTestContext : BunitContext
{
    // However long a render takes is fine; the second that bUnit gives it is not enough on a busy machine.
    static ConsoleTestContext() => DefaultWaitTimeout = Eventually.Hangs;

    public ConsoleTestContext(bool pseudo = false)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        if (pseudo)
        {
            Services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>();
        }

        Services.AddSingleton(Time);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<Announcer>();
        Services.AddSingleton(Calibration);
        Services.AddRadzenComponents();
    }

    public FakeTime Time { get; } = new();

    public Calibration Calibration { get; } = new() { IsWhole = true };
}
