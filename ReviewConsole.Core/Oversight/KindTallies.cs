using System.Runtime.InteropServices;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>The same figures kind by kind. Kinds are words of sources: past <see cref="MostKinds"/> the rest is taken together.</summary>
internal sealed class KindTallies
{
    public const int MostKinds = 200;

    /// <summary>What stands for all further kinds; no kind can be called so, since names are never empty.</summary>
    public const string Others = "";

    private readonly Dictionary<string, Tally> _kinds = new(StringComparer.Ordinal);

    public void Add(string kind, BacktestItem item, Verdict verdict, bool passes)
    {
        var key = _kinds.Count < MostKinds || _kinds.ContainsKey(kind) ? kind : Others;
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_kinds, key, out _);
        tally.Passing ??= new LabelParts();
        tally.Items++;
        tally.Reviewed += verdict == Verdict.Review ? 1 : 0;
        tally.Blocked += verdict == Verdict.Block ? 1 : 0;
        tally.Slipped += verdict == Verdict.Proceed && item.Label == Label.Wrong ? 1 : 0;
        if (passes)
        {
            tally.Passing.Add(item.Part, item.Label);
        }
    }

    public IReadOnlyList<KindVolume> Volumes() =>
    [
        .. _kinds.OrderByDescending(static kind => kind.Value.Items).ThenBy(static kind => kind.Key, StringComparer.Ordinal).Select(static kind => new KindVolume(
            kind.Key, kind.Value.Items, new Rate(kind.Value.Reviewed, kind.Value.Items), kind.Value.Blocked, kind.Value.Slipped, kind.Value.Passing.Estimate())),
    ];

    private struct Tally
    {
        public long Items;
        public long Reviewed;
        public long Blocked;
        public long Slipped;
        public LabelParts Passing;
    }
}
