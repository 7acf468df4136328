using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ReviewConsole.Components.Keys;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Keys;

public sealed class KeyScopeTests : IDisposable
{
    private readonly ConsoleTestContext _context = new();

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task A_command_comes_with_the_row_that_was_selected_when_its_key_was_pressed()
    {
        var heard = new List<string>();
        var scope = _context.Render<KeyScope>(parameters => parameters
            .Add(scope => scope.Scope, KeyScopes.Queue)
            .Add(scope => scope.OnRow, heard.Add)
            .Add(scope => scope.OnCommand, command => heard.Add(command.ToString())));
        await scope.Instance.Command("Open", "row-7");
        await scope.Instance.Command("Load", null);
        Assert.Equal(["row-7", "Open", "Load"], heard);
    }

    [Fact]
    public async Task A_command_that_fails_is_shown_by_the_page_and_not_swallowed_by_the_browser()
    {
        var page = _context.Render<ErrorBoundary>(parameters => parameters
            .Add(boundary => boundary.ErrorContent, fault => $"said: {fault.Message}")
            .AddChildContent<KeyScope>(child => child
                .Add(scope => scope.Scope, KeyScopes.Queue)
                .Add(scope => scope.OnCommand, EventCallback.Factory.Create<KeyCommand>(this, () => throw new InvalidOperationException("the disk")))));
        await page.FindComponent<KeyScope>().Instance.Command("Open", null);
        page.MarkupMatches("said: the disk");
    }
}
