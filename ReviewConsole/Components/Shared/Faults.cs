using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Shared;

/// <summary>Why something could not be written: a bold sentence, and what to do. What else goes wrong is no such fault: the page stops and says so.</summary>
internal static class Faults
{
    public static bool Is(Exception fault) => fault is StorageException or WriterBusyException or LedgerMismatchException;

    public static (string Title, string Text) Of(IStringLocalizer words, Exception fault) => fault switch
    {
        WriterBusyException => (words["Fault.Busy"], words["Fault.Again"]),
        LedgerMismatchException => (words["Fault.Ledger"], words["Fault.LedgerText"]),
        StorageException { IsFull: true } => (words["Fault.Full"], words["Fault.Again"]),
        _ => (words["Fault.Disk"], words["Fault.Again"]),
    };
}
