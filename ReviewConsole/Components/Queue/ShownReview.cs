using ReviewConsole.Core.Queue;

namespace ReviewConsole.Components.Queue;

/// <summary>A row as it stands on the screen. It keeps its place while what it shows may move on.</summary>
public sealed class ShownReview
{
    internal ShownReview(QueueItem item) => Item = item;

    internal QueueItem Item { get; private set; }

    internal Guid Id => Item.Id;

    /// <summary>Something that was read has another value now.</summary>
    internal bool Changed { get; private set; }

    /// <summary>It is decided, withdrawn, or no longer in this view; the row stays until the list is loaded again.</summary>
    internal bool Left { get; private set; }

    /// <summary>Grows with everything that is drawn: a row renders itself again only then.</summary>
    internal int Version { get; private set; }

    /// <summary>Takes the newer state in place. Claims and holds are only drawn; another action, risk or due time counts as a change.</summary>
    internal void Take(QueueItem? now)
    {
        if (now is null)
        {
            Version += Left ? 0 : 1;
            Left = true;
            return;
        }

        if (IsSame(Item, now) && !Left)
        {
            return;
        }

        Changed |= now.Revision != Item.Revision || now.Headline != Item.Headline || now.Risk != Item.Risk || now.DueAt != Item.DueAt || now.Queue != Item.Queue || now.Status != Item.Status;
        (Item, Left) = (now, false);
        Version++;
    }

    /// <summary>The same row for a list that was loaded again: unmarked, and drawn again only where it differs.</summary>
    internal ShownReview Renewed(QueueItem now)
    {
        if (Changed || Left || !IsSame(Item, now))
        {
            (Item, Changed, Left) = (now, false, false);
            Version++;
        }

        return this;
    }

    private static bool IsSame(QueueItem one, QueueItem other) => one.ChangedSeq == other.ChangedSeq && one.ClaimBy == other.ClaimBy && one.ReleasesAt == other.ReleasesAt
        && one.Mention == other.Mention;
}
