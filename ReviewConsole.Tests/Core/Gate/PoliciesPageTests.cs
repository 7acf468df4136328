using System.Text.RegularExpressions;
using ReviewConsole.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>docs/policies.md: every whole policy in it is one, and does what its section says.</summary>
public sealed partial class PoliciesPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "policies.md"));

    [Fact]
    public void Every_policy_on_the_page_is_read()
    {
        var policies = Policies().ToList();

        Assert.True(policies.Count >= 7);
        Assert.All(policies, text => Assert.Empty(PolicyReader.Read(text).Errors));
    }

    [Theory]
    [InlineData("refunds", "issue_refund", "{\"customer\":\"mia\"}", "\"checks\":[{\"id\":\"REF-2\",\"name\":\"n\",\"result\":\"fail\"}]", "not-refundable", Verdict.Block)]
    [InlineData("refunds", "issue_refund", "{\"customer\":\"mia\"}", "\"checks\":[{\"id\":\"REF-2\",\"name\":\"n\",\"result\":\"pass\"}]", null, Verdict.Review)]
    [InlineData("mail", "send_email", "{}", "\"draft\":{\"format\":\"text\",\"content\":\"We guarantee it\",\"target\":{\"to\":\"a@example.net\"}}", "outsiders promises", Verdict.Review)]
    [InlineData("accounts", "change_account", "{\"iban\":\"DE1\"}", null, "bank-details", Verdict.Review)]
    [InlineData("deployments", "deploy", "{\"environment\":\"production\"}", "\"preconditions\":[{\"name\":\"commit\",\"fingerprint\":\"c1\"}]", "friday", Verdict.Block)]
    [InlineData("extractions", "post_invoice", "{}", "\"fields\":[{\"name\":\"total\",\"type\":\"money\",\"value\":\"9\",\"confidence\":0.9}]", "key-field total-unsure", Verdict.Review)]
    [InlineData("decisions", "agent_decision", "{}", "\"signals\":[{\"name\":\"self-consistency\",\"value\":0.9}]", "disagrees", Verdict.Review)]
    [InlineData("shop", "issue_voucher", "{\"customer\":\"mia\",\"voucher\":{\"value\":\"5.00\",\"currency\":\"USD\"}}", null, null, Verdict.Review)]
    public void An_example_does_what_its_section_says(string policy, string action, string arguments, string? more, string? matched, object verdict)
    {
        var read = Policies().Select(text => PolicyReader.Read(text).Policy!).Single(read => read.Name == policy);
        var proposal = GateCases.Read($$"""
            {"source":{"system":"s","version":"2024-05"},"action":{"name":"{{action}}","arguments":{{arguments}}}{{(more is null ? "" : "," + more)}} }
            """);

        var gate = GateCases.Ask(proposal, policy: read);

        var own = read.Rules.Take(2).Select(rule => rule.Name).ToHashSet();
        Assert.Equal(matched?.Split(' ') ?? [], gate.Matched().Where(own.Contains));
        Assert.Equal((Verdict)verdict, gate.Verdict);
    }

    [Theory]
    [InlineData("5.00", "USD", null)]
    [InlineData("5000.00", "GBP", "Against the schema of the catalogue: arguments/voucher/currency (enum \"USD\", \"EUR\"), arguments/voucher/value (pattern ^[0-9]{1,3}\\.[0-9]{2}$).")]
    public void The_schema_of_the_voucher_says_what_fits(string value, string currency, string? fault)
    {
        var read = Policies().Select(text => PolicyReader.Read(text).Policy!).Single(read => read.Name == "shop");
        var proposal = GateCases.Certain("issue_voucher", $$$"""{"customer":"mia","voucher":{"value":"{{{value}}}","currency":"{{{currency}}}"}}""");

        Assert.Equal(fault, GateCases.Ask(proposal, policy: read).ConsoleChecks.SingleOrDefault(check => check.Id == "console:arguments")?.Detail);
    }

    [Fact]
    public void The_rule_that_stands_for_people_lets_its_class_through_and_is_demoted()
    {
        var read = Policies().Select(text => PolicyReader.Read(text).Policy!).Single(read => read.Name == "automated");
        var proposal = GateCases.Read("""
            {"source":{"system":"till","version":"3.2"},"action":{"name":"issue_refund","arguments":{"amount":"30.00","currency":"USD","customer":"mia"}},
             "impact":{"reversible":true},"signals":[{"name":"model","value":0.9}]}
            """);

        Assert.Equal(Verdict.Review, GateCases.Ask(proposal).Verdict);
        Assert.Equal((Verdict.Proceed, "automation-1"), (GateCases.Ask(proposal, policy: read).Verdict, GateCases.Ask(proposal, policy: read).Automated.Single()));
        var demoted = GateCases.Ask(proposal, GateCases.Facts with { Demoted = ["automation-1"] }, read);
        Assert.Equal(Verdict.Review, demoted.Verdict);
        Assert.Contains(demoted.Reasons, reason => reason.StartsWith("The automation rule “automation-1” is demoted", StringComparison.Ordinal));
        Assert.Equal(AutomationLimits.Default, read.Automation);
    }

    [Fact]
    public void Every_effect_is_on_the_page() => Assert.All(EffectReader.Names, name => Assert.Contains($"`{name}: ", s_page, StringComparison.Ordinal));

    [Fact]
    public void Everything_that_the_catalogue_says_of_an_action_is_on_the_page() => Assert.All(ActionMember.Names, name => Assert.Contains($"    {name}: ", Policies().Single(text => text.Contains("policy: shop", StringComparison.Ordinal)), StringComparison.Ordinal));

    [Fact]
    public void Every_operator_and_every_part_that_conditions_can_name_is_on_the_page()
    {
        Assert.All(Comparison.Ops, op => Assert.Contains($"`{op}", s_page, StringComparison.Ordinal));
        Assert.All(GateField.Names.Where(name => name.Contains('/', StringComparison.Ordinal)), name => Assert.Contains("`" + name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)], s_page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Policies() => Fence().Matches(s_page).Select(match => match.Groups[1].Value).Where(text => text.StartsWith("extends:", StringComparison.Ordinal));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Fence();
}
