using System.Globalization;
using ReviewConsole.Core.Delivery;

namespace ReviewConsole.Core.Store;

/// <summary>The outbox inside somebody else's write: working state, no entry of its own.</summary>
internal static class OutboxRows
{
    /// <summary>What was recorded as entry <paramref name="entry"/> is to be told to the endpoint of that name, from now on.</summary>
    public static void Add(WriteScope scope, long entry, Guid review, string endpoint, string type)
    {
        var message = "msg_" + Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(scope.Now)).ToString("N", CultureInfo.InvariantCulture);
        scope.Prepare(
            """
            INSERT INTO outbox (entry, review, endpoint, type, message, state, attempts, made, next)
            VALUES ($entry, $review, $endpoint, $type, $message, 'due', 0, $now, $now)
            """)
            .With("$entry", entry).With("$review", review.ToString("D", CultureInfo.InvariantCulture)).With("$endpoint", endpoint).With("$type", type)
            .With("$message", message).With("$now", scope.Now).ExecuteNonQuery();
        scope.Touch(ChangeSignal.Outbox);
    }

    /// <summary>The source has the outcome of that entry by another way: it reported <c>started</c>. Nothing more is sent.</summary>
    public static void PickedUp(WriteScope scope, long entry)
    {
        scope.Prepare("UPDATE outbox SET state = 'pickedUp', settled = $now WHERE entry = $entry AND state = 'due'")
            .With("$now", scope.Now).With("$entry", entry).ExecuteNonQuery();
        scope.Touch(ChangeSignal.Outbox);
    }

    /// <summary>Everything that is due at the endpoint becomes a dead letter.</summary>
    public static void Bury(WriteScope scope, string endpoint, string fault)
    {
        scope.Prepare("UPDATE outbox SET state = 'dead', settled = $now, fault = $fault WHERE endpoint = $endpoint AND state = 'due'")
            .With("$now", scope.Now).With("$fault", fault).With("$endpoint", endpoint).ExecuteNonQuery();
        scope.Touch(ChangeSignal.Outbox);
    }
}
