using System.Text.Json.Nodes;

namespace ReviewConsole.Core.Ledger;

/// <summary>An event on its way into the ledger: everything but its number and time, which the appender gives.</summary>
/// <param name="Type">The event in the words of the ledger: <c>submitted</c>, <c>claimed</c>, <c>decided</c>, <c>outcomeReleased</c> …</param>
/// <param name="Review">The review it belongs to, if any.</param>
/// <param name="Revision">The revision it speaks of, if any.</param>
/// <param name="By">Pseudonymous id of who did it: <c>p7</c>, <c>k3</c>, <c>console</c>, <c>policy:default/1</c>.</param>
/// <param name="Via">How it came in: <c>screen</c>, <c>api</c>, <c>cli</c>.</param>
/// <param name="Op">Operation id given by the caller.</param>
/// <param name="Data">Ids, enumerations, integers, digests. No free text and nothing personal: that is <paramref name="Sealed"/>.</param>
/// <param name="Sealed">What can be erased. The entry holds only SHA-256(salt ‖ bytes) of each part; names are unique within the entry.</param>
internal sealed record EntryDraft(
    string Type, Guid? Review, int? Revision, string By, string? Via, string? Op, JsonObject Data, IReadOnlyList<SealedPart> Sealed);
