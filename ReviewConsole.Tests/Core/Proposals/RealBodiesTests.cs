using System.Diagnostics;
using System.Text;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class RealBodiesTests(ITestOutputHelper output)
{
    [Fact]
    public void All_of_them_are_accepted_sealed_and_read_back()
    {
        Assert.Equal((152, 40), (RealBodies.Airline.Count, RealBodies.Receipts.Count));
        foreach (var body in RealBodies.Airline.Concat(RealBodies.Receipts))
        {
            var reading = SampleBody.Read(body);
            Assert.Empty(reading.Errors);
            var parts = ProposalSeal.Of(reading.Proposal!);
            Assert.Equal(reading.Proposal!.Effective.Digest, ProposalReader.FromSealed(parts[0].Bytes, [.. parts.Skip(1).Select(part => part.Bytes)]).Effective.Digest);
        }
    }

    [Fact]
    public void None_of_them_proceeds_because_none_of_their_actions_is_in_the_catalogue() =>
        Assert.All(RealBodies.Airline.Concat(RealBodies.Receipts), body => Assert.Contains("not-in-catalogue", GateCases.Ask(SampleBody.Proposal(body)).Matched()));

    [Fact]
    public void Two_kilobytes_are_read_in_microseconds()
    {
        var body = Encoding.UTF8.GetBytes(SampleBody.With("/draft/content", "\"" + new string('x', 100) + "\"")[..]);
        var watch = new Stopwatch();
        for (var i = 0; i < 6_000; i++)
        {
            if (i == 3_000)
            {
                watch.Start();
            }

            Assert.NotNull(ProposalReader.Read(body, ProposalLimits.Default, 0).Proposal);
        }

        var read = watch.Elapsed.TotalMicroseconds / 3_000;
        var proposal = ProposalReader.Read(body, ProposalLimits.Default, 0).Proposal!;
        watch.Restart();
        for (var i = 0; i < 3_000; i++)
        {
            ProposalSeal.Of(proposal);
        }

        output.WriteLine($"proposal of {body.Length} bytes: read {read:F1} µs, sealed {watch.Elapsed.TotalMicroseconds / 3_000:F1} µs, over 3000");
        Assert.True(read < 2_000, $"{read} µs");
    }
}
