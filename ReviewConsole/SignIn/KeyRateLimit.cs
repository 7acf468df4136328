using System.Collections.Concurrent;
using ReviewConsole.Hosting;

namespace ReviewConsole.SignIn;

/// <summary>One token bucket for each key: <see cref="HostingOptions.KeyRate"/> requests a second on average, <see cref="HostingOptions.KeyBurst"/> at once.</summary>
internal sealed class KeyRateLimit(HostingOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Null when the request may go on, else how long the key must wait for its next one.</summary>
    public TimeSpan? Take(string key) => _buckets.GetOrAdd(key, static (_, start) => new Bucket(start.Level, start.At), (Level: options.KeyBurst, At: time.GetTimestamp())).Take(options, time);

    private sealed class Bucket(double level, long at)
    {
        private readonly Lock _gate = new();
        private double _level = level;
        private long _at = at;

        public TimeSpan? Take(HostingOptions options, TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                _level = Math.Min(options.KeyBurst, _level + (time.GetElapsedTime(_at, now).TotalSeconds * options.KeyRate));
                _at = now;
                if (_level < 1)
                {
                    return TimeSpan.FromSeconds((1 - _level) / options.KeyRate);
                }

                _level--;
                return null;
            }
        }
    }
}
