using Microsoft.Extensions.Localization;
using ReviewConsole.Rendering;

namespace ReviewConsole.Components.Shared;

/// <summary>What a line is named by, as it is drawn in the console's own sentences: both may be words of a source, which must not turn or hide what stands around them.</summary>
internal static class LineNames
{
    public static string? System(string? system) => system is null ? null : HiddenText.Plain(system);

    public static string? Kind(IStringLocalizer<SharedWords> words, string? kind) =>
        kind is null ? null : words["Kind." + kind] is { ResourceNotFound: false } known ? known.Value : HiddenText.Plain(kind);
}
