using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>Corrected fields fit the type that their source declared, and required ones have a value: over HTTP, as on the screen.</summary>
public sealed class FieldCorrectionCallTests
{
    private static readonly JsonArray s_fields = JsonNode.Parse("""
        [ { "name": "shop", "type": "text", "value": "Bramble", "required": true },
          { "name": "date", "type": "date", "value": "26/11/19" },
          { "name": "total", "type": "money", "value": "68.22", "required": true },
          { "name": "lines", "type": "integer", "value": 3 },
          { "name": "paid", "type": "boolean", "value": true },
          { "name": "odd", "type": "money", "value": "nine" } ]
        """)!.AsArray();

    [Theory]
    [InlineData("total", "\"68.222026-11-19\"")]
    [InlineData("total", "{ \"value\": 1 }")]
    [InlineData("total", "true")]
    [InlineData("date", "\"2026-02-30\"")]
    [InlineData("lines", "\"three\"")]
    [InlineData("lines", "2.5")]
    [InlineData("paid", "\"perhaps\"")]
    [InlineData("total", "null", "Is required and has no value")]
    [InlineData("total", "\"\"", "Is required and has no value")]
    [InlineData("shop", "\" \"", "Is required and has no value")]
    [InlineData("odd", "\"ten\"")]
    public async Task A_corrected_value_that_does_not_fit_is_refused_by_its_pointer(string name, string value, string says = "Is no")
    {
        await using var world = await ApiWorld.StartAsync();
        var (reviewer, review, claim) = await OpenAsync(world);
        var (fields, at) = Changed(name, value);
        var problem = await Answers.ProblemAsync(await Correct(world, reviewer, review, claim, fields), 422, "invalid");
        Assert.Equal([$"#/fields/{at}/value"], problem["errors"]!.AsArray().Select(one => (string)one!["pointer"]!));
        Assert.StartsWith(says, (string)problem["errors"]![0]!["detail"]!, StringComparison.Ordinal);
        Assert.Equal("pending", (string)(await world.ReviewAsync(review))["status"]!);
    }

    [Theory]
    [InlineData("total", "\"1.250,00 EUR\"")]
    [InlineData("total", "68.2")]
    [InlineData("date", "null")]
    [InlineData("date", "\"2026-11-19\"")]
    [InlineData("lines", "4")]
    [InlineData("paid", "false")]
    [InlineData("odd", "\"9.00\"")]
    public async Task A_value_that_fits_goes_and_what_its_source_sent_oddly_stays_its_own_matter(string name, string value)
    {
        await using var world = await ApiWorld.StartAsync();
        var (reviewer, review, claim) = await OpenAsync(world);
        var held = await Answers.ObjectAsync(await Correct(world, reviewer, review, claim, Changed(name, value).Fields));
        Assert.Equal("held", (string)held["status"]!);
    }

    [Fact]
    public async Task Corrected_fields_leave_no_required_one_out_and_fill_those_that_the_source_left_empty()
    {
        await using var world = await ApiWorld.StartAsync();
        var (reviewer, review, claim) = await OpenAsync(world, empty: "total");
        var without = Changed("shop", "\"Brambles\"").Fields;
        without.RemoveAt(2);
        var problem = await Answers.ProblemAsync(await Correct(world, reviewer, review, claim, without), 422, "invalid");
        Assert.Equal("#/fields", (string)problem["errors"]![0]!["pointer"]!);
        Assert.Contains("“total”", (string)problem["errors"]![0]!["detail"]!, StringComparison.Ordinal);

        var empty = Changed("shop", "\"Brambles\"").Fields;
        empty[2]!["value"] = null;
        problem = await Answers.ProblemAsync(await Correct(world, reviewer, review, claim, empty), 422, "invalid");
        Assert.Equal("#/fields/2/value", (string)problem["errors"]![0]!["pointer"]!);

        // Who does not correct the fields is not asked about them.
        var held = await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, static body =>
            body["arguments"] = new JsonObject { ["ledger"] = "office" })));
        Assert.Equal("held", (string)held["status"]!);
    }

    private static async Task<(HttpClient Reviewer, JsonObject Review, string Claim)> OpenAsync(ApiWorld world, string? empty = null)
    {
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(body =>
        {
            body["action"] = new JsonObject { ["name"] = "post_receipt", ["arguments"] = new JsonObject { ["ledger"] = "travel" } };
            body["fields"] = s_fields.DeepClone();
            foreach (var field in body["fields"]!.AsArray().Where(field => (string)field!["name"]! == empty))
            {
                field!["value"] = null;
            }
        });
        return (reviewer, review, await world.ClaimAsync(reviewer, review));
    }

    private static (JsonArray Fields, int At) Changed(string name, string value)
    {
        var fields = new JsonArray([.. s_fields.Select(static field => new JsonObject { ["name"] = (string)field!["name"]!, ["value"] = field["value"]?.DeepClone() })]);
        var at = fields.Select(static field => (string)field!["name"]!).ToList().IndexOf(name);
        fields[at]!["value"] = JsonNode.Parse(value);
        return (fields, at);
    }

    private static Task<HttpResponseMessage> Correct(ApiWorld world, HttpClient reviewer, JsonObject review, string claim, JsonArray fields) =>
        world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, body => body["fields"] = fields));
}
