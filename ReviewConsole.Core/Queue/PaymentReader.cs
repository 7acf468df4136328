using System.Globalization;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>
/// What the same action has paid before to the same recipient, and about the same subject. Only what was released: what is open is not paid, and may be hidden from
/// whoever reads (<see cref="Veil"/>).
/// </summary>
internal sealed class PaymentReader(ReadDatabase database, TimeProvider time)
{
    /// <summary>Over how many days sums are made, how many rows are read for them, and how many are shown.</summary>
    public const int Days = 30, Most = 200, Shown = 5;

    internal const string ToRecipient = $"{Select} WHERE recipient = $to {Newest}";

    internal const string AboutSubject = $"{Select} WHERE subject_id = $to {Newest}";

    // When the first outcome left: a rollback has a second one, and what was paid was paid before that.
    private const string At = "json_extract(state, '$.outcomes[0].at')";

    private const string Select = $"SELECT id, decision, {At}, amount, currency, execution FROM review";

    private const string Newest = $"""
        AND action = $action AND open = 0 AND decision IN ('approved', 'corrected', 'proceeded') AND {At} <= $until AND id <> $id
        ORDER BY {At} DESC, id LIMIT $most
        """;

    /// <summary>
    /// Of a review that has ended: as it was then. One each for recipient and subject, as far as they are known, and one for both where they are the same; nothing for somebody who may not
    /// read reviews.
    /// </summary>
    public IReadOnlyList<EarlierPayments> Read(PersonActor person, ReviewState state, ReviewContent content, CancellationToken cancellation)
    {
        if (!person.May(Permission.ReviewsRead))
        {
            return [];
        }

        var (until, gate) = (state.Outcomes is [var first, ..] ? first.At : time.GetUtcNow().ToUnixTimeMilliseconds(), content.Judged);
        using var connection = database.Open();
        var earlier = new List<EarlierPayments>();
        var (recipient, subject) = (SameId.Of(gate.Recipient), SameId.Of(gate.Subject));
        if (recipient is not null)
        {
            earlier.Add(Of(connection, PaidTo.Recipient, recipient, content, until, cancellation));
        }

        if (subject is not null && subject != recipient)
        {
            earlier.Add(Of(connection, PaidTo.Subject, subject, content, until, cancellation));
        }

        return earlier;
    }

    private static EarlierPayments Of(SqliteConnection connection, PaidTo to, string id, ReviewContent content, long until, CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = to == PaidTo.Recipient ? ToRecipient : AboutSubject;
        using var rows = command.With("$to", id).With("$action", content.Proposal.Action.Name).With("$until", until).With("$id", content.Review.ToString())
            .With("$most", Most).ExecuteReader();
        var paid = new List<EarlierPayment>();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            paid.Add(new EarlierPayment(
                Guid.Parse(rows.GetString(0)), Enum.Parse<OutcomeDecision>(rows.GetString(1), ignoreCase: true), rows.GetInt64(2),
                rows.IsDBNull(3) ? null : new Amount(rows.GetString(3), rows.GetString(4)),
                rows.IsDBNull(5) ? null : Enum.Parse<ExecutionStatus>(rows.GetString(5), ignoreCase: true)));
        }

        var recent = paid.TakeWhile(payment => payment.At > until - (Days * 86_400_000L)).ToList();
        return new EarlierPayments(
            to, id, recent.Count,
            [
                .. recent.Where(static payment => payment.Counts).Select(static payment => payment.Amount).OfType<Amount>().GroupBy(static amount => amount.Currency, StringComparer.Ordinal)
                    .OrderBy(static group => group.Key, StringComparer.Ordinal)
                    .Select(static group => new Amount(group.Sum(static amount => amount.Number).ToString("0.00######", CultureInfo.InvariantCulture), group.Key)),
            ],
            recent.Count == Most, [.. paid.Take(Shown)]);
    }
}
