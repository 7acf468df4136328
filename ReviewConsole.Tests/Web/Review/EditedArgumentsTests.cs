using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

public sealed class EditedArgumentsTests
{
    [Fact]
    public void Nothing_is_made_of_arguments_that_nobody_corrects()
    {
        var action = Action("""{"properties":{"a":{"items":{"type":"integer"}}}}""", "{\"a\":[" + string.Join(',', Enumerable.Repeat("0", 200_000)) + "]}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var arguments = Edited(action);
        Assert.Null(arguments.Text);
        Assert.Null(arguments.Value);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Arguments_that_were_too_many_for_a_form_stay_json_until_the_form_is_asked_for()
    {
        var arguments = Edited(Action("""{"properties":{"a":{"type":"array","items":{"type":"integer"}}}}""", "{\"a\":[" + string.Join(',', Enumerable.Repeat("0", 400)) + "]}"));
        Assert.False(arguments.ShowsForm);
        arguments.Text = """{"a":[0]}""";
        Assert.NotNull(arguments.Form);
        Assert.False(arguments.ShowsForm);
        arguments.AsJson = false;
        Assert.True(arguments.ShowsForm);
    }

    [Fact]
    public void A_rule_of_the_source_is_said_in_the_language_of_the_reader()
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var words = services.GetRequiredService<IStringLocalizer<FormWords>>();
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
            foreach (var rule in Enum.GetValues<SchemaRule>())
            {
                var fault = new SchemaFault(Place.Root, rule, "7", SchemaTypes.Number);
                Assert.NotEqual(fault.Detail, SchemaWords.Of(words, fault));
                Assert.DoesNotContain("Rule.", SchemaWords.Of(words, fault), StringComparison.Ordinal);
            }
            Assert.Equal("Hier muss eine Zahl stehen.", SchemaWords.Of(words, new SchemaFault(Place.Root, SchemaRule.Type, Types: SchemaTypes.Number)));
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    private static EditedArguments Edited(ProposedAction action) => new(action, () => ArgumentsSchema.Sent(action));

    private static ProposedAction Action(string schema, string arguments) => new("a", JsonElement.Parse(arguments), JsonElement.Parse(schema));
}
