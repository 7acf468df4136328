using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>The digest by hand-written bytes, and by a second, naive implementation over real-looking actions.</summary>
public sealed class ActionDigestTests
{
    [Theory]
    [InlineData("""{"name":"a","arguments":{}}""", null, null, """{"arguments":{},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{"b":1.0,"a":null,"é":"\u20ac"}}""", null, null, """{"arguments":{"a":null,"b":1,"é":"€"},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{},"argumentsSchema":{"type":"object"}}""", null, null, """{"arguments":{},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{}}""", "null", "null", """{"arguments":{},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{}}""", """{"format":"text","content":"c","baseline":"b"}""", null, """{"arguments":{},"draft":{"content":"c","format":"text"},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{}}""", """{"format":"text","content":"c","target":null}""", null, """{"arguments":{},"draft":{"content":"c","format":"text"},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{}}""", """{"format":"yaml","content":"","target":{"to":null}}""", null, """{"arguments":{},"draft":{"content":"","format":"yaml","target":{"to":null}},"name":"a"}""")]
    [InlineData("""{"name":"a","arguments":{}}""", null, "[]", """{"arguments":{},"fields":[],"name":"a"}""")]
    [InlineData(
        """{"name":"a","arguments":{}}""", null, """[{"name":"z","type":"t","value":"9.00","confidence":0.5},{"name":"b","type":"t"},{"name":"c","type":"t","value":null}]""",
        """{"arguments":{},"fields":[{"name":"z","value":"9.00"},{"name":"b","value":null},{"name":"c","value":null}],"name":"a"}""")]
    public void Covers_exactly_these_bytes(string action, string? draft, string? fields, string bytes)
    {
        var body = $$"""{"source":{"system":"s"},"action":{{action}}{{(draft is null ? "" : ",\"draft\":" + draft)}}{{(fields is null ? "" : ",\"fields\":" + fields)}} }""";
        var proposal = SampleBody.Proposal(body);

        Assert.Equal(bytes, Encoding.UTF8.GetString(proposal.Effective.Canonical()));
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes))), ActionDigest.Of(proposal.Action, proposal.Draft, proposal.Fields));
    }

    [Fact]
    public void A_second_implementation_finds_the_same_digest()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var arguments = Value(random, 3);
            var body = $$$"""{"source":{"system":"s"},"action":{"arguments":{"v":{{{arguments}}} },"name":"n{{{i}}}"}}""";
            var expected = "{\"arguments\":{\"v\":" + Naive(JsonDocument.Parse(arguments).RootElement) + "},\"name\":\"n" + i + "\"}";

            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(expected))), SampleBody.Proposal(body).Effective.Digest["sha256:".Length..]);
        }
    }

    [Fact]
    public void An_effective_action_comes_back_from_its_canonical_form()
    {
        var action = SampleBody.Proposal(SampleBody.Full).Effective;

        Assert.Equal(action.Digest, EffectiveAction.FromCanonical(action.Canonical()).Digest);
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
        3 => (random.Next(-1000, 1000) / 8.0).ToString(CultureInfo.InvariantCulture),
        4 => JsonSerializer.Serialize(new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "aZ\"\\\n\u0001é€/"[random.Next(9)])])),
        5 => $"[{string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}]",
        _ => $"{{{string.Join(" , ", Enumerable.Range(0, random.Next(4)).Select(i => $"\"{"zyxw"[i]}\" : {Value(random, depth - 1)}"))}}}",
    };

    private static string Naive(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => Quote(m.Name) + ":" + Naive(m.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Naive)) + "]",
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\u0001", "\\u0001", StringComparison.Ordinal) + "\"";
}
