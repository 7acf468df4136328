using System.Text;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>One life of a review over a real file. Whatever a test did: the entries add up to the rows, and what is sealed matches its commitment.</summary>
public abstract class LifeBench : IAsyncLifetime
{
    private protected TestDesk Desk { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var report = Desk.Rebuild.Check(null, TestDesk.Cancellation);
        Assert.Empty(report.Faults);
        Assert.True(report.Reviews > 0);
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected ReviewState State(ReviewState review) => State(review.Id);

    private protected ReviewState State(Guid id) => Desk.Reviews.Find(id)!.State;

    private protected async Task<Refusal?> ReportAsync(ReviewState review, ExecutionStatus status) =>
        (await Desk.Sources.ReportAsync(Desk.Source, review.Id, status, review.ActionDigest, null, null, TestDesk.Cancellation)).Refusal;

    private protected Task<Result<ReviewState>> ReviseAsync(ReviewState review, int expected)
    {
        var bytes = Encoding.UTF8.GetBytes(TestDesk.Refund().ToJsonString());
        var reading = ProposalReader.Read(bytes, ProposalLimits.Default);
        return Desk.Sources.ReviseAsync(Desk.Source, review.Id, expected, new Incoming(reading.Proposal!, bytes, null), "The blue one.", TestDesk.Cancellation);
    }
}
