namespace ReviewConsole.Rendering;

/// <summary>One evidence item as it is drawn, with what the frame around it has to say.</summary>
/// <param name="Body">The content.</param>
/// <param name="Hidden">Hidden characters in the content, each drawn as a chip.</param>
/// <param name="NotFound">Quotations of the source that do not occur in its own evidence.</param>
/// <param name="Cut">What is not drawn yet, in words; null when all is drawn.</param>
/// <param name="Hits">Places of what the reader looks for; 0 when they look for nothing.</param>
/// <param name="Fault">Why the content cannot be shown; null when it can. Then the item is uninspectable.</param>
internal sealed record RenderedEvidence(
    SafeMarkup Body, int Hidden, IReadOnlyList<Quote> NotFound, string? Cut, int Hits, string? Fault)
{
    public static RenderedEvidence Unshowable(string fault) => new(default, 0, [], null, 0, fault);
}
