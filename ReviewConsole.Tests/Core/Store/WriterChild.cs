using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>
/// A real Writer that does nothing but write and say so. <see cref="FsyncTests"/> starts this one test in a process of its own and looks at it from outside: the folder, the
/// count and the setting come from the environment then.
/// </summary>
public sealed class WriterChild
{
    internal const string Folder = "RC_WRITER_CHILD", Count = "RC_WRITER_CHILD_COUNT", Synchronous = "RC_WRITER_CHILD_SYNCHRONOUS";

    internal const string Acks = "acks";

    [Fact]
    public async Task Writes_one_after_the_other_and_says_so()
    {
        using var own = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable(Folder) ?? own.Path;
        var count = Sizes.Of(Count, 3);
        using var signer = LedgerSigner.OpenOrCreate(Path.Join(folder, "ledger.pem"));
        await using var writer = Writer.Open(Path.Join(folder, "console.db"), signer, new Changes(), TimeProvider.System, NullLogger<Writer>.Instance);
        await writer.RunAsync(static scope => Set(scope, Environment.GetEnvironmentVariable(Synchronous) ?? "FULL"), TestContext.Current.CancellationToken);
        await using var acks = new FileStream(Path.Join(folder, Acks), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var i = 0; i < count; i++)
        {
            var seq = await writer.RunAsync(
                scope => scope.Append(new EntryDraft("tried", null, null, "console", null, null, new JsonObject { ["number"] = i }, [])),
                TestContext.Current.CancellationToken);
            Assert.Equal(i, seq);
            acks.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ack {seq}\n")));
        }
    }

    /// <summary>The control's bug. SQLite takes this setting only between transactions, so the Writer's own is ended and begun again.</summary>
    private static bool Set(WriteScope scope, string synchronous)
    {
        foreach (var sql in new[] { "RELEASE one", "COMMIT", $"PRAGMA synchronous={synchronous}", "BEGIN IMMEDIATE", "SAVEPOINT one" })
        {
            scope.Prepare(sql).ExecuteNonQuery();
        }

        return true;
    }
}
