using Microsoft.Playwright;

namespace ReviewConsole.Benchmarks.Screens;

/// <summary>A person who moves by keys. The page itself measures, from the time stamp of the keydown to the first frame that was painted after its effect stood in the document.</summary>
internal sealed class KeyScreen(Chromium chromium)
{
    /// <summary>
    /// The effect is where the focus is, which change, way of comparing, row or review is current; that a review is on its way is none. It is looked for at each change of
    /// the document and of the focus; behind it comes an animation frame, and the message behind that frame is handled when it was painted.
    /// </summary>
    public const string Watch = """
        (() => {
          const read = () => [document.activeElement?.id, document.querySelector('tr[data-current]')?.dataset.rcChange, document.querySelector('.rc-diffview')?.dataset.mode,
            document.activeElement?.dataset.row, document.querySelector('.rc-itembar .rc-digest')?.textContent].join('|');
          const isComing = () => location.pathname.startsWith('/reviews/') && !document.querySelector('.rc-itembar');
          let pressed = null, before = '', took = null, tell = null;
          window.keyToPaint = () => new Promise(done => { tell = done; answer(); });
          const answer = () => { if (took !== null && tell) { tell(took); took = tell = null; } };
          addEventListener('keydown', event => { pressed = event.timeStamp; before = read(); }, true);
          const look = () => {
            if (pressed === null || isComing() || read() === before) return;
            const start = pressed;
            pressed = null;
            requestAnimationFrame(() => {
              const after = new MessageChannel();
              after.port1.onmessage = () => { took = performance.now() - start; answer(); };
              after.port2.postMessage(0);
            });
          };
          new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
          addEventListener('focusin', look);
        })()
        """;

    public Task OpenAsync(string path, string scope) => chromium.OpenAsync(path, scope);

    public Task ClaimAsync() => chromium.Page.Locator(".rc-itembar .rc-button-go").First.ClickAsync();

    public Task WaitForAsync(string selector) => chromium.Page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Presses a key and answers the milliseconds to the paint of its effect.</summary>
    public async Task<double> PressAsync(string key)
    {
        await chromium.Page.Keyboard.PressAsync(key);
        return await chromium.Page.EvaluateAsync<double>("window.keyToPaint()").WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }
}
