using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Delivery;

/// <summary>The <c>data</c> of <c>review.returned</c>: <c>{question, reviewId, revision}</c>, read from the <c>returned</c> entry and the decided entry that it names.</summary>
internal sealed class QuestionData(ReadDatabase database)
{
    /// <summary>RFC 8785 bytes; null when the question has been erased.</summary>
    public byte[]? Of(OutboxRow row)
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        using var entry = JsonDocument.Parse(ledger.Entry(row.Entry));
        var decision = entry.RootElement.GetProperty("data").GetProperty("decision").GetInt64();
        return ledger.Opening(decision, SealedNames.Message) is not { } question
            ? null
            : CanonicalJson.Of(new JsonObject
            {
                ["question"] = Encoding.UTF8.GetString(question),
                ["reviewId"] = row.Review.ToString(),
                ["revision"] = entry.RootElement.GetProperty("revision").GetInt32(),
            });
    }
}
