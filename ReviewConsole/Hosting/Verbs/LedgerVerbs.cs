using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting.Verbs;

/// <summary><c>ledger verify</c>, <c>ledger rebuild --check</c> and <c>keys ledger</c>. They read, beside a live server too.</summary>
internal static class LedgerVerbs
{
    private const int Faulty = 2;

    public static Command Create(Shell shell) => new("ledger", "Verify the ledger.") { Verify(shell), Rebuild(shell) };

    public static Command VerifierKey(Shell shell)
    {
        var command = new Command("ledger", "Prints the ledger's verifier key, to be pinned by whoever verifies receipts.");
        command.SetAction(parsed =>
        {
            var data = new DataFolder(shell.DataOf(parsed));
            shell.Line((ShellSettings.VerifierKeyOf(data) ?? throw NoKey(data)).ToString());
            return 0;
        });
        return command;
    }

    private static Command Verify(Shell shell)
    {
        var content = new Option<bool>("--content") { Description = "Also reads every blob and compares its digest." };
        var command = new Command("verify", "Verifies every entry, checkpoint, opening and anchor, and who and what the entries say there is.") { content };
        command.SetAction(async (parsed, cancellation) =>
        {
            var data = shell.ExistingData(parsed);
            var blobs = parsed.GetValue(content) ? new BlobFolder(data.Blobs, TimeProvider.System) : null;
            var result = await Task.Run(() => Read(data, connection => LedgerVerifier.Run(connection, Expectation(shell, data, connection, blobs, cancellation), cancellation)), cancellation).ConfigureAwait(false);
            foreach (var fault in result.Faults)
            {
                shell.Line(fault.ToString());
            }

            if (!result.Intact)
            {
                return shell.Fail($"The ledger does not verify, first at {result.Faults[0]}. Keep the folder as it is and compare it with a backup.", Faulty);
            }

            var rows = Read(data, connection => RegistryCheck.Run(connection, cancellation));
            foreach (var fault in rows)
            {
                shell.Line(fault);
            }

            if (rows.Count > 0)
            {
                return shell.Fail($"The ledger is intact, and {rows.Count} rows are not what it says, first {rows[0]}. The tables were changed by hand: compare them with a backup.", Faulty);
            }

            shell.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"intact: {result.Entries} entries, {result.Checkpoints} checkpoints, {result.Openings} openings, {result.Heads} anchored heads"));
            return 0;
        });
        return command;
    }

    private static Command Rebuild(Shell shell)
    {
        var check = new Option<bool>("--check") { Description = "Compares only; rows are never written from here." };
        var command = new Command("rebuild", "Folds the stored entries and compares the result with the rows.") { check };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!parsed.GetValue(check))
            {
                return shell.Fail("`ledger rebuild` compares and changes nothing: say so with --check.", CommandLine.Usage);
            }

            var data = shell.ExistingData(parsed);
            var report = await Task.Run(() => Guarded(data, () => new LedgerRebuild(new ReadDatabase(data.Database)).Check(shell.Progress, cancellation)), cancellation).ConfigureAwait(false);
            foreach (var fault in report.Faults)
            {
                shell.Line(fault);
            }

            if (report.Faults.Count > 0)
            {
                return shell.Fail($"{report.Faults.Count} rows are not what the ledger says. Run `ledger verify`; if it is intact, the rows were changed by hand.", Faulty);
            }

            shell.Line(string.Create(CultureInfo.InvariantCulture, $"equal: {report.Reviews} reviews from {report.Entries} entries"));
            return 0;
        });
        return command;
    }

    private static LedgerExpectation Expectation(Shell shell, DataFolder data, SqliteConnection connection, BlobFolder? blobs, CancellationToken cancellation)
    {
        using var reader = new LedgerReader(connection);
        var size = reader.Size();
        return new LedgerExpectation(ShellSettings.VerifierKeyOf(data) ?? throw NoKey(data))
        {
            KnownHeads = ShellSettings.AnchorsOf(data),
            BlobIsWhole = blobs is null ? null : sha256 => blobs.VerifyAsync(sha256, cancellation).GetAwaiter().GetResult(),
            Progress = done => shell.Progress(done, Math.Max(done, size)),
        };
    }

    private static T Read<T>(DataFolder data, Func<SqliteConnection, T> read) => Guarded(data, () =>
    {
        using var connection = new ReadDatabase(data.Database).Open();
        return read(connection);
    });

    private static T Guarded<T>(DataFolder data, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException fault)
        {
            throw new StartRefusedException($"{data.Database} cannot be read ({fault.Message.ReplaceLineEndings(" ")}): restore it from a backup, or name another folder with --data.", Faulty);
        }
    }

    private static StartRefusedException NoKey(DataFolder data) => new($"{data.Path} has no ledger key yet: start the server once, or name another folder with --data.");
}
