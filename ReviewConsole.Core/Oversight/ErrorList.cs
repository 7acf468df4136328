namespace ReviewConsole.Core.Oversight;

/// <summary>Counts all, keeps the first few.</summary>
internal sealed class ErrorList
{
    private readonly List<ListedItem> _first = [];
    private long _items;

    public void Add(BacktestItem item, string kind)
    {
        if (_items++ < Backtest.MostListed)
        {
            _first.Add(new ListedItem(item.Id, kind, item.Proposal.Headline, item.Proposal.Effective.Digest, item.Review));
        }
    }

    public KnownErrors Known(long distinct) => new(_items, distinct, _first);
}
