using ReviewConsole.Components.Queue;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Queue;

namespace ReviewConsole.Tests.Web.Queue;

/// <summary>What the bar counts and what a shown row says, without a screen.</summary>
public sealed class QueueWindowTests
{
    private readonly QueueWindow _window = new();

    [Fact]
    public void A_loaded_list_has_no_news()
    {
        _window.Arrive([Id(9)]);
        _window.Load([Item(1), Item(2)], "more");
        Assert.Equal((0, 0, false), (_window.New, _window.Changed, _window.HasNews));
        Assert.Equal("more", _window.Next);
    }

    [Fact]
    public void Arrivals_are_counted_once_and_not_when_a_row_shows_them()
    {
        _window.Load([Item(1), Item(2)], "more");
        _window.Arrive([Id(3), Id(4)]);
        _window.Arrive([Id(4), Id(2)]);
        Assert.Equal(2, _window.New);
        _window.Append([Item(3)], null);
        Assert.Equal(1, _window.New);
    }

    [Fact]
    public void A_list_that_may_move_shows_the_row_itself_and_counts_only_what_lies_behind_it()
    {
        _window.Load([Item(1)], null);
        _window.Arrive([Id(2)]);
        _window.Follow([Item(1), Item(2)], null);
        Assert.False(_window.HasNews);
        _window.Arrive([Id(3), Id(4)]);
        _window.Follow([Item(1), Item(2), Item(3)], "more");
        Assert.Equal(1, _window.New);
        _window.Follow([Item(1), Item(2), Item(3)], null);
        Assert.Equal(0, _window.New);
    }

    [Theory]
    [InlineData("claim", false)]
    [InlineData("revision", true)]
    [InlineData("risk", true)]
    [InlineData("due", true)]
    [InlineData("status", true)]
    public void A_claim_is_drawn_in_place_and_only_what_was_read_counts_as_changed(string what, bool changed)
    {
        _window.Load([Item(1)], null);
        var now = Item(1) with { ChangedSeq = 7 };
        now = what switch
        {
            "claim" => now with { ClaimBy = "p7" },
            "revision" => now with { Revision = 2 },
            "risk" => now with { Risk = Risk.Low },
            "due" => now with { DueAt = 5 },
            _ => now with { Status = "held" },
        };
        var version = _window.Rows[0].Version;
        _window.Update([Id(1)], [now]);
        Assert.Equal(changed ? 1 : 0, _window.Changed);
        Assert.Equal(now, _window.Rows[0].Item);
        Assert.True(_window.Rows[0].Version > version);
    }

    [Fact]
    public void A_row_that_left_stays_in_its_place_until_the_list_is_loaded()
    {
        _window.Load([Item(1), Item(2), Item(3)], null);
        _window.Update([Id(2)], []);
        Assert.Equal([Id(1), Id(2), Id(3)], _window.Rows.Select(row => row.Id));
        Assert.True(_window.Rows[1].Left);
        Assert.Equal(1, _window.Changed);
        _window.Load([Item(1), Item(3)], null);
        Assert.False(_window.HasNews);
        Assert.Equal(2, _window.Rows.Count);
    }

    [Fact]
    public void An_arrival_that_was_decided_meanwhile_is_no_longer_news()
    {
        _window.Load([Item(1)], null);
        _window.Arrive([Id(2)]);
        _window.Update([Id(2)], []);
        Assert.Equal(0, _window.New);
    }

    [Fact]
    public void Rows_that_did_not_change_are_not_drawn_again()
    {
        _window.Load([Item(1), Item(2)], null);
        var (first, version) = (_window.Rows[0], _window.Rows[0].Version);
        _window.Follow([Item(1), Item(2) with { ChangedSeq = 3, ClaimBy = "p1" }], null);
        Assert.Same(first, _window.Rows[0]);
        Assert.Equal(version, _window.Rows[0].Version);
        Assert.Equal(1, _window.Rows[1].Version);
    }

    internal static Guid Id(int number) => new(number, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0);

    internal static QueueItem Item(int number) => new(
        Id(number), 1, "pending", "refund", Risk.High, "issue_refund", "issue_refund 4711 1250.00 USD", "Refund the order", "Ana", "1250.00", "USD",
        [new OpenCheck("LOOKUP-1", "fail"), new OpenCheck("CONFIRM-1", "warn"), new OpenCheck("PAY-1", "notRun")], 0.4, "orders-agent", "3.2", null, "refunds",
        1_772_441_000_000, 1_772_442_000_000, null, 0, null, 0, 0, null, null, null, null, 1);
}
