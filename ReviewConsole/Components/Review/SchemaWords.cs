using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Components.Review;

/// <summary>A rule of the schema that a value breaks, as a sentence for the person; programs read <see cref="SchemaFault.Detail"/>.</summary>
internal static class SchemaWords
{
    public static string Of(IStringLocalizer<FormWords> words, SchemaFault fault) => fault.Rule == SchemaRule.Type
        ? words["Rule.Type", string.Join(words["Form.Or"], SchemaFault.Single(fault.Types).Select(type => words["Type." + type].Value))]
        : words["Rule." + fault.Rule, Rendering.HiddenText.Plain(fault.Limit)];
}
