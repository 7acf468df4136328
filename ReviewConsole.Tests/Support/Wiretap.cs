using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;

namespace ReviewConsole.Tests.Support;

/// <summary>Every message that a page's circuit brings from the server, and what a test adds to it: to look for words that must not have come.</summary>
internal sealed class Wiretap
{
    private readonly ConcurrentQueue<string> _heard = new();
    private long _messages;

    public Wiretap(IPage page) => page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
    {
        var text = frame.Binary is { } bytes ? Encoding.UTF8.GetString(bytes) : frame.Text ?? "";
        Interlocked.Add(ref _messages, text.Length);
        _heard.Enqueue(text);
    };

    public void Add(string html) => _heard.Enqueue(html);

    public void Forget() => _heard.Clear();

    /// <summary>Every one of the words comes: a page may show a message before who listens to the circuit is told of it.</summary>
    public Task HearsAsync(IReadOnlyCollection<string> words) => Eventually.HoldsAsync($"all of these came: {string.Join(", ", words)}", () => Found(words).Length == words.Count);

    /// <summary>Which of the words came.</summary>
    public string[] Found(params IEnumerable<string> words)
    {
        Assert.True(Interlocked.Read(ref _messages) > 1_000, "The circuit was not heard.");
        var all = string.Join('\n', _heard);
        return [.. words.Where(word => all.Contains(word, StringComparison.Ordinal))];
    }
}
