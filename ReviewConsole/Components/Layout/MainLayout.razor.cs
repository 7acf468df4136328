using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Queue;

namespace ReviewConsole.Components.Layout;

public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;

    [Inject] private DialogService Dialogs { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    protected override void OnParametersSet() => _boundary?.Recover();

    private void Recover() => _boundary?.Recover();

    private async Task Obey(KeyCommand command)
    {
        switch (command)
        {
            case KeyCommand.Help: await OpenHelp(); break;
            case KeyCommand.GoQueue: Navigation.NavigateTo(QueueAddress.BackFrom(Navigation.ToBaseRelativePath(Navigation.Uri))); break;
            case KeyCommand.GoEscalations: Navigation.NavigateTo("escalations"); break;
            case KeyCommand.GoHistory: Navigation.NavigateTo("history"); break;
            case KeyCommand.GoPolicies: Navigation.NavigateTo("policies"); break;
        }
    }

    private Task OpenHelp() => Dialogs.OpenAsync<KeyHelp>(T["Help.Title"], [], new DialogOptions
    {
        Width = "min(46rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = true, CssClass = "rc-dialog", AutoFocusFirstElement = true, CloseAriaLabel = T["Help.Close"],
    });
}
