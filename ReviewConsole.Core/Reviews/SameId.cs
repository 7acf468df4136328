using System.Text;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// The id of a payee or a subject as it is found by: one account number is one, in groups of four or without, in full-width letters or small ones. It is never shown.
/// </summary>
internal static class SameId
{
    /// <summary>Null for none, and for one of nothing but white space.</summary>
    public static string? Of(string? id)
    {
        var same = id is null ? "" : string.Concat(id.Normalize(NormalizationForm.FormKC).Where(static c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return same.Length == 0 ? null : same;
    }
}
