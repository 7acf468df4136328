using Microsoft.AspNetCore.Components;

namespace ReviewConsole.Rendering;

/// <summary>
/// Markup that only <see cref="MarkupWriter"/> can make: constant tags of ours around escaped text of others. A component
/// that takes this type cannot be handed a source's own markup.
/// </summary>
internal readonly record struct SafeMarkup
{
    private readonly string? _html;

    private SafeMarkup(string html) => _html = html;

    /// <summary>The markup for a Razor page.</summary>
    public MarkupString Html => new(_html ?? "");

    /// <inheritdoc/>
    public override string ToString() => _html ?? "";

    internal static SafeMarkup Of(MarkupWriter writer) => new(writer.Written());
}
