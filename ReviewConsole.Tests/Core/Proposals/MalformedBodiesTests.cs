using System.Text;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>Valid bodies, damaged: whatever comes out is a proposal or a list of errors, never an exception.</summary>
public sealed class MalformedBodiesTests(ITestOutputHelper output)
{
    [Fact]
    public void Ten_thousand_of_them_never_throw()
    {
        var random = new Random(20260520);
        var bodies = DamagedBodies.Whole();
        var count = int.TryParse(Environment.GetEnvironmentVariable("MALFORMED_BODIES"), System.Globalization.CultureInfo.InvariantCulture, out var wanted) ? wanted : 10_000;
        int notJson = 0, refused = 0, accepted = 0;
        for (var i = 0; i < count; i++)
        {
            var body = DamagedBodies.Damage(bodies[random.Next(bodies.Length)], random);
            var reading = ProposalReader.Read(body, ProposalLimits.Default);

            if (reading.Proposal is { } proposal)
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

        output.WriteLine($"R13 malformed bodies: {count} tried, {notJson} not JSON, {refused} refused with pointers, {accepted} still valid, 0 exceptions");
        Assert.True(notJson > count / 20 && refused > count / 20 && accepted > count / 100);
    }
}
