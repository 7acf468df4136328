using Xunit;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// Waits for what another thread or process is about to do and no signal tells. However long that takes is fine; who is not there after three minutes hangs, and the test says
/// what it waited for.
/// </summary>
internal static class Eventually
{
    /// <summary>Who is not there by then never comes.</summary>
    public static readonly TimeSpan Hangs = TimeSpan.FromMinutes(3);

    /// <param name="what">Ends the sentence "Waited in vain until …".</param>
    /// <param name="step">What to do before looking again; a short rest unless told.</param>
    public static async Task HoldsAsync(string what, Func<Task<bool>> holds, Func<Task>? step = null)
    {
        using var hangs = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hangs.CancelAfter(Hangs);
        while (!await holds())
        {
            Assert.False(hangs.IsCancellationRequested, $"Waited in vain until {what}.");
            await (step?.Invoke() ?? Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        }
    }

    public static Task HoldsAsync(string what, Func<bool> holds) => HoldsAsync(what, () => Task.FromResult(holds()));
}
