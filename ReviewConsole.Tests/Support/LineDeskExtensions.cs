using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Tests.Support;

internal static class LineDeskExtensions
{
    /// <summary>Stops a line until somebody ends that.</summary>
    public static Task<Result<IReadOnlyList<LineLimit>>> StopAsync(
        this LineDesk desk, PersonActor actor, string? system, string? kind, string reason, CancellationToken cancellation) =>
        desk.SetAsync(actor, system, kind, LineMode.Stopped, null, reason, cancellation);
}
