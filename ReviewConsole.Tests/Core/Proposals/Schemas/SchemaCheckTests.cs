using System.Text.Json;
using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Tests.Core.Proposals.Schemas;

/// <summary>Arguments against a schema, written by hand from JSON Schema 2020-12.</summary>
public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", "#/arguments/a Type")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"1"}""", "")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{}""", "")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", """{"a":null}""", "")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":null}""", "#/arguments/a Type")]
    [InlineData("""{"properties":{"a":{"type":"number"}}}""", """{"a":1}""", "")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1.0}""", "")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1.5}""", "#/arguments/a Type")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1e2}""", "")]
    [InlineData("""{"properties":{"a":{"type":"boolean"}}}""", """{"a":"true"}""", "#/arguments/a Type")]
    [InlineData("""{"type":"array"}""", """{}""", "#/arguments Type")]
    [InlineData("""{"required":["a","b"]}""", """{"a":null}""", "#/arguments/b Required")]
    [InlineData("""{"properties":{"a":{"enum":["x",1,null]}}}""", """{"a":1.0}""", "")]
    [InlineData("""{"properties":{"a":{"enum":["x",1,null]}}}""", """{"a":"1"}""", "#/arguments/a Choice")]
    [InlineData("""{"properties":{"a":{"const":{"b":1,"c":[2]}}}}""", """{"a":{"c":[2],"b":1}}""", "")]
    [InlineData("""{"properties":{"a":{"const":{"b":1}}}}""", """{"a":{"b":2}}""", "#/arguments/a Choice")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"],"const":"y"}}}""", """{"a":"x"}""", "#/arguments/a Choice")]
    [InlineData("""{"properties":{"a":{"minimum":0.1}}}""", """{"a":0.1}""", "")]
    [InlineData("""{"properties":{"a":{"minimum":0.1}}}""", """{"a":0.09999}""", "#/arguments/a Minimum")]
    [InlineData("""{"properties":{"a":{"maximum":500}}}""", """{"a":500.01}""", "#/arguments/a Maximum")]
    [InlineData("""{"properties":{"a":{"exclusiveMinimum":0}}}""", """{"a":0}""", "#/arguments/a Above")]
    [InlineData("""{"properties":{"a":{"exclusiveMaximum":10}}}""", """{"a":10}""", "#/arguments/a Below")]
    [InlineData("""{"properties":{"a":{"exclusiveMaximum":10}}}""", """{"a":9.999}""", "")]
    [InlineData("""{"properties":{"a":{"multipleOf":0.01}}}""", """{"a":19.99}""", "")]
    [InlineData("""{"properties":{"a":{"multipleOf":0.01}}}""", """{"a":19.995}""", "#/arguments/a MultipleOf")]
    [InlineData("""{"properties":{"a":{"multipleOf":0.01}}}""", """{"a":1e300}""", "")]
    [InlineData("""{"properties":{"a":{"minimum":3}}}""", """{"a":"2"}""", "")]
    [InlineData("""{"properties":{"a":{"minLength":2,"maxLength":2}}}""", """{"a":"😀😀"}""", "")]
    [InlineData("""{"properties":{"a":{"minLength":2}}}""", """{"a":"😀"}""", "#/arguments/a MinLength")]
    [InlineData("""{"properties":{"a":{"maxLength":2}}}""", """{"a":"abc"}""", "#/arguments/a MaxLength")]
    [InlineData("""{"properties":{"a":{"pattern":"^[A-Z]{3}$"}}}""", """{"a":"USD"}""", "")]
    [InlineData("""{"properties":{"a":{"pattern":"^[A-Z]{3}$"}}}""", """{"a":"USD\n"}""", "#/arguments/a Pattern")]
    [InlineData("""{"properties":{"a":{"pattern":"\\d{2}"}}}""", """{"a":"x42y"}""", "")]
    [InlineData("""{"properties":{"a":{"pattern":"^\\d+$"}}}""", """{"a":"٤٢"}""", "#/arguments/a Pattern")]
    [InlineData("""{"properties":{"a":{"pattern":"^[\\w.-]+$"}}}""", """{"a":"a_b-c.d"}""", "")]
    [InlineData("""{"properties":{"a":{"format":"date"}}}""", """{"a":"2024-02-29"}""", "")]
    [InlineData("""{"properties":{"a":{"format":"date"}}}""", """{"a":"2023-02-29"}""", "#/arguments/a Date")]
    [InlineData("""{"properties":{"a":{"format":"date"}}}""", """{"a":"2024-2-9"}""", "#/arguments/a Date")]
    [InlineData("""{"properties":{"a":{"format":"date"}}}""", """{"a":20240229}""", "")]
    [InlineData("""{"properties":{"a":{"format":"email"}}}""", """{"a":"ana@example.org"}""", "")]
    [InlineData("""{"properties":{"a":{"format":"email"}}}""", """{"a":"Ana <ana@example.org>"}""", "#/arguments/a Email")]
    [InlineData("""{"properties":{"a":{"format":"email"}}}""", """{"a":"ana.example.org"}""", "#/arguments/a Email")]
    [InlineData("""{"properties":{"a":{"format":"email"}}}""", """{"a":"ana@example.org, eve@evil.example"}""", "#/arguments/a Email")]
    [InlineData("""{"properties":{"a":{"items":{"type":"integer"}}}}""", """{"a":[1,"2",3.5]}""", "#/arguments/a/1 Type|#/arguments/a/2 Type")]
    [InlineData("""{"properties":{"a":{"minItems":1,"maxItems":2}}}""", """{"a":[]}""", "#/arguments/a MinItems")]
    [InlineData("""{"properties":{"a":{"minItems":1,"maxItems":2}}}""", """{"a":[1,2,3]}""", "#/arguments/a MaxItems")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1,"b/c d":2}""", "#/arguments/b~1c%20d Additional")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"a":"x","b":2}""", "#/arguments/b Type")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "#/arguments/a Nothing")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/money"}},"$defs":{"money":{"required":["value"]}}}""", """{"a":{}}""", "#/arguments/a/value Required")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/x~1y%20z","maxLength":1}},"definitions":{"x/y z":{"type":"string"}}}""", """{"a":"ab"}""", "#/arguments/a MaxLength")]
    [InlineData("""{"properties":{"child":{"$ref":"#"},"n":{"type":"integer"}}}""", """{"child":{"child":{"n":"x"}}}""", "#/arguments/child/child/n Type")]
    public void Faults_are_named_where_they_are(string schema, string arguments, string expected) =>
        Assert.Equal(expected, string.Join('|', SchemaCheck.Of(Read(schema), JsonElement.Parse(arguments)).Select(fault => $"{fault.At} {fault.Rule}")));

    [Fact]
    public void A_fault_says_what_to_do()
    {
        var schema = Read("""{"properties":{"amount":{"type":["number","null"],"maximum":500},"currency":{"enum":["USD","EUR"]}}}""");
        var faults = SchemaCheck.Of(schema, JsonElement.Parse("""{"amount":"12","currency":"usd"}"""));
        Assert.Equal(["Must be null or a number.", "Must be one of \"USD\", \"EUR\"."], faults.Select(fault => fault.Detail));
    }

    [Theory]
    [InlineData("""{"anyOf":[{"type":"object"}],"properties":{"a":{"format":"uri","x-note":1}}}""", "anyOf #|format #/properties/a")]
    [InlineData("""{"properties":{"a":{"type":"whole","minimum":"3","required":"a","items":[1],"maxLength":-1,"multipleOf":0,"exclusiveMinimum":true}}}""",
        "type #/properties/a|minimum #/properties/a|required #/properties/a|items #/properties/a|maxLength #/properties/a|multipleOf #/properties/a|exclusiveMinimum #/properties/a")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.org/schema"},"b":{"$ref":"#/$defs/none"},"c":7}}""", "$ref #/properties/a|$ref #/properties/b|schema #/properties/c")]
    [InlineData("""{"properties":[],"enum":{},"pattern":"(?=x)"}""", "properties #|enum #|pattern #")]
    [InlineData("""{"title":"T","description":"D","$schema":"s","default":{},"examples":[]}""", "")]
    public void What_is_not_checked_is_named_and_allows_everything(string schema, string expected)
    {
        var read = Read(schema);
        Assert.Equal(expected, string.Join('|', read.NotChecked.Select(one => $"{one.Keyword} {one.At}")));
        Assert.Empty(SchemaCheck.Of(read, JsonElement.Parse("""{"a":"https://example.org","b":1,"c":null}""")));
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/b"}},"$defs":{"b":{"$ref":"#/$defs/c"},"c":{"$ref":"#/$defs/b"}}}""")]
    public void References_that_go_in_circles_check_nothing(string schema)
    {
        Assert.Equal(SchemaTrouble.Circular, Read(schema).Trouble);
        Assert.Empty(SchemaCheck.Of(Read(schema), JsonElement.Parse("""{"a":1}""")));
    }

    [Fact]
    public void A_schema_that_is_too_much_checks_nothing_and_says_so()
    {
        var many = "{\"properties\":{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"p{i}\":{{\"type\":\"string\"}}")) + "}}";
        Assert.Equal(SchemaTrouble.TooLarge, Read(many).Trouble);
        var deep = string.Concat(Enumerable.Repeat("{\"items\":", 40)) + "{}" + new string('}', 40);
        Assert.Equal(SchemaTrouble.TooDeep, Read(deep).Trouble);
        // Twenty definitions, each of which has the next one twice, are a million places written out; they are read once each.
        var wide = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"d{i}\":{{\"properties\":{{\"a\":{{\"$ref\":\"#/$defs/d{i + 1}\"}},\"b\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}}}}}")) + ",\"d20\":{\"type\":\"string\"}}}";
        Assert.Equal(SchemaTrouble.None, Read(wide).Trouble);
        Assert.Empty(SchemaCheck.Of(Read(wide), JsonElement.Parse("""{"a":{"b":{}}}""")));
    }

    [Theory]
    [InlineData("^(a+)+$", true)]
    [InlineData("(?:[A-Z]{2}){1,4}", true)]
    [InlineData(@"^\p{L}+$", true)]
    [InlineData("(?<word>a|b)", true)]
    [InlineData("a[[]b", true)]
    [InlineData("(?=x)y", false)]
    [InlineData("(?<!x)y", false)]
    [InlineData("(?i)x", false)]
    [InlineData(@"(a)\1", false)]
    [InlineData(@"[\D]", false)]
    [InlineData("[^]", false)]
    [InlineData("((a{1,99}){1,99}){1,99}", false)]
    [InlineData("a{1,9999999999}", false)]
    [InlineData("(", false)]
    [InlineData(@"\", false)]
    [InlineData(@"\Ax", false)]
    public void Patterns_run_in_linear_time_or_not_at_all(string source, bool runs)
    {
        Assert.Equal(runs, SchemaPattern.TryRead(source) is not null);
        Assert.Equal(runs, Read($$"""{"pattern":{{JsonSerializer.Serialize(source)}}}""").NotChecked.Count == 0);
    }

    [Fact]
    public void A_pattern_that_ruins_others_ends_at_once() => Assert.False(SchemaPattern.TryRead("^(a+)+$")!.Matches(new string('a', 100_000) + "!"));

    [Theory]
    [InlineData("""{"properties":{"a":{"items":{"type":"integer"}}}}""")]
    [InlineData("""{"properties":{"a":{"items":{"type":"integer","minimum":0}}}}""")]
    [InlineData("""{"properties":{"a":{"items":{"enum":[0,1]}}}}""")]
    public void A_check_of_too_many_values_ends_and_says_so(string schema)
    {
        var arguments = JsonElement.Parse("{\"a\":[" + string.Join(',', Enumerable.Repeat("0", 250_000)) + "]}");
        var fault = Assert.Single(SchemaCheck.Of(Read(schema), arguments));
        Assert.Equal(("#/arguments", SchemaRule.TooLarge), (fault.At.ToString(), fault.Rule));
    }

    [Fact]
    public void Members_that_nobody_knows_are_named_up_to_a_number()
    {
        var arguments = JsonElement.Parse("{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\":0")) + "}");
        Assert.Equal(100, SchemaCheck.Of(Read("""{"additionalProperties":false}"""), arguments).Count);
    }

    [Fact]
    public void Many_choices_for_many_values_are_written_out_once()
    {
        var schema = Read("{\"properties\":{\"a\":{\"items\":{\"enum\":[" + string.Join(',', Enumerable.Range(0, 500)) + "]}}}}");
        var arguments = JsonElement.Parse("{\"a\":[" + string.Join(',', Enumerable.Repeat("499", 10_000)) + "]}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(SchemaCheck.Of(schema, arguments));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    private static ArgumentsSchema Read(string schema) => ArgumentsSchema.Read(JsonElement.Parse(schema));
}
