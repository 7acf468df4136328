using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>R13 of TRUST.md, without a wire: whatever comes out of a damaged body is a proposal or a list of errors, never an exception.</summary>
public sealed class MalformedBodiesTests(ITestOutputHelper output)
{
    private sealed record Tally(int NotJson, int Refused, int Accepted, int Exceptions);

    [Fact]
    public void R13_damaged_bodies_never_throw()
    {
        var count = Sizes.Of("RC_R13_BODIES", 10_000);
        var tally = Read(count, static body => ProposalReader.Read(body, ProposalLimits.Default));
        output.WriteLine($"R13: {count} damaged bodies read, {tally.NotJson} not JSON, {tally.Refused} refused with pointers, {tally.Accepted} still valid, {tally.Exceptions} exceptions");
        Assert.Equal(0, tally.Exceptions);
        Assert.True(tally.NotJson > count / 20 && tally.Refused > count / 20 && tally.Accepted > count / 100);
    }

    [Fact]
    public void R13_control_a_reader_that_looks_before_it_checks_would_be_found()
    {
        // The switched-on bug: one member is taken as the right thing before anything was checked.
        var tally = Read(1_000, static body =>
        {
            using var document = JsonDocument.Parse(body);
            _ = document.RootElement.GetProperty("source").GetProperty("system").GetString();
            return ProposalReader.Read(body, ProposalLimits.Default);
        });
        output.WriteLine($"R13 control: a reader that looks before it checks, {tally.Exceptions} exceptions in 1000 damaged bodies");
        Assert.True(tally.Exceptions > 0);
    }

    private static Tally Read(int count, Func<byte[], ProposalReading> read)
    {
        var random = new Random(20260520);
        var bodies = DamagedBodies.Whole();
        int notJson = 0, refused = 0, accepted = 0, exceptions = 0;
        for (var i = 0; i < count; i++)
        {
            var body = DamagedBodies.Damage(bodies[random.Next(bodies.Length)], random);
            ProposalReading? reading = null;
            if (Record.Exception(() => reading = read(body)) is not null)
            {
                exceptions++;
            }
            else if (reading!.Proposal is { } proposal)
            {
                accepted++;
                Assert.Empty(reading.Errors);
                Assert.NotEmpty(ProposalSeal.Of(proposal));
                Assert.StartsWith("sha256:", proposal.Effective.Digest, StringComparison.Ordinal);
                Assert.NotEmpty(proposal.Headline);
            }
            else
            {
                Assert.NotEmpty(reading.Errors);
                Assert.All(reading.Errors, error => Assert.StartsWith("#", error.Pointer, StringComparison.Ordinal));
                notJson += reading.Errors[0].Code == InputCodes.NotJson ? 1 : 0;
                refused += reading.Errors[0].Code == InputCodes.NotJson ? 0 : 1;
            }
        }

        return new Tally(notJson, refused, accepted, exceptions);
    }
}
