using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

public sealed class ContentReaderTests
{
    [Fact]
    public async Task Large_proposals_do_not_fill_the_memory()
    {
        const int Bytes = 5 * 1024 * 1024;
        await using var desk = new TestDesk();
        var large = new string('x', Bytes);
        for (var i = 0; i < (2 * (int)ContentReader.Kept / Bytes) + 1; i++)
        {
            var review = await desk.SubmitAsync(body => body["evidence"]![0]!["content"] = large);
            Assert.Equal(Bytes, desk.Reviews.Content(review)!.Proposal.Evidence[0].Content!.Value.GetString()!.Length);
            Assert.InRange(desk.Contents.Count, 0, ContentReader.Kept / Bytes);
        }
    }
}
