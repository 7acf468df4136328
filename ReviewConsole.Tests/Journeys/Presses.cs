using Microsoft.Playwright;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A person without a mouse: every press is counted, what they write is not.</summary>
internal sealed class Presses(IPage page)
{
    private readonly List<string> _presses = [];

    /// <summary>What was pressed since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<string> Made => _presses;

    public void Forget() => _presses.Clear();

    public Task PressAsync(string key)
    {
        _presses.Add(key);
        return page.Keyboard.PressAsync(key);
    }

    /// <summary>Writes over what stands in the field that has the focus.</summary>
    public async Task WriteAsync(string text)
    {
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Goes to a row of the queue, by <c>j</c> as often as it takes.</summary>
    public async Task SelectAsync(Guid row)
    {
        while (await page.Locator($"[data-current][data-row='{row}']").CountAsync() == 0)
        {
            await PressAsync("j");
        }
    }
}
