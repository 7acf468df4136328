namespace ReviewConsole.Core.Ledger;

/// <summary>What a verification has found so far; bounded, since a damaged log can have as many faults as rows.</summary>
internal sealed class FaultList
{
    private const int Most = 1000;

    private readonly List<LedgerFault> _faults = [];

    public void Add(long seq, string detail)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new LedgerFault(seq, detail));
        }
    }

    /// <summary>Whether an entry in this range was found wrong already.</summary>
    public bool Names(long from, long to) => _faults.Exists(fault => fault.Seq >= from && fault.Seq < to);

    /// <summary>The first bad entry first.</summary>
    public IReadOnlyList<LedgerFault> InOrder() => [.. _faults.OrderBy(static fault => fault.Seq)];
}
