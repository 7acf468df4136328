using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Components.Policies;
using ReviewConsole.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>The form of a rule: what its text says stands in it, what is entered becomes its text, and an error stands at its field.</summary>
public sealed class RuleFormPartTests : BunitContext
{
    private const string Text = """
        extends: default
        policy: mine
        version: 1
        rules:
          - rule: new-payee
            when: { field: kind, equals: extraction }
            then:
              verdict: review
              skill: German
              notBy: [editor]
              evidence: [email, nothing]   # as they wrote
              expiry: { outcome: never }
              reasons: { approve: [POLICY_MET, UNHEARD] }

        """;

    private string _text = Text;

    public RuleFormPartTests()
    {
        Services.AddLocalization();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Lists_and_parts_of_the_text_stand_in_the_form_with_their_errors()
    {
        var form = Draw();

        Assert.Equal([true, false], Checked(form, "#effect-notBy"));
        Assert.Equal(["email", "nothing"], form.FindAll("#effect-evidence input").Select(static input => input.GetAttribute("value")));
        Assert.Equal([null, "true"], form.FindAll("#effect-evidence input").Select(static input => input.GetAttribute("aria-invalid")));
        Assert.Contains("Must be a kind", form.Find("[id='fault-then.evidence']").TextContent, StringComparison.Ordinal);
        Assert.Equal(("German", "true"), (form.Find("#effect-skill input").GetAttribute("value"), form.Find("#effect-skill input").GetAttribute("aria-invalid")));
        Assert.Contains("Must be a word like german", form.Find("[id='fault-then.skill']").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", form.Find("[id='effect-expiry.outcome']").GetAttribute("aria-invalid"));
        Assert.Contains("Must be one of", form.Find("[id='fault-then.expiry.outcome']").TextContent, StringComparison.Ordinal);
        Assert.Contains("approve has no code “UNHEARD”", form.Find("[id='fault-then.reasons.approve']").TextContent, StringComparison.Ordinal);
        Assert.Equal(["POLICY_MET", "UNHEARD"], form.FindAll("#effect-reasons label").Where(static label => label.QuerySelector("input")!.HasAttribute("checked")).Select(static label => label.QuerySelector("code")!.TextContent));
        Assert.Empty(form.FindAll("#fault-then"));
        Assert.DoesNotContain("Only in the text", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_says_in_which_lines_its_schema_is_written_and_what_is_wrong_with_it()
    {
        const string Actions = "catalogue: { pay: { arguments: { properties: { sum: { oneOf: [] } } }, x-owner: me } }\n";
        var open = CatalogueText.Open(Actions)!;
        var faults = PolicyReader.Read("extends: default\npolicy: mine\nversion: 1\n" + Actions.Replace(", x-owner: me", "", StringComparison.Ordinal)).Errors;

        var form = Render<ActionFormPart>(part => part
            .Add(p => p.Form, open.Forms[0]!).Add(p => p.Untouched, open.Untouched(0)).Add(p => p.SchemaLines, "Line 1").Add(p => p.Kinds, [])
            .Add(p => p.Faults, [.. faults.Select(static fault => (fault.Path["catalogue.pay.".Length..], fault))]));

        Assert.EndsWith("is written in the text. Change “arguments” there. Line 1", form.Find("#action-arguments").TextContent, StringComparison.Ordinal);
        Assert.Contains("“oneOf” is no rule that is checked", form.Find("#fault-arguments").TextContent, StringComparison.Ordinal);
        Assert.Equal("x-owner", form.Find("code").TextContent);
    }

    [Fact]
    public void What_is_ticked_entered_added_and_taken_out_becomes_the_text()
    {
        var form = Draw();
        form.FindAll("#effect-notBy input")[1].Change(true);
        form.Find("#effect-skill input").Change("german");
        form.Find("#skill-add").Click();
        form.FindAll("#effect-skill input")[1].Change("legal");
        form.FindAll("#effect-evidence input")[1].Change("role/limits");
        form.Find("#evidence-add").Click();
        form.FindAll("#effect-evidence button.rc-iconbutton")[0].Click();
        form.Find("[id='effect-expiry.outcome']").Change("escalate");
        form.Find("[id='effect-expiry.after']").Change("2 h");
        form.FindAll("#effect-reasons label").Single(static label => label.TextContent.Contains("UNHEARD", StringComparison.Ordinal)).QuerySelector("input")!.Change(false);

        Assert.Equal(
            Text.Replace("skill: German", "skill: [german, legal]", StringComparison.Ordinal).Replace("[editor]", "[editor, policyAuthor]", StringComparison.Ordinal).Replace("[email, nothing]", "[role/limits, conversation]", StringComparison.Ordinal)
                .Replace("{ outcome: never }", "{ outcome: escalate, after: 2 h }", StringComparison.Ordinal).Replace(", UNHEARD", "", StringComparison.Ordinal),
            _text);
        Assert.Empty(PolicyReader.Read(_text).Errors);
    }

    [Fact]
    public void An_automation_says_where_it_comes_from_and_what_is_wrong_with_it()
    {
        _text = "extends: default\npolicy: mine\nversion: 1\nrules:\n  - { rule: auto, when: { field: kind, equals: refund }, then: { verdict: proceed }, automation: { instead: [nobody], sample: 0 }, x-owner: me }\n";

        var form = Draw();

        Assert.Contains("came from the automation candidates", form.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(form.FindAll("#fault-automation li"));
        Assert.Equal("x-owner", form.FindAll("p code").Single().TextContent);
    }

    private static IEnumerable<bool> Checked(IRenderedComponent<RuleFormPart> form, string group) => form.FindAll(group + " input").Select(static input => input.HasAttribute("checked"));

    private IRenderedComponent<RuleFormPart> Draw()
    {
        IRenderedComponent<RuleFormPart>? form = null;
        form = Render<RuleFormPart>(Fill);
        return form;

        void Fill(ComponentParameterCollectionBuilder<RuleFormPart> part)
        {
            var (text, known) = (RuleText.Open(_text)!, PolicyReader.Default);
            part.Add(x => x.Form, text.Forms[0]!).Add(x => x.Queues, []).Add(x => x.Fields, []).Add(x => x.Skills, []).Add(x => x.Untouched, text.Untouched(0))
                .Add(x => x.Codes, known.ReasonCodes.ToDictionary(static reasons => reasons.Key, static reasons => (IReadOnlyList<(string, string)>)[.. reasons.Value.Select(static reason => (reason.Code, reason.Label))]))
                .Add(x => x.Faults, [.. PolicyReader.Read(_text).Errors.Select(error => (text.Find(error)!.Value.Path, error))])
                .Add(x => x.OnChange, change =>
                {
                    _text = RuleText.Open(_text)!.With(0, change(RuleText.Open(_text)!.Forms[0]!))!;
                    form!.Render(Fill);
                });
        }
    }
}
