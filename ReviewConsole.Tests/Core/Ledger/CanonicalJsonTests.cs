using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class CanonicalJsonTests
{
    private static readonly Config s_many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true);

    // RFC 8785 appendix B, and the neighbours of the places where the layout changes.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_the_appendix_of_the_standard_says(ulong bits, string expected)
    {
        Span<byte> text = stackalloc byte[CanonicalNumber.MaxLength];
        var length = CanonicalNumber.Format(BitConverter.UInt64BitsToDouble(bits), text);
        Assert.Equal(expected, Encoding.UTF8.GetString(text[..length]));
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e7", "0")]
    [InlineData("0e99999999999999999999", "0")]
    [InlineData("0.1", "0.1")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("1E30", "1e+30")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1000000000000000000000", "1e+21")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("-999999999999999", "-999999999999999")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("12345678.90", "12345678.9")]
    public void A_number_that_is_exact_is_kept(string sent, string expected) => Assert.Equal(expected, Canonical(sent));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("333333333.33333329")]
    [InlineData("0.10000000000000000555")]
    [InlineData("123456789012345678")]
    [InlineData("0.1000000000000000000000000000000000000000000000001")]
    public void A_number_that_would_change_is_refused_with_its_place(string sent)
    {
        var refused = Assert.Throws<CanonicalJsonException>(() => Canonical($$"""{"a/b":[true,{"x~y":{{sent}}}]}"""));
        Assert.Equal(CanonicalJsonFault.InexactNumber, refused.Fault);
        Assert.Equal("/a~1b/1/x~0y", refused.Pointer);
        Assert.Contains("send it as a string", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_finite_double_keeps_its_value_and_its_shortest_text()
    {
        Check.One(s_many, Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), bits =>
        {
            var value = BitConverter.UInt64BitsToDouble(bits);
            if (!double.IsFinite(value))
            {
                return true;
            }

            Span<byte> text = stackalloc byte[CanonicalNumber.MaxLength];
            var written = text[..CanonicalNumber.Format(value, text)];
            Span<byte> again = stackalloc byte[CanonicalNumber.MaxLength];
            return double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture) == value
                && CanonicalNumber.TryWrite(written, again, out var length) && again[..length].SequenceEqual(written);
        }));
    }

    [Fact]
    public void Strings_and_literals_follow_the_example_of_the_standard()
    {
        // RFC 8785 §3.2.2 with its one inexact number, 333333333.33333329, sent as the double that it names.
        const string sent = """
            {
              "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Canonical(sent));
    }

    [Fact]
    public void Keys_are_sorted_as_the_example_of_the_standard_says()
    {
        const string sent = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        using var document = JsonDocument.Parse(Canonical(sent));
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            document.RootElement.EnumerateObject().Select(m => m.Value.GetString()));
    }

    [Fact]
    public void Keys_are_sorted_by_utf16_units_whatever_they_are()
    {
        var word = Gen.Elements('a', 'b', '0', 'é', 'ߟ', '\u20ac', '\ud7ff', '\ue000', '\uffee').Select(c => c.ToString());
        var any = Gen.OneOf(word, Gen.Elements("😀", "\U00010000", "\U0010FFFF")).ListOf().Select(string.Concat);
        Check.One(s_many, Prop.ForAll(any.ListOf().ToArbitrary(), keys =>
        {
            var distinct = keys.Distinct(StringComparer.Ordinal).ToList();
            var node = new JsonObject(distinct.Select(k => KeyValuePair.Create(k, (JsonNode?)null)));
            var expected = "{" + string.Join(',', distinct.Order(StringComparer.Ordinal).Select(k => $"\"{k}\":null")) + "}";
            return Encoding.UTF8.GetString(CanonicalJson.Of(node)) == expected && Canonical(node.ToJsonString()) == expected;
        }));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "/a")]
    [InlineData("""{"a":1,"\u0061":2}""", "/a")]
    [InlineData("""[{"b":{"é":1,"x":0,"\u00e9":2}}]""", "/0/b/é")]
    public void A_key_that_comes_twice_is_refused(string sent, string pointer)
    {
        var refused = Assert.Throws<CanonicalJsonException>(() => Canonical(sent));
        Assert.Equal((CanonicalJsonFault.DuplicateKey, pointer), (refused.Fault, refused.Pointer));
        Assert.Equal(CanonicalJsonFault.DuplicateKey, Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Of(JsonNode.Parse(sent))).Fault);
    }

    [Theory]
    [InlineData("""["\ud800"]""", "/0")]
    [InlineData("""["\udc00"]""", "/0")]
    [InlineData("""["x\ud800y"]""", "/0")]
    [InlineData("""["\ud800\u0041"]""", "/0")]
    [InlineData("""["\udc00\ud800"]""", "/0")]
    [InlineData("""{"a":{"\ud800":1}}""", "/a")]
    public void Half_a_surrogate_pair_is_refused(string sent, string pointer)
    {
        var refused = Assert.Throws<CanonicalJsonException>(() => Canonical(sent));
        Assert.Equal((CanonicalJsonFault.LoneSurrogate, pointer), (refused.Fault, refused.Pointer));
        Assert.Equal(CanonicalJsonFault.LoneSurrogate, Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Of(JsonNode.Parse(sent))).Fault);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        using var document = JsonDocument.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' });
        Assert.Equal(CanonicalJsonFault.LoneSurrogate, Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Of(document.RootElement)).Fault);
        Assert.Equal(CanonicalJsonFault.LoneSurrogate, Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Of(JsonValue.Create("\ud800"))).Fault);
    }

    [Fact]
    public void Nodes_and_elements_give_the_same_bytes()
    {
        var node = new JsonObject
        {
            ["z"] = 1, ["id"] = JsonValue.Create(Guid.Parse("0199f0de-0000-7000-8000-000000000001")), ["long"] = 1732279999123L, ["d"] = 0.5,
            ["none"] = null, ["list"] = new JsonArray(1, "two\n", null, true), ["m"] = 12.50m, ["empty"] = new JsonObject(),
        };
        const string expected =
            """{"d":0.5,"empty":{},"id":"0199f0de-0000-7000-8000-000000000001","list":[1,"two\n",null,true],"long":1732279999123,"m":12.5,"none":null,"z":1}""";
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Of(node)));
        Assert.Equal(expected, Canonical(node.ToJsonString()));
        Assert.Equal("null", Encoding.UTF8.GetString(CanonicalJson.Of((JsonNode?)null)));
    }

    [Fact]
    public void A_refusal_writes_nothing_and_leaves_the_next_value_clean()
    {
        var output = new ArrayBufferWriter<byte>();
        using var bad = JsonDocument.Parse("""{"a":[1,{"b":1e400}]}""");
        using var good = JsonDocument.Parse("""{"b":[1],"a":"\u0007"}""");
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(bad.RootElement, output));
        Assert.Equal(0, output.WrittenCount);
        CanonicalJson.Write(good.RootElement, output);
        Assert.Equal("""{"a":"\u0007","b":[1]}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Large_and_deep_values_outgrow_every_buffer()
    {
        var wide = new JsonObject(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"key{i:0000}é\t", (JsonNode?)new string('x', i % 50))));
        var text = Canonical(wide.ToJsonString());
        Assert.True(JsonNode.DeepEquals(wide, JsonNode.Parse(text)));
        Assert.Equal(text, Canonical(text));
        var deep = string.Concat(Enumerable.Repeat("""{"a":[""", 30)) + string.Concat(Enumerable.Repeat("]}", 30));
        Assert.Equal(deep, Canonical(deep));
    }

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Of(document.RootElement));
    }
}
