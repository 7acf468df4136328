using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>What the source declares about the effect, in the same words wherever it stands.</summary>
internal static class ImpactWords
{
    public static IEnumerable<string> Of(IStringLocalizer words, Impact impact)
    {
        yield return words[impact.Reversible switch { true => "Impact.Reversible", false => "Impact.Irreversible", _ => "Impact.ReversibleUnknown" }];
        yield return words[impact.ExternallyVisible switch { true => "Impact.Visible", false => "Impact.Internal", _ => "Impact.VisibleUnknown" }];
        if (impact.LegallySensitive == true)
        {
            yield return words["Impact.Legal"];
        }
        if (impact.AffectsTrust == true)
        {
            yield return words["Impact.Trust"];
        }
    }
}
