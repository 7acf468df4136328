using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>Pictures of screens for people to look at: <c>artifacts/pictures/NAME.png</c> beside the solution. Never compared by a machine.</summary>
internal static class Pictures
{
    public static async Task TakeAsync(IPage page, string name)
    {
        await page.EvaluateAsync("document.fonts.ready");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "pictures", name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }
}
