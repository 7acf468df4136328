using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>A page is clean when axe finds nothing at WCAG A and AA up to 2.2, nor against its best practices.</summary>
internal static class Axe
{
    private static readonly List<string> s_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    public static async Task AssertCleanAsync(IPage page, string what)
    {
        // The circuit draws the page anew when it takes over from the prerendered one; for that moment there is no title.
        await page.Locator("html:not([data-waiting])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex(".+", RegexOptions.None, TimeSpan.FromSeconds(1)));
        // No script runs in a frame of a source, so neither does axe; and what it holds is not ours.
        var context = new AxeRunContext { Exclude = [new AxeSelector("iframe[sandbox='']")] };
        var result = await page.RunAxe(context, new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = s_tags } });
        Assert.True(result.Violations.Length == 0, Words(what, result.Violations));
    }

    private static string Words(string what, AxeResultItem[] violations)
    {
        var words = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{what}: axe found {violations.Length}.");
        foreach (var violation in violations)
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"  {violation.Id} ({violation.Impact}): {violation.Help}");
            foreach (var node in violation.Nodes.Take(5))
            {
                words.AppendLine(CultureInfo.InvariantCulture, $"    {node.Target}: {node.Html}");
                foreach (var check in node.Any.Take(1))
                {
                    words.AppendLine(CultureInfo.InvariantCulture, $"      {check.Message}");
                }
            }
        }

        return words.ToString();
    }
}
