using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>Opening pages the way a person meets them: with the circuit up and the keys listening. (The page's own policy forbids polling by script text.)</summary>
internal static class Screens
{
    /// <summary>Through the sign-in page, as a persona of WIRE.md §3.</summary>
    public static async Task SignInAsync(IPage page, string persona, string returnUrl = "/keys")
    {
        await page.GotoAsync("/signin?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await page.Locator($"button[name=person][value={persona}]").ClickAsync();
        await LiveAsync(page);
    }

    public static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await LiveAsync(page);
    }

    /// <summary>The page has come to this address.</summary>
    public static Task AtAsync(IPage page, string path) => Assertions.Expect(page).ToHaveURLAsync(path);

    /// <summary>
    /// A scope of keys is on the stack: the circuit has rendered what pushed it. And nothing is waited for any more, neither for another part of the page nor for the answer to
    /// the last command: the next key is obeyed at once.
    /// </summary>
    public static Task LiveAsync(IPage page, string scope = "everywhere") =>
        page.Locator($"html[data-keys~={scope}]:not([data-waiting])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Two frames have been drawn: what the browser does about a new size or a new place of scrolling is done.</summary>
    public static Task DrawnAsync(IPage page) => page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    /// <summary>Fails on visible text of this page that came through no localizer; the server must run with <see cref="PseudoLocalizerFactory"/>.</summary>
    public static async Task AssertLocalizedAsync(IPage page, params string[] data)
    {
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await page.ContentAsync(), TestContext.Current.CancellationToken);
        Pseudo.AssertLocalized(document.Body!.ChildNodes, data);
    }
}
