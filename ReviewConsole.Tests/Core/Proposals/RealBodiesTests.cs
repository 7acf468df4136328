using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class RealBodiesTests
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
}
