using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Contracts;

/// <summary>Contracts are reviewed text: what the product has must be what the committed file says.</summary>
internal static class Approved
{
    /// <summary>Compares; on a difference the whole new text is in the message, to be read, and committed when it is meant.</summary>
    public static void Is(string file, IEnumerable<string> lines)
    {
        var path = Path.Join(Repository.Root, "ReviewConsole.Tests", "Contracts", file);
        var (now, approved) = (lines.ToArray(), File.Exists(path) ? File.ReadAllLines(path) : []);
        Assert.True(
            now.SequenceEqual(approved, StringComparer.Ordinal),
            $"""
            {file} differs. Only in the product: {string.Join(" | ", now.Except(approved))}. Only in the file: {string.Join(" | ", approved.Except(now))}.
            If that is meant, this is the new file:
            {string.Join('\n', now)}
            """);
    }
}
