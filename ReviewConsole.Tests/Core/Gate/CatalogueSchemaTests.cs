using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>What the catalogue says of an action's arguments counts, whatever their source says of them.</summary>
public sealed class CatalogueSchemaTests
{
    private const string Head = "extends: default\npolicy: mine\nversion: 1\n";

    private const string Schema = """
        catalogue:
          agent_decision:
            kind: agentDecision
            arguments:
              type: object
              required: [order]
              properties:
                order: { type: string, pattern: '^[0-9]{4}$' }
                amount: { type: number, maximum: 100.50 }
                "404": { type: [boolean, "null"] }
                to: { $ref: '#/$defs/mail' }
              additionalProperties: false
              $defs: { mail: { type: string, format: email } }

        """;

    [Fact]
    public void Arguments_that_fit_proceed_as_without_a_schema()
    {
        var gate = Ask("""{"order":"4711","amount":100.5,"404":null,"to":"ana@example.org"}""");

        Assert.Equal((Verdict.Proceed, Risk.Low), (gate.Verdict, gate.Risk));
        Assert.Empty(gate.ConsoleChecks);
    }

    [Theory]
    [InlineData("""{"order":4711}""", "arguments/order (type string)")]
    [InlineData("""{"order":"471"}""", "arguments/order (pattern ^[0-9]{4}$)")]
    [InlineData("""{"order":"4711","amount":100.51}""", "arguments/amount (maximum 100.50)")]
    [InlineData("""{"order":"4711","to":"Ana"}""", "arguments/to (format email)")]
    [InlineData("""{"order":"4711","a b":1}""", "arguments/a%20b (additionalProperties)")]
    [InlineData("""{"404":1}""", "arguments/404 (type null or boolean), arguments/order (required)")]
    [InlineData("""{"z":1,"y":1,"x":1}""", "arguments/order (required), arguments/x (additionalProperties), arguments/y (additionalProperties), …")]
    public void Arguments_that_do_not_fit_fail_a_check_of_our_own_and_go_to_a_person(string arguments, string faults)
    {
        var gate = Ask(arguments);

        var check = Assert.Single(gate.ConsoleChecks);
        Assert.Equal(("console:arguments", CheckResult.Fail, "Arguments do not fit the action catalogue"), (check.Id, check.Result, check.Name));
        Assert.Equal($"Against the schema of the catalogue: {faults}.", check.Detail);
        Assert.Equal((Verdict.Review, Risk.Medium), (gate.Verdict, gate.Risk));
        Assert.Contains("checks", gate.Matched());
    }

    [Fact]
    public void What_a_check_says_can_be_sealed_however_long_and_odd_the_names_are()
    {
        var detail = Ask($$"""{"order":"4711","{{string.Concat(Enumerable.Repeat("😀", 200))}}":1}""").ConsoleChecks.Single().Detail!;

        Assert.InRange(detail.Length, 100, 250);
        Assert.All(detail, static c => Assert.False(char.IsSurrogate(c)));
    }

    [Fact]
    public void The_schema_of_a_source_is_not_asked_where_the_catalogue_has_one()
    {
        var policy = GateCases.Policy(Schema);
        var sent = GateCases.Certain(arguments: """{"order":4711}""").Action with { ArgumentsSchema = JsonElement.Parse("{}") };

        Assert.NotEmpty(SchemaCheck.Of(policy.SchemaOf(sent)!, sent.Arguments));
        Assert.Empty(SchemaCheck.Of(PolicyReader.Default.SchemaOf(sent)!, sent.Arguments));
        Assert.Null(PolicyReader.Default.SchemaOf(sent with { ArgumentsSchema = null }));
        Assert.Same(policy.SchemaOf(sent), policy.SchemaOf(sent));
    }

    [Fact]
    public void A_correction_is_asked_about_what_the_person_wrote()
    {
        var (policy, proposal) = (GateCases.Policy(Schema), GateCases.Certain(arguments: """{"order":4711}"""));
        var corrected = proposal.Effective.Correct(JsonElement.Parse("""{"order":"4711"}"""), null, null);

        Assert.Equal(Verdict.Review, GateCases.Ask(proposal, policy: policy).Verdict);
        Assert.Empty(ReviewConsole.Core.Gate.Gate.EvaluateCorrection(policy, proposal, corrected, GateCases.Facts).ConsoleChecks);
    }

    [Fact]
    public void The_default_policy_has_no_schemas_and_an_extending_one_keeps_those_below_it()
    {
        Assert.All(PolicyReader.Default.Catalogue.Values, static action => Assert.Null(action.Arguments));
        Assert.NotNull(GateCases.Policy(Schema + "hold: 5 s\n").Catalogue["agent_decision"].Arguments);
    }

    [Theory]
    [InlineData("0.10", "0.10")]
    [InlineData("'0.10'", "\"0.10\"")]
    [InlineData("1E2", "1E2")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("''", "\"\"")]
    [InlineData("2026-05-20", "\"2026-05-20\"")]
    [InlineData("[1, { a: b }]", "[1,{\"a\":\"b\"}]")]
    public void A_value_is_what_the_core_schema_of_yaml_makes_of_it_and_a_number_keeps_its_digits(string yaml, string json)
    {
        var errors = new List<PolicyError>();
        Assert.Equal($"{{\"v\":{json}}}", PolicyJson.Read(PolicyNode.Parse($"v: {yaml}", errors)!)!.Value.GetRawText());
        Assert.Empty(errors);
    }

    public static TheoryData<string, int, int, string> Refused => new()
    {
        { "arguments: none", 6, 16, "Must be a JSON Schema with keys and values" },
        { "arguments: { properties: { a: { oneOf: [] } } }", 6, 44, "“oneOf” is no rule that is checked. Checked are type, " },
        { "arguments:\n      properties:\n        a/b:\n          items:\n            - type: string", 10, 13, "Must be one schema, true or false." },
        { "arguments: { $ref: '#/$defs/a', $defs: { a: { minimal: 1 } } }", 6, 60, "“minimal” is no rule" },
        { "arguments: { properties: { a: 5 } }", 6, 35, "Must be a schema: keys and values" },
        { "arguments: { type: money }", 6, 24, "Must be one of null, boolean" },
        { "arguments: { required: [404] }", 6, 28, "in quotes" },
        { "arguments: { multipleOf: 0 }", 6, 30, "Must be a number above 0." },
        { "arguments: { maxLength: '5' }", 6, 29, "Must be a whole number from 0." },
        { "arguments: { format: uuid }", 6, 26, "Must be date or email." },
        { "arguments: { pattern: '(?=a)' }", 6, 27, "runs in linear time" },
        { "arguments: { $ref: 'https://example.org' }", 6, 24, "a pointer to a schema within this one" },
        { "arguments: { $ref: '#' }", 6, 16, "write the rule where they begin" },
        { "arguments: { const: 0x1F }", 6, 25, "Write it as JSON does, or in quotes" },
        { "arguments: { const: True }", 6, 25, "Write it as JSON does, or in quotes" },
        { "arguments: { const: .inf }", 6, 25, "Write it as JSON does, or in quotes" },
        { "arguments: { const: 12345678901234567890123 }", 6, 25, "write fewer digits" },
        { "arguments: { default: }", 6, 27, "'' for an empty text" },
        { "arguments: { const: 'a\uFFFD' }", 6, 25, "complete characters" },
        { "arguments: { pattern: '(a{0,99}){20}' }", 6, 27, "too heavy" },
        { "arguments: { enum: [ " + string.Join(", ", Enumerable.Range(0, 501)) + " ] }", 6, 24, "at most 500 values" },
        { "arguments: { properties: { " + string.Join(", ", Enumerable.Range(0, 1_001).Select(i => $"p{i}: {{}}")) + " } }", 6, 16, "more than 1,000 parts" },
        { "arguments: " + string.Concat(Enumerable.Repeat("{ items: ", 33)) + "{}" + string.Concat(Enumerable.Repeat(" }", 33)), 6, 16, "nested deeper than 32" },
        { "arguments: { properties: { " + string.Join(", ", Enumerable.Range(0, 21).Select(i => $"p{i}: {{ pattern: 'a{{249}}' }}")) + " } }", 6, 16, "With this schema the patterns of the file have more than 5,000 parts" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Refused))]
    public void A_schema_that_is_not_checked_whole_is_refused_with_its_place_and_a_cure(string schema, int line, int column, string cure)
    {
        var reading = PolicyReader.Read($"{Head}catalogue:\n  pay:\n    {schema}\n");

        Assert.Null(reading.Policy);
        var error = Assert.Single(reading.Errors);
        Assert.Contains(cure, error.Detail, StringComparison.Ordinal);
        Assert.StartsWith("catalogue.pay.arguments", error.Path, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Patterns_of_rules_and_of_schemas_count_together()
    {
        var rules = "rules:\n" + string.Concat(Enumerable.Range(0, 19).Select(i => $"  - {{ rule: r{i}, when: {{ field: title, matches: 'a{{249}}{i % 10}' }}, then: {{}} }}\n"));
        string Text(int second) => $"{Head}{rules}catalogue:\n  pay: {{ arguments: {{ pattern: 'a{{200}}' }} }}\n  send: {{ arguments: {{ pattern: 'a{{{second}}}' }} }}\n";

        Assert.Empty(PolicyReader.Read(Text(50)).Errors);
        Assert.Equal("catalogue.send.arguments", Assert.Single(PolicyReader.Read(Text(51)).Errors).Path);
    }

    private static GateResult Ask(string arguments) => GateCases.Ask(GateCases.Certain(arguments: arguments), policy: GateCases.Policy(Schema));
}
