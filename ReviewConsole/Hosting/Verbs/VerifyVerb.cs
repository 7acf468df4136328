using System.CommandLine;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>
/// <c>verify RECEIPT</c>: offline. The key comes from <c>--key</c>, else from the data folder; with a folder, its anchors and its log are compared as well.
/// The first line is the verdict, its exit code is WIRE.md §6's.
/// </summary>
internal static class VerifyVerb
{
    public static Command Create(Shell shell)
    {
        var receipt = new Argument<string>("RECEIPT") { Description = "The file with the receipt's text." };
        var key = new Option<string?>("--key") { Description = "The verifier key, as `keys ledger` prints it. Default: the data folder's." };
        var known = new Option<string?>("--known-head") { Description = "A file with signed heads that you kept." };
        var command = new Command("verify", "Verifies a receipt without asking anybody.") { receipt, key, known };
        command.SetAction(parsed =>
        {
            var text = ReadFile(parsed.GetRequiredValue(receipt));
            var pinned = parsed.GetValue(key) is { } given ? Parse(given) : null;
            var heads = parsed.GetValue(known) is { } file ? Heads(file) : [];

            // Somebody who brings a key checks a stranger's receipt: the folder of this shell has a say only when named.
            var data = pinned is null || parsed.GetResult(shell.Data) is { Implicit: false } ? new DataFolder(shell.DataOf(parsed)) : null;
            var verdict = Verify(text, pinned, heads, data);
            shell.Line(verdict.Word);
            shell.Line(verdict.Detail);
            return verdict.ExitCode;
        });
        return command;
    }

    private static ReceiptVerdict Verify(byte[] receipt, VerifierKey? pinned, IReadOnlyList<Checkpoint> heads, DataFolder? data)
    {
        if (data is null)
        {
            return ReceiptVerifier.Verify(receipt, pinned, heads);
        }

        var key = pinned ?? ShellSettings.VerifierKeyOf(data);
        if (key is null || !data.HasDatabase)
        {
            return ReceiptVerifier.Verify(receipt, key, heads);
        }

        try
        {
            using var connection = new ReadDatabase(data.Database).Open();
            using var reader = new LedgerReader(connection);
            return ReceiptVerifier.Verify(receipt, key, [.. heads, .. ShellSettings.AnchorsOf(data)], reader.Root);
        }
        catch (SqliteException fault)
        {
            throw new StartRefusedException($"{data.Database} cannot be read ({fault.Message.ReplaceLineEndings(" ")}): verify with --key alone.");
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"'{path}' cannot be read ({fault.Message.TrimEnd('.')}).", CommandLine.Usage);
        }
    }

    private static VerifierKey Parse(string text) => VerifierKey.TryParse(text.Trim(), out var key)
        ? key
        : throw new StartRefusedException("--key is not a verifier key: give what `keys ledger` printed, in quotation marks.", CommandLine.Usage);

    private static IReadOnlyList<Checkpoint> Heads(string path) => KnownHeads.TryParse(ReadFile(path), out var heads)
        ? heads
        : throw new StartRefusedException($"'{path}' holds something else than signed heads.", CommandLine.Usage);
}
