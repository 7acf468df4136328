using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.History;

/// <summary>An entry of the log as a line of the timeline, with what was written there.</summary>
public sealed class ShownEntry
{
    internal ShownEntry(TimelineEntry entry) => Entry = entry;

    internal TimelineEntry Entry { get; }

    /// <summary>Words of people and sources, in the order in which a reader wants them; internal ones stay on these pages.</summary>
    internal IEnumerable<string> Texts => new[]
    {
        SealedNames.Rationale, SealedNames.Message, SealedNames.Answer, SealedNames.Note, SealedNames.Reason, SealedNames.Detail, SealedNames.Reference,
    }.Select(name => Entry.Texts.GetValueOrDefault(name)).Where(static text => !string.IsNullOrWhiteSpace(text)).OfType<string>();
}
