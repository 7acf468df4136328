using Microsoft.AspNetCore.Components;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Components.Policies;

/// <summary>What is the matter with the policy. It is found beside the page, and given up when the page is left or shows another text.</summary>
public sealed partial class PolicyPage : IAsyncDisposable
{
    private static readonly Action s_nothing = static () => { };

    private Action _giveUp = s_nothing;
    private Task _finding = Task.CompletedTask;

    // Null while it is not known yet.
    private IReadOnlyList<PolicyFinding>? _findings;

    [Inject] private KnownFindings Findings { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        _giveUp();
        await _finding;
    }

    private void Lint(GatePolicy? policy)
    {
        _giveUp();
        _findings = policy is null ? [] : Findings.Find(policy);
        if (policy is not null && _findings is null)
        {
            _finding = FindAsync(policy);
        }
    }

    private async Task FindAsync(GatePolicy policy)
    {
        using var stop = new CancellationTokenSource();
        Action giveUp = stop.Cancel;
        _giveUp = giveUp;
        try
        {
            _findings = await Findings.FindAsync(policy, stop.Token);
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
        finally
        {
            _giveUp = _giveUp == giveUp ? s_nothing : _giveUp;
        }
    }
}
