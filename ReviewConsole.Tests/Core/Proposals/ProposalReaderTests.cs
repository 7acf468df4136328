using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class ProposalReaderTests
{
    [Fact]
    public void Every_part_of_the_wire_is_read()
    {
        var reading = SampleBody.Read(SampleBody.Full);

        Assert.Empty(reading.Errors);
        var p = reading.Proposal!;
        Assert.Equal("refund-4711", p.ExternalId);
        Assert.Equal(new Source("airline-agent", "gpt-4o", "2024-05", "airline-04-1"), p.Source);
        Assert.Equal(new Initiator("ana@example.org", "Ana"), p.Initiator);
        Assert.Equal(("claim-77", "refund"), (p.CaseId, p.Kind));
        Assert.Equal(new Subject("mia_li_3668", "Mia Li"), p.Subject);
        Assert.Equal("cancel_reservation", p.Action.Name);
        Assert.Equal("object", p.Action.ArgumentsSchema!.Value.GetProperty("type").GetString());
        Assert.Equal((1250.00m, "USD"), (p.Impact!.Amount!.Number, p.Impact.Amount.Currency));
        Assert.Equal((false, true, false, true), (p.Impact.Reversible, p.Impact.ExternallyVisible, p.Impact.LegallySensitive, p.Impact.AffectsTrust));
        Assert.Equal([0.82m, 1m], p.Signals.Select(s => s.Value));
        Assert.True(p.Reasoning!.MayBeShown);
        Assert.Equal([CheckResult.Fail, CheckResult.NotRun], p.Checks.Select(c => c.Result));
        Assert.Equal("offer_voucher", p.Alternatives[0].Action.Name);
        Assert.Equal(Enum.GetValues<EvidenceKind>().Order(), p.Evidence.Select(e => e.Kind).Order());
        Assert.Equal(new Origin("crm", "crm://note/1", 1_779_269_400_000), p.Evidence[0].Origin);
        Assert.Equal(new Highlight("plain", "why"), p.Evidence[0].Highlights[0]);
        Assert.Equal((DraftFormat.Text, "Dear Mia", "Dear"), (p.Draft!.Format, p.Draft.Content, p.Draft.Baseline));
        Assert.Equal(new Box(412, 639, 30, 15), p.Fields![0].Box);
        Assert.Equal((0.88m, true, "e10", 1), (p.Fields[0].Confidence, p.Fields[0].Required, p.Fields[0].Evidence, p.Fields[0].Page));
        Assert.True(p.Fields[1].IsMissing);
        Assert.Equal(new Precondition("reservation", "v17"), p.Preconditions[0]);
        Assert.Equal(Guid.Parse("0199aaaa-0000-7000-8000-000000000001"), p.RetryOf);
        Assert.Equal(new Group("turn-9", 1), p.Group);
        Assert.Equal(new Expires(1_924_992_000_000, ExpiryOutcome.Reject), p.Expires);
        Assert.Equal(new Deliver("orders-agent", "native"), p.Deliver);
        Assert.Equal(["vip"], p.Tags);
        Assert.Equal("cancel_reservation 4OG6T3", p.Headline);
        Assert.Equal([(10, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5)], reading.Inline.Select(i => (i.Evidence, i.Sha256, i.Bytes.Length)));
    }

    [Fact]
    public void Three_members_are_enough_and_nulls_are_members_that_were_not_sent()
    {
        Assert.NotNull(SampleBody.Read(SampleBody.Minimal).Proposal);

        var optional = JsonDocument.Parse(SampleBody.Full).RootElement.EnumerateObject().Select(m => m.Name).Where(n => n is not ("source" or "action" or "x-own"));
        foreach (var name in optional)
        {
            var reading = SampleBody.Read($$$"""{"source":{"system":"s"},"action":{"name":"a","arguments":{}},"{{{name}}}":null}""");
            Assert.Empty(reading.Errors);
        }
    }

    [Fact]
    public void Members_that_begin_with_x_are_ignored_at_every_level_and_kept()
    {
        var body = SampleBody.Full.Replace("\"id\":", "\"x-note\": [1], \"id\":", StringComparison.Ordinal);

        var proposal = SampleBody.Proposal(body);

        Assert.Contains("x-note", Encoding.UTF8.GetString(ProposalSeal.Of(proposal)[1].Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var reading = SampleBody.Read("""
            {"source":{"sistem":"s"},"action":{"name":"","arguments":[]},"signals":[{"name":"a","value":2}],"titel":"t","expires":{"at":"2020-01-01"},
             "group":{"id":"g","size":2},"evidence":[{"id":"e","kind":"hologram","content":1}]}
            """);

        Assert.Null(reading.Proposal);
        Assert.Equal(
            [
                ("#/action/arguments", "invalid"), ("#/action/name", "invalid"), ("#/evidence/0/kind", "invalid"), ("#/expires/at", "invalid"),
                ("#/group/size", "not-supported"), ("#/signals/0/value", "invalid"), ("#/source/sistem", "unknown-member"), ("#/source/system", "invalid"),
                ("#/titel", "unknown-member"),
            ],
            reading.Errors.Select(e => (e.Pointer, e.Code)).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{} {}")]
    [InlineData("{'a':1}")]
    [InlineData("// c\n{}")]
    public void What_is_not_JSON_is_told_apart(string body) =>
        Assert.Equal(("#", "not-json"), Assert.Single(SampleBody.Read(body).Errors.Select(e => (e.Pointer, e.Code))));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_not_JSON() => Assert.Equal(
        "not-json", ProposalReader.Read(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, ProposalLimits.Default).Errors.Single().Code);

    [Fact]
    public void Depth_ends_at_64_and_a_million_brackets_do_no_harm()
    {
        var at = SampleBody.With("#/action/arguments/deep", new string('[', 61) + new string(']', 61));
        Assert.NotNull(SampleBody.Read(at).Proposal);

        var nested = new string('[', 62) + new string(']', 62);
        var over = Assert.Single(SampleBody.Read(SampleBody.Minimal.Replace("{}", $"{{\"d\":{nested}}}", StringComparison.Ordinal)).Errors);
        Assert.Equal(("#", "invalid"), (over.Pointer, over.Code));
        Assert.Equal("not-json", SampleBody.Read(new string('[', 1_000_000)).Errors.Single().Code);
        Assert.Equal("invalid", SampleBody.Read(new string('[', 100_000) + new string(']', 100_000)).Errors.Single().Code);
    }

    [Fact]
    public void A_body_over_the_limit_is_too_large() =>
        Assert.Equal("too-large", ProposalReader.Read(new byte[101], new ProposalLimits { Body = 100 }).Errors.Single().Code);

    [Fact]
    public void Only_a_new_revision_answers_a_question()
    {
        var body = Encoding.UTF8.GetBytes("""{"source":{"system":"s"},"action":{"name":"a","arguments":{}},"answer":"yes"}""");

        Assert.Equal("#/answer", ProposalReader.Read(body, ProposalLimits.Default).Errors.Single().Pointer);
        var revision = ProposalReader.ReadRevision(body, ProposalLimits.Default);
        Assert.Equal("yes", revision.Answer);
        Assert.Equal("""{"action":{"arguments":{},"name":"a"},"source":{"system":"s"}}""", Encoding.UTF8.GetString(ProposalSeal.Of(revision.Proposal!)[0].Bytes));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""", "#/action/arguments/a")]
    [InlineData("""{"a":["x","\udc00\ud800"]}""", "#/action/arguments/a/1")]
    [InlineData("""{"\ud83d":1}""", "#/action/arguments")]
    [InlineData("""{"a":1,"b":2,"a":3}""", "#/action/arguments/a")]
    [InlineData("""{"a":1,"\u0061":3}""", "#/action/arguments/a")]
    [InlineData("""{"a":[{"a/b":1,"a/b":1}]}""", "#/action/arguments/a/0/a~1b")]
    [InlineData("""{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"a":1,"b":1,"c":1,"d":1,"ü":1,"ü":2}""", "#/action/arguments/%C3%BC")]
    [InlineData("""{"n":9007199254740993}""", "#/action/arguments/n")]
    [InlineData("""{"n":[1,1e400]}""", "#/action/arguments/n/1")]
    [InlineData("""{"n":{"m":0.1234567890123456789}}""", "#/action/arguments/n/m")]
    public void What_two_readers_would_read_differently_is_refused(string arguments, string pointer)
    {
        var body = SampleBody.Minimal.Replace("{}", arguments, StringComparison.Ordinal);

        var error = Assert.Single(SampleBody.Read(body).Errors);

        Assert.Equal((pointer, "invalid"), (error.Pointer, error.Code));
    }

    [Fact]
    public void A_number_that_canonical_JSON_would_change_comes_with_advice() => Assert.Contains(
        "send it as a string",
        SampleBody.Read(SampleBody.Minimal.Replace("{}", """{"n":9007199254740993}""", StringComparison.Ordinal)).Errors.Single().Detail,
        StringComparison.Ordinal);

    [Fact]
    public void A_flood_of_errors_ends()
    {
        var body = $$$"""{"source":{"system":"s"},"action":{"name":"a","arguments":{}},{{{string.Join(",", Enumerable.Range(0, 5000).Select(i => $"\"m{i}\":1e999"))}}}}""";

        Assert.Equal(100, SampleBody.Read(body).Errors.Count);
    }
}
