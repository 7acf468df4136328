using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Tests.Core.Proposals.Schemas;

/// <summary>A form is a look at the JSON: what nobody changes leaves as it came.</summary>
public sealed class ArgumentsFormTests(ITestOutputHelper output)
{
    private const string Refund = """
        { "type": "object", "required": ["order", "amount"], "additionalProperties": false, "properties": {
            "order": { "type": "string" }, "amount": { "type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$" }, "fee": { "type": "number" },
            "method": { "enum": ["card", "voucher"] }, "lines": { "type": "array", "items": { "type": "object", "properties": { "sku": { "type": "string" }, "count": { "type": "integer" } } } } } }
        """;

    [Fact]
    public void Properties_stand_in_the_order_of_the_schema_and_what_is_not_sent_can_be_added()
    {
        var form = Form(Refund, """{"amount":"9.00","extra":1,"order":"A1"}""")!;
        Assert.Equal(["order Text A1", "amount Text 9.00", "fee Number ", "method Choice ", "lines List ", "extra Number 1"], form.Parts.Select(part => $"{part.Name} {part.Kind} {part.Text}"));
        Assert.Equal([true, true, false, false, false, false], form.Parts.Select(part => part.Required));
        Assert.Equal([false, false, false, false, false, true], form.Parts.Select(part => part.Removable));
        var added = ArgumentsEdit.Set(JsonElement.Parse("""{"amount":"9.00"}"""), ["lines"], form.Parts[4].Initial);
        Assert.Equal("""{"amount":"9.00","lines":[]}""", Compact(added));
    }

    [Theory]
    [InlineData("fee", "1.0", """{"order":"A1","amount":"9.00","fee":1.0,"method":"card","lines":[{"sku":"x","count":2}]}""")]
    [InlineData("fee", " 12.50 ", """{"order":"A1","amount":"9.00","fee":12.50,"method":"card","lines":[{"sku":"x","count":2}]}""")]
    [InlineData("fee", "a lot", """{"order":"A1","amount":"9.00","fee":"a lot","method":"card","lines":[{"sku":"x","count":2}]}""")]
    [InlineData("fee", "9007199254740993", """{"order":"A1","amount":"9.00","fee":"9007199254740993","method":"card","lines":[{"sku":"x","count":2}]}""")]
    [InlineData("amount", "10", """{"order":"A1","amount":"10","fee":1.50,"method":"card","lines":[{"sku":"x","count":2}]}""")]
    [InlineData("method", "1", """{"order":"A1","amount":"9.00","fee":1.50,"method":"voucher","lines":[{"sku":"x","count":2}]}""")]
    public void An_entry_changes_its_own_value_alone(string name, string entered, string expected)
    {
        var arguments = JsonElement.Parse("""{"order":"A1","amount":"9.00","fee":1.50,"method":"card","lines":[{"sku":"x","count":2}]}""");
        var part = ArgumentsForm.Of(ArgumentsSchema.Read(JsonElement.Parse(Refund)), arguments, arguments)!.Parts.Single(one => one.Name == name);
        Assert.Equal(expected, Compact(ArgumentsEdit.Set(arguments, part.Steps, part.Read(entered))));
    }

    [Fact]
    public void Members_and_items_are_added_and_removed_in_their_place()
    {
        var arguments = JsonElement.Parse("""{"a":{"list":[1,2,3]},"b":0}""");
        Assert.Equal("""{"a":{"list":[1,3]},"b":0}""", Compact(ArgumentsEdit.Remove(arguments, ["a", "list", "1"])));
        Assert.Equal("""{"a":{"list":[1,2,3,4]},"b":0}""", Compact(ArgumentsEdit.Set(arguments, ["a", "list", "3"], JsonElement.Parse("4"))));
        Assert.Equal("""{"b":0}""", Compact(ArgumentsEdit.Remove(arguments, ["a"])));
        Assert.Equal("""{"a":{"list":[1,2,3],"c":""},"b":0}""", Compact(ArgumentsEdit.Set(arguments, ["a", "c"], JsonLiterals.EmptyText)));
    }

    [Theory]
    [InlineData("""{"a":"one\rtwo"}""", "Json")]
    [InlineData("""{"a":"one\u0000"}""", "Json")]
    [InlineData("""{"a":"one\r\ntwo\nthree"}""", "Json")]
    [InlineData("""{"a":"one\r\ntwo"}""", "Text")]
    [InlineData("""{"a":["x"]}""", "Json")]
    [InlineData("""{"a":null}""", "Null")]
    public void What_an_input_would_change_by_showing_it_is_left_to_the_json(string arguments, string kind) =>
        Assert.Equal(kind, Form("""{"properties":{"a":{"type":"string"}}}""", arguments)!.Parts[0].Kind.ToString());

    [Fact]
    public void Line_ends_stay_as_they_were_sent() =>
        Assert.Equal("a\r\nb", Form("""{"properties":{"a":{"type":"string"}}}""", """{"a":"a\r\n"}""")!.Parts[0].Read("a\nb").GetString());

    [Theory]
    [InlineData("a\u2028b\u2029c\u0085d\fe\nf", "a\u2028b\u2029c\u0085d\fe\r\nf")]
    [InlineData("\n\n", "\r\n\r\n")]
    public void Line_ends_alone_are_put_back(string entered, string written) =>
        Assert.Equal(written, Form("""{"properties":{"a":{"type":"string"}}}""", """{"a":"a\r\n"}""")!.Parts[0].Read(entered).GetString());

    [Fact]
    public void A_number_of_no_certain_type_is_one_again_after_what_was_typed_in_between()
    {
        var schema = ArgumentsSchema.Read(JsonElement.Parse("""{"properties":{"a":{}}}"""));
        var between = ArgumentsForm.Of(schema, JsonElement.Parse("""{"a":"5."}"""), JsonElement.Parse("""{"a":5}"""))!.Parts[0];
        Assert.Equal((FormKind.Number, JsonValueKind.Number), (between.Kind, between.Read("5.07").ValueKind));
    }

    [Fact]
    public void A_choice_that_the_schema_does_not_know_keeps_its_place()
    {
        var schema = ArgumentsSchema.Read(JsonElement.Parse("""{"properties":{"a":{"enum":["card","voucher"]}}}"""));
        string[] Choices(string now) => [.. ArgumentsForm.Of(schema, JsonElement.Parse(now), JsonElement.Parse("""{"a":"cash"}"""))!.Parts[0].Choices.Select(choice => choice.GetString()!)];
        Assert.Equal(["cash", "card", "voucher"], Choices("""{"a":"cash"}"""));
        Assert.Equal(["cash", "card", "voucher"], Choices("""{"a":"voucher"}"""));
    }

    [Theory]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"$ref":"#"}""")]
    public void Without_properties_there_is_no_form(string schema) => Assert.Null(Form(schema, """{"a":1}"""));

    [Fact]
    public void A_schema_that_never_ends_makes_a_form_that_does()
    {
        var deepest = Form("""{"properties":{"a":{"$ref":"#"},"b":{"type":"string"}}}""", Nested(20))!;
        for (; deepest.Parts.FirstOrDefault(part => part.Name == "a") is { } next; deepest = next)
        {
        }

        Assert.Equal((9, FormKind.Json), (deepest.Steps.Count, deepest.Kind));
    }

    [Fact]
    public void Too_many_inputs_are_no_form() => Assert.Null(Form(
        """{"properties":{"a":{"type":"array","items":{"type":"string"}}}}""", "{\"a\":[" + string.Join(',', Enumerable.Repeat("\"x\"", 400)) + "]}"));

    [Theory]
    [InlineData("array", "[", "]")]
    [InlineData("object", "{", "}")]
    public void What_will_be_too_many_inputs_is_not_begun(string type, string open, string close)
    {
        var schema = ArgumentsSchema.Read(JsonElement.Parse($$"""{"properties":{"a":{"type":"{{type}}","items":{"type":"integer"} } } }"""));
        var arguments = JsonElement.Parse("{\"a\":" + open + string.Join(',', Enumerable.Range(0, 200_000).Select(i => type == "array" ? "0" : $"\"m{i}\":0")) + close + "}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(ArgumentsForm.Of(schema, arguments, arguments));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void What_is_written_back_unchanged_has_the_same_bytes()
    {
        var random = new Random(20_26);
        var inputs = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var arguments = JsonElement.Parse("{" + string.Join(',', Enumerable.Range(0, random.Next(1, 6)).Select(n => $"\"m{n}\":{Any(random, 3)}")) + "}");
            var schema = ArgumentsSchema.Read(JsonElement.Parse(Shape(arguments, random).ToJsonString()));
            var now = arguments;
            foreach (var part in Leaves(ArgumentsForm.Of(schema, arguments, arguments)!))
            {
                // As the browser gives it back: the text of the input, with its line ends.
                var entered = part.Text.ReplaceLineEndings("\n");
                now = ArgumentsEdit.Set(now, part.Steps, part.Read(entered));
                inputs++;
            }

            Assert.Equal(ArgumentsEdit.Text(arguments), ArgumentsEdit.Text(now));
            Assert.Equal(CanonicalJson.Of(arguments), CanonicalJson.Of(now));
            Assert.Equal(new EffectiveAction("a", arguments).Digest, new EffectiveAction("a", now).Digest);
        }

        output.WriteLine($"form: 3000 arguments, {inputs} inputs written back, all with the same bytes and digest");
        Assert.True(inputs > 5_000);
    }

    private static IEnumerable<FormPart> Leaves(FormPart part) =>
        part.Parts.Count > 0 ? part.Parts.SelectMany(Leaves) : part.Value is not null && part.Kind is FormKind.Text or FormKind.Number or FormKind.Choice ? [part] : [];

    private static string Nested(int depth) => depth == 0 ? "{\"b\":\"x\"}" : "{\"a\":" + Nested(depth - 1) + "}";

    private static string Any(Random random, int depth) => random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => random.Next(2) == 0 ? "true" : "null",
        1 => new[] { "1.0", "1", "0.10", "-0.5", "1e2", "12.50", "100000000000000000000", "5E-7", "-0" }[random.Next(9)],
        2 or 3 => JsonSerializer.Serialize(new[] { "", " x ", "1250.00", "l1\nl2", "l1\r\nl2", "cr\rlf", "ä😀\u202e", "\u0001", "true", "\t", "\"quoted\"", "<b>&amp;" }[random.Next(12)]),
        4 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(n => $"\"k{n} ~/\\u0041\":{Any(random, depth - 1)}")) + "}",
    };

    // A schema that fits, or now and then does not: the form must stay true in both cases.
    private static JsonObject Shape(JsonElement value, Random random)
    {
        var shape = new JsonObject();
        if (random.Next(8) == 0 && value.ValueKind != JsonValueKind.Object)
        {
            shape["type"] = new[] { "string", "number", "boolean", "array", "object", "integer" }[random.Next(6)];
            return shape;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                shape["type"] = "object";
                shape["properties"] = new JsonObject(value.EnumerateObject().Where(_ => random.Next(5) > 0).Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, Shape(member.Value, random)))
                    .Append(KeyValuePair.Create<string, JsonNode?>("absent" + random.Next(9).ToString(CultureInfo.InvariantCulture), new JsonObject { ["type"] = "string" })));
                break;
            case JsonValueKind.Array:
                shape["type"] = "array";
                shape["items"] = value.GetArrayLength() > 0 ? Shape(value[0], random) : new JsonObject();
                break;
            case JsonValueKind.Number when random.Next(2) == 0:
                shape["enum"] = new JsonArray(1, 100, JsonNode.Parse(value.GetDouble().ToString("R", CultureInfo.InvariantCulture)));
                break;
            case JsonValueKind.String when random.Next(3) == 0:
                shape["enum"] = new JsonArray("x", value.GetString());
                break;
            case JsonValueKind.String:
                shape["type"] = "string";
                break;
        }

        return shape;
    }

    private static FormPart? Form(string schema, string arguments) => ArgumentsForm.Of(ArgumentsSchema.Read(JsonElement.Parse(schema)), JsonElement.Parse(arguments), JsonElement.Parse(arguments));

    private static string Compact(JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
