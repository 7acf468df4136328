using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Hosting;

/// <summary>Section <c>Ledger</c>. While key and anchors lie beside the data they protect against accident, not against the operator.</summary>
internal sealed class LedgerOptions : ICheckedOptions
{
    public static string Section => "Ledger";

    /// <summary>The log's name. Null: <c>reviewconsole/&lt;16 hex&gt;</c>, fixed with the key at first start.</summary>
    public string? Origin { get; init; }

    /// <summary>Null: <c>DIR/keys/ledger.pem</c>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Null: <c>DIR/anchors/log</c>.</summary>
    public string? AnchorFile { get; init; }

    public string KeyFileIn(DataFolder data) => KeyFile is null ? data.LedgerKey : Path.GetFullPath(KeyFile);

    public string AnchorFileIn(DataFolder data) => AnchorFile is null ? data.AnchorLog : Path.GetFullPath(AnchorFile);

    public IEnumerable<string> Faults()
    {
        if (Origin is not null && !Checkpoint.IsOrigin(Origin))
        {
            yield return "Ledger:Origin must not be empty nor hold white space or a plus sign";
        }
    }
}
