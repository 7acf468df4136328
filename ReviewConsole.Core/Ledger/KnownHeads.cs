namespace ReviewConsole.Core.Ledger;

/// <summary>Heads that have left the installation, as text: signed notes one after the other, empty lines between them allowed.</summary>
internal static class KnownHeads
{
    /// <summary>Reads them all; false when something between them is no note. A note that stops in the middle at the very end is left out.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out List<Checkpoint> heads)
    {
        heads = [];
        while (true)
        {
            text = text.TrimStart((byte)'\n');
            var length = Length(text);
            if (length < 0)
            {
                return true;
            }

            if (!Checkpoint.TryParse(text[..length], out var head))
            {
                return false;
            }

            heads.Add(head);
            text = text[length..];
        }
    }

    // A note ends with the line after its first empty one.
    private static int Length(ReadOnlySpan<byte> text)
    {
        var empty = text.IndexOf("\n\n"u8);
        var signature = empty < 0 ? -1 : text[(empty + 2)..].IndexOf((byte)'\n');
        return signature < 0 ? -1 : empty + 2 + signature + 1;
    }
}
