using ReviewConsole.Core.Queue;

namespace ReviewConsole.Components.Queue;

/// <summary>
/// What of the queue is on the screen, and what is not yet (SCREENS.md §0.3): a loaded list stays as it is, rows are only marked in place; what came in since
/// is counted for the bar until it is loaded or shown. No reading here: pages and arrivals are handed in.
/// </summary>
internal sealed class QueueWindow
{
    private readonly HashSet<Guid> _arrived = [];

    public IReadOnlyList<ShownReview> Rows { get; private set; } = [];

    /// <summary>The cursor behind the last row; null when nothing follows.</summary>
    public string? Next { get; private set; }

    public int New => _arrived.Count;

    public int Changed => Rows.Count(static row => row.Changed || row.Left);

    public bool HasNews => New > 0 || Rows.Any(static row => row.Changed || row.Left);

    /// <summary>A list that was asked for: the bar is empty again.</summary>
    public void Load(IReadOnlyList<QueueItem> items, string? next)
    {
        _arrived.Clear();
        Show(items, next);
    }

    /// <summary>The same list some moments later, where it may move: what is in it is no longer news, what lies behind it still is.</summary>
    public void Follow(IReadOnlyList<QueueItem> items, string? next)
    {
        Show(items, next);
        if (next is null)
        {
            _arrived.Clear();
        }
    }

    public void Append(IReadOnlyList<QueueItem> items, string? next)
    {
        var known = Rows.Select(static row => row.Id).ToHashSet();
        Rows = [.. Rows, .. items.Where(item => !known.Contains(item.Id)).Select(static item => new ShownReview(item))];
        Next = next;
        Forget();
    }

    /// <summary>Reviews that came in since the list was loaded. Naming one twice counts once.</summary>
    public void Arrive(IEnumerable<Guid> reviews)
    {
        _arrived.UnionWith(reviews);
        Forget();
    }

    /// <summary>The rows among <paramref name="touched"/> as they are now; a row without one has left.</summary>
    public void Update(IReadOnlyCollection<Guid> touched, IReadOnlyList<QueueItem> now)
    {
        var found = now.ToDictionary(static item => item.Id);
        foreach (var row in Rows.Where(row => touched.Contains(row.Id)))
        {
            row.Take(found.GetValueOrDefault(row.Id));
        }

        _arrived.RemoveWhere(id => touched.Contains(id) && !found.ContainsKey(id));
    }

    /// <summary>The shown rows among these, and the arrived ones that a row does not show: what to look at again.</summary>
    public IReadOnlyCollection<Guid> Known(Func<Guid, bool> touched) => [.. Rows.Select(static row => row.Id).Where(touched)];

    public ShownReview? Find(Guid? id) => Rows.FirstOrDefault(row => row.Id == id);

    private void Show(IReadOnlyList<QueueItem> items, string? next)
    {
        var before = Rows.ToDictionary(static row => row.Id);
        Rows = [.. items.Select(item => before.TryGetValue(item.Id, out var row) ? row.Renewed(item) : new ShownReview(item))];
        Next = next;
        Forget();
    }

    private void Forget()
    {
        if (_arrived.Count > 0)
        {
            _arrived.ExceptWith(Rows.Select(static row => row.Id));
        }
    }
}
