using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Core.Queue;

/// <summary>What was paid before to the same payee, on a real file.</summary>
public sealed class PaymentReaderTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task What_was_released_to_the_same_payee_is_summed_by_currency_as_it_ran()
    {
        var person = await _desk.PersonAsync("jonas");
        var approved = await DecidedAsync(person, DecisionKind.Approve, "150.00");
        var corrected = await DecidedAsync(person, DecisionKind.Correct, "1250.00");
        var other = await DecidedAsync(person, DecisionKind.Approve, "200.00", currency: "CAD");
        await DecidedAsync(person, DecisionKind.Reject, "700.00");
        await DecidedAsync(person, DecisionKind.Approve, "800.00", customer: "somebody else", subject: "somebody else");
        await SubmitAsync("600.00");
        var open = await SubmitAsync("300.00");

        var payee = Assert.Single(Read(person, open));
        Assert.Equal((PaidTo.Recipient, "MIA", 3), (payee.To, payee.Id, payee.Recent));
        Assert.Equal([new Amount("200.00", "CAD"), new Amount("1050.00", "USD")], payee.Sums);
        Assert.Equal([(other, OutcomeDecision.Approved, "200.00"), (corrected, OutcomeDecision.Corrected, "900.00"), (approved, OutcomeDecision.Approved, "150.00")],
            payee.Newest.Select(static payment => (payment.Id, payment.Decision, payment.Amount!.Value)));
        Assert.False(payee.IsAtLeast);
    }

    [Fact]
    public async Task Payee_and_subject_are_told_apart_where_they_are_not_the_same()
    {
        var person = await _desk.PersonAsync("jonas");
        await DecidedAsync(person, DecisionKind.Approve, "150.00", customer: "the bank");
        await DecidedAsync(person, DecisionKind.Approve, "160.00", subject: "order 1");
        var open = await SubmitAsync("300.00", customer: "the bank", subject: "order 1");
        Assert.Equal([(PaidTo.Recipient, "150.00"), (PaidTo.Subject, "160.00")], Read(person, open).Select(static paid => (paid.To, Assert.Single(paid.Sums).Value)));
    }

    [Fact]
    public async Task What_failed_or_was_rolled_back_is_listed_and_not_summed_and_what_is_old_is_not_either()
    {
        var person = await _desk.PersonAsync("jonas");
        var old = await DecidedAsync(person, DecisionKind.Approve, "110.00");
        _desk.Time.Advance(TimeSpan.FromDays(PaymentReader.Days));
        person = await _desk.PersonAsync("jonas");
        var failed = await DecidedAsync(person, DecisionKind.Approve, "150.00");
        foreach (var status in new[] { ExecutionStatus.Started, ExecutionStatus.Failed })
        {
            Assert.Null((await _desk.Sources.ReportAsync(_desk.Source, failed, status, _desk.Reviews.Find(failed)!.State.ActionDigest, null, null, Cancellation)).Refusal);
        }

        var payee = Assert.Single(Read(person, await SubmitAsync("300.00")));
        Assert.Equal((1, 0), (payee.Recent, payee.Sums.Count));
        Assert.Equal([(failed, (ExecutionStatus?)ExecutionStatus.Failed), (old, null)], payee.Newest.Select(static payment => (payment.Id, payment.Execution)));
    }

    [Fact]
    public async Task One_payee_is_found_however_its_id_is_written_and_the_rows_still_add_up()
    {
        var person = await _desk.PersonAsync("jonas");
        await DecidedAsync(person, DecisionKind.Approve, "150.00", customer: "DE89370400440532013000", subject: "Order 1");
        var open = await SubmitAsync("300.00", customer: "de89 3704\u00a00044 0532 0130 ００", subject: "\u2003ORDER1");
        Assert.Equal([1, 1], Read(person, open).Select(static paid => paid.Newest.Count));
        var unseen = await SubmitAsync("300.00", customer: "DE89\u200B37040044\u00AD0532013000", subject: "Order\uFE0F 1");
        Assert.Equal([1, 1], Read(person, unseen).Select(static paid => paid.Newest.Count));
        Assert.Single(Read(person, await SubmitAsync("300.00", customer: " order 1", subject: "Order 1")));
        Assert.Empty(new LedgerRebuild(_desk.Store.Database).Check(null, Cancellation).Faults);
    }

    [Fact]
    public async Task A_rollback_makes_no_payment_younger()
    {
        var person = await _desk.PersonAsync("jonas");
        var first = await DecidedAsync(person, DecisionKind.Approve, "150.00");
        var paidAt = _desk.Reviews.Find(first)!.State.Outcomes[0].At;
        foreach (var status in new[] { ExecutionStatus.Started, ExecutionStatus.Succeeded })
        {
            Assert.Null((await _desk.Sources.ReportAsync(_desk.Source, first, status, _desk.Reviews.Find(first)!.State.ActionDigest, null, null, Cancellation)).Refusal);
        }

        _desk.Time.Advance(TimeSpan.FromDays(1));
        person = await _desk.PersonAsync("jonas");
        var second = await DecidedAsync(person, DecisionKind.Approve, "160.00");
        _desk.Time.Advance(TimeSpan.FromDays(PaymentReader.Days));
        var supervisor = await _desk.PersonAsync("ruth", Role.Supervisor);
        Assert.Null((await _desk.Reviewers.RollbackAsync(supervisor, first, "wrong customer", "rollback", Via.Api, Cancellation)).Refusal);

        var payee = Assert.Single(Read(person, await SubmitAsync("300.00")));
        Assert.Equal((0, paidAt), (payee.Recent, payee.Newest[^1].At));
        Assert.Equal(first, Assert.Single(Assert.Single(Read(person, _desk.Reviews.Find(second)!.State)).Newest).Id);
    }

    [Fact]
    public async Task A_decided_review_is_shown_with_what_was_paid_before_it_and_an_unknown_payee_with_nothing()
    {
        var person = await _desk.PersonAsync("jonas");
        var first = await DecidedAsync(person, DecisionKind.Approve, "150.00");
        await DecidedAsync(person, DecisionKind.Approve, "160.00");
        Assert.Empty(Assert.Single(Read(person, _desk.Reviews.Find(first)!.State)).Newest);

        var nobody = await _desk.SubmitAsync();
        Assert.Empty(Read(person, nobody));
        var open = await SubmitAsync("1.00");
        Assert.Empty(Read(await _desk.PersonAsync("ada", Role.Admin), open));
        Assert.Throws<OperationCanceledException>(() => Read(person, open, isLeft: true));
    }

    /// <summary>Both come off their index in order: neither the table nor what was paid to others is walked.</summary>
    [Theory]
    [InlineData(PaymentReader.ToRecipient, "SEARCH review USING INDEX review_recipient (recipient=? AND action=? AND <expr><?)")]
    [InlineData(PaymentReader.AboutSubject, "SEARCH review USING INDEX review_subject (subject_id=? AND action=? AND <expr><?)")]
    public void What_was_paid_runs_on_its_index(string sql, string plan)
    {
        using var connection = _desk.Store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        command.With("$to", "mia").With("$action", "issue_refund").With("$until", 0L).With("$id", "").With("$most", PaymentReader.Most);
        using var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        Assert.Equal(plan, rows.GetString(3));
        Assert.False(rows.Read());
    }

    /// <summary>Who is paid and whom it is about are personal: a row may say it, an entry of the ledger may not.</summary>
    [Fact]
    public async Task No_entry_says_who_is_paid()
    {
        const string Payee = "DE89370400440532013000";
        await SubmitAsync("300.00", customer: Payee, subject: "sophia-silva-7557");
        using var connection = _desk.Store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), sum(instr(CAST(entry AS TEXT), $payee) + instr(CAST(entry AS TEXT), 'sophia')) FROM ledger_entry";
        using var row = command.With("$payee", Payee).ExecuteReader();
        Assert.True(row.Read());
        Assert.Equal((true, 0L), (row.GetInt64(0) > 0, row.GetInt64(1)));
    }

    private IReadOnlyList<EarlierPayments> Read(PersonActor person, ReviewState review, bool isLeft = false) =>
        new PaymentReader(_desk.Store.Database, _desk.Time).Read(person, review, _desk.Reviews.Content(review)!, new CancellationToken(isLeft));

    private Task<ReviewState> SubmitAsync(string amount, string customer = "mia", string subject = "mia", string currency = "USD") => _desk.SubmitAsync(body =>
    {
        var arguments = body["action"]!["arguments"]!;
        (arguments["amount"], arguments["currency"], arguments["customer"]) = (amount, currency, customer);
        body["impact"]!["amount"] = new JsonObject { ["value"] = amount, ["currency"] = currency };
        body["subject"] = new JsonObject { ["id"] = subject, ["label"] = "Mia Li" };
    });

    private async Task<Guid> DecidedAsync(
        PersonActor person, DecisionKind decision, string amount, string customer = "mia", string subject = "mia", string currency = "USD")
    {
        var review = await SubmitAsync(amount, customer, subject, currency);
        Assert.Null((await _desk.DecideAsync(person, review.Id, decision, d => decision != DecisionKind.Correct ? d : d with
        {
            Correction = new Correcting(System.Text.Json.JsonElement.Parse($$"""{"order":"4711","amount":"900.00","currency":"USD","customer":"{{customer}}"}"""), null, null),
        })).Refusal);
        await _desk.ReleaseAsync();
        return review.Id;
    }
}
