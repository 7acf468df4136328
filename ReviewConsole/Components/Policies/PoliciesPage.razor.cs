using Microsoft.AspNetCore.Components;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Policies;

/// <summary>What is in force, and every version and draft there is (SCREENS.md §5).</summary>
public sealed partial class PoliciesPage
{
    private PersonActor? _me;
    private PolicyShelf? _shelf;
    private string? _fault;

    [Inject] private PolicyDesk Desk { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<PoliciesPage> Log { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _me = await Person.FindAsync();
        Load();
    }

    private void Load()
    {
        try
        {
            (_shelf, _fault) = (Desk.Read(), null);
        }
        catch (Exception fault)
        {
            _fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, _fault);
        }
    }

    private string NameOf(string id) => People.Person(id)?.Name ?? id;

    [LoggerMessage(Level = LogLevel.Error, Message = "The policies could not be read; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
