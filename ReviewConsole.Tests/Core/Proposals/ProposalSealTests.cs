using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class ProposalSealTests
{
    [Fact]
    public void A_proposal_is_sealed_in_parts_and_comes_back()
    {
        var proposal = SampleBody.Proposal(SampleBody.Full).WithBlobSizes(new Dictionary<string, long>(StringComparer.Ordinal) { [SampleBody.Sha] = 4711 });

        var parts = ProposalSeal.Of(proposal);
        var back = ProposalReader.FromSealed(parts[0].Bytes, [.. parts.Skip(1).Select(part => part.Bytes)]);

        Assert.Equal(["proposal", .. Enumerable.Range(0, 13).Select(i => $"evidence/{i}")], parts.Select(part => part.Name));
        Assert.Equal(proposal.Effective.Digest, back.Effective.Digest);
        Assert.Equal(proposal.Evidence.Select(e => (e.Id, e.Kind, e.Blob, e.Required, e.Label)), back.Evidence.Select(e => (e.Id, e.Kind, e.Blob, e.Required, e.Label)));
        Assert.Equal((proposal.Source, proposal.Expires, proposal.RetryOf, proposal.Headline), (back.Source, back.Expires, back.RetryOf, back.Headline));
        Assert.Equal(proposal.Checks.Select(c => c.Id), back.Checks.Select(c => c.Id));
        Assert.Equal(parts.Select(p => Convert.ToHexString(p.Bytes)), ProposalSeal.Of(back).Select(p => Convert.ToHexString(p.Bytes)));
    }

    [Fact]
    public void Bytes_are_named_by_digest_and_size_and_evidence_ids_stay_out_of_part_names()
    {
        var parts = ProposalSeal.Of(SampleBody.Proposal(SampleBody.Full));

        Assert.Equal("""{"blob":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","id":"e10","kind":"image","mediaType":"image/png","size":5}""", Encoding.UTF8.GetString(parts[11].Bytes));
        Assert.DoesNotContain("evidence\":[{", Encoding.UTF8.GetString(parts[0].Bytes), StringComparison.Ordinal);
        Assert.Contains("\"x-own\":{\"any\":\"thing\"}", Encoding.UTF8.GetString(parts[0].Bytes), StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Equal(part.Bytes, CanonicalJson.Of(JsonElement.Parse(part.Bytes))));
    }

    [Fact]
    public void Two_spellings_of_a_body_are_sealed_alike() => Assert.Equal(
        ProposalSeal.Of(SampleBody.Proposal(SampleBody.Minimal))[0].Bytes,
        ProposalSeal.Of(SampleBody.Proposal("""{ "action" : {"arguments":{ }, "name":"\u0061"}, "source":{"system":"s"} }"""))[0].Bytes);

    [Fact]
    public void An_expiry_that_has_passed_since_is_read_back()
    {
        var sealedThen = """{"action":{"arguments":{},"name":"a"},"expires":{"at":"2001-01-01T00:00:00Z"},"source":{"system":"s"}}"""u8;

        Assert.Equal(978_307_200_000, ProposalReader.FromSealed(sealedThen, []).Expires!.At);
    }

    [Fact]
    public void What_was_never_sealed_is_a_surprise() =>
        Assert.Throws<InvalidDataException>(() => ProposalReader.FromSealed("""{"source":{"system":"s"}}"""u8, []));
}
