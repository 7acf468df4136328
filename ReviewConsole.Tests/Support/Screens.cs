using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>Opening pages the way a person meets them: with the circuit up and the keys listening. (The page's own policy forbids polling by script text.)</summary>
internal static class Screens
{
    public static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await LiveAsync(page);
    }

    /// <summary>The shell's own keys are on the stack: the circuit has rendered.</summary>
    public static Task LiveAsync(IPage page, string scope = "everywhere") =>
        page.Locator($"html[data-keys~={scope}]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
}
