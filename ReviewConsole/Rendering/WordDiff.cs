using DiffPlex;

namespace ReviewConsole.Rendering;

/// <summary>Which words of two lines differ. Words, runs of white space and single signs are pieces of their own.</summary>
internal static class WordDiff
{
    private const long MostWork = 4_000_000;

    /// <summary>What one comparison may still spend on words; when it is used up, changed lines differ as a whole.</summary>
    public sealed class Allowance
    {
        public long Left { get; set; } = MostWork;
    }

    public static Allowance Budget() => new();

    public static (IReadOnlyList<DiffPiece> Old, IReadOnlyList<DiffPiece> New) Between(string old, string now, Allowance allowance)
    {
        var cost = (long)old.Length + now.Length;
        if (allowance.Left < cost)
        {
            var (head, tail) = CommonEnds(old, now);
            return (Ends(old, head, tail), Ends(now, head, tail));
        }
        allowance.Left -= cost;
        var result = new Differ().CreateCustomDiffs(old, now, ignoreWhiteSpace: false, ignoreCase: false, Words);
        var left = new List<DiffPiece>();
        var right = new List<DiffPiece>();
        int o = 0, n = 0;
        foreach (var block in result.DiffBlocks)
        {
            Add(left, result.PiecesOld, o, block.DeleteStartA, false);
            Add(right, result.PiecesNew, n, block.InsertStartB, false);
            o = block.DeleteStartA + block.DeleteCountA;
            n = block.InsertStartB + block.InsertCountB;
            Add(left, result.PiecesOld, block.DeleteStartA, o, true);
            Add(right, result.PiecesNew, block.InsertStartB, n, true);
        }
        Add(left, result.PiecesOld, o, result.PiecesOld.Length, false);
        Add(right, result.PiecesNew, n, result.PiecesNew.Length, false);
        return (Joined(left), Joined(right));
    }

    // A blank between two changed words reads as part of the change.
    private static List<DiffPiece> Joined(List<DiffPiece> pieces)
    {
        var joined = new List<DiffPiece>(pieces.Count);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var differs = piece.Differs
                || (i > 0 && i < pieces.Count - 1 && pieces[i - 1].Differs && pieces[i + 1].Differs && string.IsNullOrWhiteSpace(piece.Text));
            if (joined.Count > 0 && joined[^1].Differs == differs)
            {
                joined[^1] = new DiffPiece(joined[^1].Text + piece.Text, differs);
            }
            else
            {
                joined.Add(piece with { Differs = differs });
            }
        }
        return joined;
    }

    /// <summary>How many characters two texts share at their beginnings and, behind those, at their ends. No pair of surrogates is torn.</summary>
    public static (int Head, int Tail) CommonEnds(string old, string now)
    {
        var shorter = Math.Min(old.Length, now.Length);
        var head = 0;
        while (head < shorter && old[head] == now[head])
        {
            head++;
        }
        head -= head > 0 && char.IsHighSurrogate(old[head - 1]) ? 1 : 0;
        var tail = 0;
        while (tail < shorter - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }
        tail -= tail > 0 && char.IsLowSurrogate(old[^tail]) ? 1 : 0;
        return (head, tail);
    }

    // Without a word diff, the common beginning and end still narrow a line to what changed.
    private static IReadOnlyList<DiffPiece> Ends(string text, int head, int tail)
    {
        DiffPiece[] pieces = [new(text[..head], false), new(text[head..^tail], true), new(text[^tail..], false)];
        return [.. pieces.Where(p => p.Text.Length > 0)];
    }

    private static void Add(List<DiffPiece> pieces, IReadOnlyList<string> all, int from, int to, bool differs)
    {
        if (to > from)
        {
            pieces.Add(new DiffPiece(string.Concat(all.Skip(from).Take(to - from)), differs));
        }
    }

    /// <summary>A line in its words, blanks and signs.</summary>
    public static string[] Words(string text)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var stop = at + 1;
            var sort = Sort(text[at]);
            while (sort != 0 && stop < text.Length && Sort(text[stop]) == sort)
            {
                stop++;
            }
            // A pair of surrogates is one sign.
            stop += sort == 0 && char.IsHighSurrogate(text[at]) && stop < text.Length && char.IsLowSurrogate(text[stop]) ? 1 : 0;
            pieces.Add(text[at..stop]);
            at = stop;
        }
        return [.. pieces];
    }

    private static int Sort(char c) => char.IsLetterOrDigit(c) || c == '_' ? 1 : c is ' ' or '\t' ? 2 : 0;
}
