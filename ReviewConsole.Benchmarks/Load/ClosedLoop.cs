using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReviewConsole.Benchmarks.Load;

/// <summary>What one run of <see cref="ClosedLoop"/> saw.</summary>
internal sealed record LoadRun(int Answers, TimeSpan Elapsed, Latencies Latencies)
{
    public double PerSecond => Answers / Elapsed.TotalSeconds;
}

/// <summary>
/// Keep-alive connections that each send the next request when the answer to the last is there. One thread with one poll for all of them: on two cores a
/// task per connection would cost the server a good part of what is measured.
/// </summary>
internal sealed class ClosedLoop : IDisposable
{
    private const int WarmRequests = 20_000;
    private readonly RequestTemplate _template;
    private readonly Connection[] _connections;
    private readonly Dictionary<Socket, Connection> _bySocket;
    private long _number;

    /// <param name="firstNumber">Numbers up to this one are taken by requests of before.</param>
    public ClosedLoop(IPEndPoint server, RequestTemplate template, int connections, long firstNumber = 0)
    {
        _number = firstNumber;
        _template = template;
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection(server, template.Copy()))];
        _bySocket = _connections.ToDictionary(c => c.Socket);
    }

    /// <summary>Runs until the time is over or <paramref name="most"/> requests are sent, and every answer is in. Anything but 201 stops it with that answer.</summary>
    public LoadRun Run(TimeSpan longest, int most = int.MaxValue) => Run(longest, most, repeat: false);

    /// <summary>Runs for that long and for as many requests as the compiler needs to come to rest: on a busy machine the time alone is not enough.</summary>
    public void WarmUp(TimeSpan time)
    {
        for (var answers = 0; answers < WarmRequests;)
        {
            answers += Run(time).Answers;
        }
    }

    /// <summary>Sends request number 1 again and again: the server answers what it answered before and records nothing.</summary>
    public LoadRun Repeat(int times) => Run(Timeout.InfiniteTimeSpan, times, repeat: true);

    private LoadRun Run(TimeSpan longest, int most, bool repeat)
    {
        var latencies = new Latencies();
        var watch = Stopwatch.StartNew();
        int sent = 0, answered = 0;
        foreach (var connection in _connections.Take(most))
        {
            Send(connection, repeat);
            sent++;
        }

        var waiting = new List<Socket>(_connections.Length);
        while (answered < sent)
        {
            waiting.Clear();
            foreach (var connection in _connections)
            {
                if (connection.Waiting)
                {
                    waiting.Add(connection.Socket);
                }
            }

            Socket.Select(waiting, null, null, TimeSpan.FromSeconds(30));
            if (waiting.Count == 0)
            {
                throw new InvalidOperationException("No answer for 30 seconds.");
            }

            foreach (var socket in waiting)
            {
                var connection = _bySocket[socket];
                if (!connection.Receive())
                {
                    continue;
                }

                latencies.Add(Stopwatch.GetElapsedTime(connection.SentAt));
                answered++;
                if (sent < most && (longest == Timeout.InfiniteTimeSpan || watch.Elapsed < longest))
                {
                    Send(connection, repeat);
                    sent++;
                }
            }
        }

        return new LoadRun(answered, watch.Elapsed, latencies);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Socket.Dispose();
        }
    }

    private void Send(Connection connection, bool repeat)
    {
        _template.Number(connection.Request, repeat ? 1 : ++_number);
        connection.Send();
    }

    private sealed class Connection
    {
        // A trace of 1,000 rules is some 200 KB.
        private readonly byte[] _buffer = new byte[512 * 1024];
        private int _received;

        public Connection(IPEndPoint server, byte[] request)
        {
            Request = request;
            Socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Socket.Connect(server);
        }

        public Socket Socket { get; }

        public byte[] Request { get; }

        public bool Waiting { get; private set; }

        public long SentAt { get; private set; }

        public void Send()
        {
            Waiting = true;
            SentAt = Stopwatch.GetTimestamp();
            for (var sent = 0; sent < Request.Length;)
            {
                sent += Socket.Send(Request.AsSpan(sent));
            }
        }

        /// <summary>Takes what has come; true when that completes an answer.</summary>
        public bool Receive()
        {
            var read = Socket.Receive(_buffer.AsSpan(_received));
            if (read == 0)
            {
                throw new InvalidOperationException("The server closed a connection.");
            }

            _received += read;
            if (!HttpAnswer.TryRead(_buffer.AsSpan(0, _received), out var status, out _, out var consumed))
            {
                return false;
            }

            if (status != 201 || consumed != _received)
            {
                throw new InvalidOperationException($"Expected one 201, got: {Encoding.UTF8.GetString(_buffer, 0, _received)}");
            }

            _received = 0;
            Waiting = false;
            return true;
        }
    }
}
