using System.Text.Json;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web;

/// <summary>The browser modules by their contracts (the comment at the top of each), in a real browser, with a recorder in the server's place.</summary>
public sealed class ScriptTests(BrowserFixture browser) : IAsyncLifetime
{
    private RunningConsole _server = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningConsole.StartAsync();
        _context = await browser.NewContextAsync(_server.Address.ToString());
        _page = await _context.NewPageAsync();
        await _page.GotoAsync("/not-found");
        await InitializeRecorderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Keys_go_to_the_newest_scope_that_binds_them_and_arrive_as_commands()
    {
        await PushAsync("below", "Approve:1|Edit:e|GoQueue:g q|Help:?|ClaimNext:Shift+n");
        await PressAsync("1", "e", "g", "q", "?", "Shift+N", "y");
        Assert.Equal(["Approve", "Edit", "GoQueue", "Help", "ClaimNext"], await HeardAsync());

        await PushAsync("sheet", "Choice1:1|Close:Escape|Commit:Ctrl+Enter");
        await PressAsync("1", "e", "Escape", "Control+Enter");
        Assert.Equal(["Choice1", "Edit", "Close", "Commit"], await HeardAsync());
    }

    [Fact]
    public async Task A_local_command_is_an_event_of_the_page_and_the_server_hears_nothing()
    {
        await PushAsync("below", "NextChange:n:local|Edit:e");
        await _page.EvaluateAsync("void (window.local = [], document.addEventListener('rc-key', event => local.push(event.detail)))");
        await PressAsync("n", "e", "n");
        Assert.Equal(["NextChange", "NextChange"], await _page.EvaluateAsync<string[]>("local"));
        Assert.Equal(["Edit"], await HeardAsync());
    }

    [Fact]
    public async Task A_modal_scope_hides_the_ones_below()
    {
        await PushAsync("below", "Edit:e");
        await PushAsync("dialog", "Close:Escape", modal: true);
        await PressAsync("e", "Escape");
        Assert.Equal(["Close"], await HeardAsync());
    }

    [Fact]
    public async Task Typing_is_not_a_command_but_ctrl_enter_and_escape_are()
    {
        await PushAsync("sheet", "Approve:1|Edit:e|Commit:Ctrl+Enter|Close:Escape");
        await _page.EvaluateAsync("document.querySelector('main').innerHTML = '<textarea id=t></textarea>'; document.getElementById('t').focus();");
        await _page.Keyboard.TypeAsync("1e");
        await PressAsync("Control+Enter", "Escape");
        Assert.Equal(["Commit", "Close"], await HeardAsync());
        Assert.Equal("1e", await _page.InputValueAsync("#t"));
    }

    [Fact]
    public async Task Enter_on_something_pressable_belongs_to_it_and_single_keys_can_be_off()
    {
        await PushAsync("queue", "Open:Enter|Edit:e|Commit:Ctrl+Enter");
        await _page.EvaluateAsync("document.querySelector('main').innerHTML = '<button id=b onclick=0>b</button>'; document.getElementById('b').focus();");
        await PressAsync("Enter");
        await _page.EvaluateAsync("localStorage.setItem('rc-single-keys', 'off'); document.activeElement.blur();");
        await PressAsync("e", "Control+Enter");
        Assert.Equal(["Commit"], await HeardAsync());
    }

    [Fact]
    public async Task Rows_move_at_once_and_the_server_hears_the_last_one()
    {
        await StopClockAsync();
        await _page.EvaluateAsync("document.querySelector('main').innerHTML = '<ul data-rows>' + ['a', 'b', 'c', 'd'].map(id => `<li data-row=${id} tabindex=-1 aria-selected=false>${id}</li>`).join('') + '</ul>';");
        await PushAsync("queue", "RowNext:j,ArrowDown:local|RowPrevious:k:local|Open:Enter");
        await PressAsync("j", "j", "ArrowDown", "k");
        Assert.Equal("b", await _page.Locator("[data-current]").TextContentAsync());
        Assert.Equal("b", await _page.Locator("[data-row]:focus").TextContentAsync());
        Assert.Empty(await HeardAsync());
        await _page.Clock.RunForAsync(150);
        Assert.Equal(["b"], await HeardAsync());

        // A command never overtakes the selection that it is about.
        await PressAsync("j", "Enter");
        var open = Assert.Single(await CallsAsync());
        Assert.Equal(["OnCommand", "Open", "c"], open);
    }

    [Fact]
    public async Task The_focused_row_is_the_one_meant_also_while_an_older_selection_is_still_marked()
    {
        await _page.EvaluateAsync("document.querySelector('main').innerHTML = '<ul data-rows>' + ['a', 'b', 'c', 'd'].map(id => `<li data-row=${id} tabindex=-1 aria-selected=false>${id}</li>`).join('') + '</ul>';");
        await PushAsync("queue", "RowNext:j:local|Open:Enter");
        await PressAsync("j", "j");
        // What the server renders for the first move comes after the second.
        await _page.EvaluateAsync("document.querySelector('[data-row=a]').setAttribute('data-current', '')");
        await PressAsync("j", "Enter");
        Assert.Equal(["OnCommand", "Open", "c"], Assert.Single(await CallsAsync(), static call => call[0] == "OnCommand"));
    }

    [Fact]
    public async Task While_a_command_is_answered_keys_wait_in_order_and_moves_do_not()
    {
        await StopClockAsync();
        await _page.EvaluateAsync("document.querySelector('main').innerHTML = '<ul data-rows>' + ['a', 'b', 'c'].map(id => `<li data-row=${id} tabindex=-1>${id}</li>`).join('') + '</ul>';");
        await PushAsync("queue", "RowNext:j:local|Open:Enter|ClaimToggle:c|Load:r");
        await AnswerLaterAsync();
        await PressAsync("j", "c", "j");
        Assert.Equal("b", await _page.Locator("[data-row]:focus").TextContentAsync());
        await PressAsync("Enter", "j", "r");
        Assert.Equal("b", await _page.Locator("[data-row]:focus").TextContentAsync());
        Assert.Equal("answer", await _page.EvaluateAsync<string>("document.documentElement.dataset.waiting"));
        Assert.Equal([["OnCommand", "ClaimToggle", "a"]], await CommandsAsync());
        await _page.EvaluateAsync("answer()");
        Assert.Equal([["OnCommand", "Open", "b"]], await CommandsAsync());
        await _page.EvaluateAsync("answer()");
        Assert.Equal([["OnCommand", "Load", "c"]], await CommandsAsync());
    }

    [Fact]
    public async Task The_first_key_of_a_sequence_waits_for_a_second_one_that_is_held()
    {
        await StopClockAsync();
        await PushAsync("everywhere", "GoQueue:g q");
        await PressAsync("g");
        await ClosedAsync(true);
        await PressAsync("q");
        await _page.Clock.FastForwardAsync(1_500);
        await ClosedAsync(false);
        Assert.Equal(["GoQueue"], await HeardAsync());
    }

    [Fact]
    public async Task Held_keys_are_bounded_and_a_mouse_a_way_back_or_too_long_a_wait_drops_them()
    {
        await _page.Clock.SetFixedTimeAsync(new DateTime(2026, 1, 1, 9, 0, 0, DateTimeKind.Utc));
        await PushAsync("workspace", "Edit:e|Approve:1");
        await ClosedAsync(true);
        await PressAsync([.. Enumerable.Repeat("e", 20)]);
        await ClosedAsync(false);
        Assert.Equal(16, (await HeardAsync()).Length);

        await ClosedAsync(true);
        await PressAsync("1");
        await _page.Mouse.ClickAsync(5, 5);
        await ClosedAsync(false);
        await ClosedAsync(true);
        await PressAsync("1");
        await _page.EvaluateAsync("{ window.fetch = () => new Promise(() => {}); dispatchEvent(new PopStateEvent('popstate')); }");
        await ClosedAsync(false);
        await ClosedAsync(true);
        await PressAsync("1");
        await _page.Clock.SetFixedTimeAsync(new DateTime(2026, 1, 1, 9, 0, 6, DateTimeKind.Utc));
        await ClosedAsync(false);
        Assert.Empty(await HeardAsync());
    }

    [Fact]
    public async Task A_held_commit_is_dropped_when_somebody_writes_on()
    {
        await StopClockAsync();
        await PushAsync("sheet", "Choice1:F2|Commit:Ctrl+Enter::live");
        await _page.EvaluateAsync("document.querySelector('main').innerHTML = '<textarea id=t></textarea>'; document.getElementById('t').focus();");
        await AnswerLaterAsync();
        await PressAsync("F2", "Control+Enter");
        await _page.Keyboard.TypeAsync("and more");
        await _page.EvaluateAsync("answer()");
        Assert.Equal("not taken", await _page.Locator("[data-not-taken]").TextContentAsync());
        await PressAsync("Control+Enter");
        Assert.Equal(["Choice1", "Commit"], (await CommandsAsync()).Select(call => call[1]));
    }

    [Fact]
    public async Task A_live_binding_is_obeyed_only_by_the_scope_that_was_live_when_it_was_pressed()
    {
        await StopClockAsync();
        await PushAsync("sheet", "Choice1:1|Commit:Ctrl+Enter::live");
        await ClosedAsync(true);
        await PressAsync("1", "Control+Enter");
        await ClosedAsync(false);
        Assert.Equal(["Choice1"], await HeardAsync());
        Assert.Equal("not taken", await _page.Locator("[data-not-taken]").TextContentAsync());

        // Another sheet came while the key before was answered.
        await AnswerLaterAsync();
        await PressAsync("1", "Control+Enter");
        await _page.EvaluateAsync("document.querySelector('[data-scope=sheet]').remove()");
        await PushAsync("sheet", "Choice1:1|Commit:Ctrl+Enter::live");
        await _page.EvaluateAsync("answer()");
        Assert.Equal(["Choice1"], await HeardAsync());

        // The same sheet, which by now shows what the key before has chosen.
        await PressAsync("1", "Control+Enter");
        await _page.EvaluateAsync("answer()");
        Assert.Equal(["Choice1", "Commit"], await HeardAsync());
    }

    [Fact]
    public async Task An_editor_sends_after_quiet_keeps_drafts_and_refuses_more_than_its_limit()
    {
        await AttachEditorAsync(limit: 40);
        await _page.EvaluateAsync("""
            void (() => {
              window.timers = new Map();
              window.setTimeout = (work, after) => { timers.set(timers.size + 1, { work, after }); return timers.size; };
              window.clearTimeout = timer => { if (timers.has(timer)) timers.get(timer).work = () => {}; };
              window.quiet = ms => timers.forEach(timer => { if (timer.after <= ms) timer.work(); });
            })()
            """);
        await _page.Locator("#t").PressSequentiallyAsync("Flights");
        await _page.EvaluateAsync("quiet(299)");
        Assert.Empty(await TextsAsync());
        await _page.EvaluateAsync("(async () => { quiet(300); await new Promise(done => requestAnimationFrame(done)); })()");
        Assert.Equal(["live:Flights"], await TextsAsync());
        Assert.Equal("7 unsent", await _page.Locator("[data-editor-unsent]").TextContentAsync());
        await _page.EvaluateAsync("editor.flush(id)");
        Assert.Equal(["draft:Flights"], await TextsAsync());
        Assert.True(await _page.Locator("[data-editor-unsent]").IsHiddenAsync());

        // Heard, and taken back before it was kept: what counts is what stands there.
        await _page.Locator("#t").PressSequentiallyAsync("!");
        await _page.EvaluateAsync("(async () => { quiet(300); await new Promise(done => requestAnimationFrame(done)); })()");
        Assert.Equal(["live:Flights!"], await TextsAsync());
        await _page.Keyboard.PressAsync("Backspace");
        await _page.EvaluateAsync("editor.flush(id)");
        Assert.Equal(["draft:Flights"], await TextsAsync());

        await _page.Locator("#t").FillAsync(new string('x', 41));
        Assert.Equal("Flights", await _page.InputValueAsync("#t"));
        Assert.True(await _page.Locator("[data-editor-count][data-refused]").IsVisibleAsync());
    }

    [Fact]
    public async Task An_editor_with_a_limit_of_characters_takes_no_part_of_what_is_too_long()
    {
        await AttachEditorAsync(limit: 1000, most: 10);
        await _page.Locator("#t").PressSequentiallyAsync("äöüäöüäöüß");
        Assert.Equal("10 of 10", await _page.Locator("[data-editor-count]").TextContentAsync());
        await _page.Keyboard.InsertTextAsync("far too long");
        Assert.Equal("äöüäöüäöüß", await _page.InputValueAsync("#t"));
        Assert.Equal("22 over 10", await _page.Locator("[data-editor-count][data-refused]").TextContentAsync());
        await _page.Keyboard.PressAsync("Backspace");
        Assert.Equal("äöüäöüäöü", await _page.InputValueAsync("#t"));
        Assert.Equal(0, await _page.Locator("[data-editor-count][data-refused]").CountAsync());
    }

    [Fact]
    public async Task What_could_not_be_sent_waits_in_the_browser()
    {
        await StopClockAsync();
        await AttachEditorAsync(limit: 1000);
        await _page.EvaluateAsync("void (ref.invokeMethodAsync = () => Promise.reject(new Error('gone')));");
        await _page.Locator("#t").PressSequentiallyAsync("kept");
        await _page.EvaluateAsync("editor.flush(id)");
        await _page.ReloadAsync();
        await InitializeRecorderAsync();
        await AttachEditorAsync(limit: 1000);
        Assert.Equal("kept", await _page.InputValueAsync("#t"));
        await _page.EvaluateAsync("editor.flush(id)");
        Assert.Equal(["draft:kept"], await TextsAsync());
    }

    [Fact]
    public async Task Evidence_longer_than_the_screen_counts_only_when_its_end_was_reached()
    {
        await WatchAsync("<div data-evidence=short style='height:100px'></div><div data-evidence=long style='height:900px'></div>");
        await _page.Clock.RunForAsync(1_300);
        await _page.EvaluateAsync("seen.flush(id)");
        var first = await SeenAsync();
        Assert.InRange(first["short"], 1_299, 1_300);
        Assert.False(first.ContainsKey("long"));

        await _page.EvaluateAsync("(() => { const pane = document.getElementById('pane'); pane.scrollTop = pane.scrollHeight; })()");
        await _page.Clock.RunForAsync(800);
        await _page.EvaluateAsync("seen.flush(id)");
        Assert.InRange((await SeenAsync())["long"], 2_099, 2_100);
    }

    [Fact]
    public async Task What_was_read_of_a_long_piece_counts_when_its_end_is_reached_even_if_little_of_it_is_left_in_view()
    {
        await WatchAsync("<div data-evidence=long style='height:900px'></div><div data-evidence=next style='height:900px'></div>");
        await _page.Clock.RunForAsync(1_250);
        await _page.EvaluateAsync("document.getElementById('pane').scrollTop = 850");
        await _page.Clock.RunForAsync(600);
        await _page.EvaluateAsync("seen.flush(id)");
        Assert.InRange((await SeenAsync())["long"], 1_249, 1_250);
    }

    // However slow the machine is, no time passes but what the test lets pass.
    private async Task StopClockAsync()
    {
        var start = new DateTime(2026, 1, 1, 9, 0, 0, DateTimeKind.Utc);
        await _page.Clock.InstallAsync(new ClockInstallOptions { TimeDate = start });
        await _page.Clock.PauseAtAsync(start.AddMinutes(1));
    }

    private Task InitializeRecorderAsync() => _page.EvaluateAsync("""
        document.querySelector('main').innerHTML = '';
        document.querySelector('[data-not-taken]').dataset.notTaken = 'not taken';
        window.heard = [];
        window.ref = { invokeMethodAsync: async (...call) => { heard.push(call); return true; } };
        """);

    // Pieces in a pane of 400 by 300 pixels, watched by seen.js with the clock stopped; the browser has looked at what is in view.
    private async Task WatchAsync(string pieces)
    {
        await StopClockAsync();
        await _page.EvaluateAsync(
            """
            async pieces => {
              document.querySelector('main').innerHTML = `<div id=pane style="width:400px;height:300px;overflow:auto"><div id=root>${pieces}</div></div>`;
              window.seen = await import('/js/seen.js');
              window.id = seen.watch(document.getElementById('root'), ref);
              await new Promise(done => new IntersectionObserver(done).observe(document.getElementById('root')));
            }
            """,
            pieces);
    }

    private Task AnswerLaterAsync() => _page.EvaluateAsync("""
        void (ref.invokeMethodAsync = (...call) => {
          heard.push(call);
          return call[0] === 'OnCommand' ? new Promise(done => { window.answer = done; }) : Promise.resolve();
        })
        """);

    /// <param name="bindings">Command:key,key[:local][:live] with bars between.</param>
    private Task PushAsync(string name, string bindings, bool modal = false) => _page.EvaluateAsync(
        """
        async scope => {
          window.keys = await import('/js/keys.js');
          const mark = document.createElement('span');
          Object.assign(mark.dataset, { scope: scope.name, bindings: JSON.stringify(scope.bindings), open: '' });
          mark.toggleAttribute('data-modal', scope.modal);
          document.body.append(mark);
          keys.push(ref, mark);
        }
        """,
        new
        {
            name,
            modal,
            bindings = bindings.Split('|').Select(binding => binding.Split(':'))
                .Select(parts => new { command = parts[0], keys = parts[1].Split(','), local = parts.Contains("local"), live = parts.Contains("live") }).ToArray(),
        });

    /// <summary>What the newest scope is about has left the screen, or is there again, and whoever watches the page has heard of it.</summary>
    private Task ClosedAsync(bool closed) => _page.EvaluateAsync(
        "async closed => { [...document.querySelectorAll('[data-scope]')].at(-1).toggleAttribute('data-open', !closed); await null; }", closed);

    private async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await _page.Keyboard.PressAsync(key);
        }
    }

    private Task AttachEditorAsync(int limit, int? most = null) => _page.EvaluateAsync("""
        async ([limit, most]) => {
          document.querySelector('main').innerHTML = `<div data-editor=t><textarea id=t></textarea><span data-editor-unsent data-words="{0} unsent" hidden></span><span data-editor-count data-words="{0} of {1}" data-refused-words="{0} over {1}" hidden></span></div>`;
          DotNet.createJSStreamReference = bytes => new TextDecoder().decode(bytes);
          window.editor = await import('/js/editor.js');
          window.id = editor.attach(document.getElementById('t'), ref, { key: 'test', live: 300, draft: 2000, limit, most });
        }
        """, new[] { limit, most });

    private async Task<string[]> HeardAsync() => await _page.EvaluateAsync<string[]>("heard.splice(0).map(call => call[1])");

    private async Task<string[][]> CallsAsync() => await _page.EvaluateAsync<string[][]>("heard.splice(0)");

    private async Task<string[][]> CommandsAsync() => [.. (await CallsAsync()).Where(static call => call[0] == "OnCommand")];

    private async Task<string[]> TextsAsync() => await _page.EvaluateAsync<string[]>("heard.splice(0).map(call => `${call[1]}:${call[3]}`)");

    private async Task<Dictionary<string, int>> SeenAsync()
    {
        var reports = await _page.EvaluateAsync<JsonElement>("heard.splice(0).filter(call => call[0] === 'OnSeen').flatMap(call => call[1])");
        return reports.EnumerateArray().GroupBy(report => report.GetProperty("evidence").GetString()!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(report => report.GetProperty("milliseconds").GetInt32()), StringComparer.Ordinal);
    }
}
