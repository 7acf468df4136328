using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Caching.Memory;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// Opens what the ledger has sealed of a review. What was sealed never changes, so what was read lately stays in memory, as far as <see cref="Kept"/> goes: a proposal
/// may have megabytes, and how many there are is up to their senders.
/// </summary>
internal sealed class ContentReader(ReadDatabase database) : IDisposable
{
    /// <summary>Bytes of sealed parts that are kept opened.</summary>
    public const long Kept = 64 * 1024 * 1024;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = Kept });

    // What an opened proposal takes beside its bytes, roughly.
    private const long Overhead = 8 * 1024;

    /// <summary>How many contents are kept now.</summary>
    public int Count => _cache.Count;

    /// <summary>The content of the state's current revision; null after erasure.</summary>
    public ReviewContent? Read(ReviewState state)
    {
        var key = (state.ContentSeq, state.PreconditionsSeq, state.CorrectionSeq);
        if (_cache.TryGetValue(key, out ReviewContent? content))
        {
            return content;
        }

        using var connection = database.Open();
        content = Read(connection, state);
        if (content is not null)
        {
            _cache.Set(key, content, new MemoryCacheEntryOptions { Size = Overhead + Size(connection, state) });
        }

        return content;
    }

    /// <summary>
    /// The same inside a write, whose state may rest on entries of this very batch: only the write's own connection sees those, and what is not yet on disk is not kept.
    /// </summary>
    public ReviewContent? Read(WriteScope scope, ReviewState state) =>
        _cache.TryGetValue((state.ContentSeq, state.PreconditionsSeq, state.CorrectionSeq), out ReviewContent? content) ? content : Read(scope.Connection, state);

    private static long Size(SqliteConnection connection, ReviewState state)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(length(bytes)), 0) FROM sealed WHERE seq = $content OR seq = $correction";
        command.With("$content", state.ContentSeq).With("$correction", state.CorrectionSeq);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>What the held decision of this state says to the source.</summary>
    public HeldOpening ReadHeld(ReviewState state)
    {
        using var connection = database.Open();
        var parts = Parts(connection, state.Held!.Seq);
        return new HeldOpening(
            parts.TryGetValue(SealedNames.Message, out var message) ? Encoding.UTF8.GetString(message) : null,
            parts.TryGetValue(SealedNames.Suggested, out var suggested) ? Action(suggested) : null);
    }

    /// <summary>One sealed part, or null when there is none (any more).</summary>
    public byte[]? ReadPart(long seq, string name)
    {
        using var connection = database.Open();
        return Parts(connection, seq).GetValueOrDefault(name);
    }

    public string? ReadText(long seq, string name) => ReadPart(seq, name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>All parts that one entry has sealed and that are still there.</summary>
    public static IReadOnlyDictionary<string, byte[]> Parts(SqliteConnection connection, long seq)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, bytes FROM sealed WHERE seq = $seq";
        command.Parameters.AddWithValue("$seq", seq);
        using var reader = command.ExecuteReader();
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (reader.Read())
        {
            parts.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        return parts;
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>Makes the content from one revision's entry and its openings.</summary>
    public static ReviewContent? Read(SqliteConnection connection, ReviewState state)
    {
        var parts = Parts(connection, state.ContentSeq);
        if (!parts.TryGetValue(SealedNames.Proposal, out var proposalBytes) || !parts.TryGetValue(SealedNames.Gate, out var gateBytes))
        {
            return null;
        }

        var evidence = Enumerable.Range(0, parts.Count).Select(i => parts.GetValueOrDefault(SealedNames.Evidence(i))).TakeWhile(static part => part is not null)
            .Select(static part => part!).ToArray();
        var proposal = ProposalReader.FromSealed(proposalBytes, evidence);
        // A part that the state names and that cannot be opened is never passed over: the content would say something else than what was decided.
        var preconditions = state.PreconditionsSeq is not { } reported ? proposal.Preconditions
            : Parts(connection, reported).TryGetValue(SealedNames.Preconditions, out var bytes) ? Preconditions(bytes)
            : null;
        var correction = state.CorrectionSeq is { } corrected ? Correction(connection, corrected, proposal, state.EffectiveDigest) : null;
        return preconditions is null || (state.CorrectionSeq is not null && correction is null)
            ? null
            : new ReviewContent(
                state.Id, state.Revision, proposal, SealedGate.Read(gateBytes), Commitments(connection, state.ContentSeq, evidence.Length), preconditions, correction);
    }

    private static Correction? Correction(SqliteConnection connection, long seq, Proposal proposal, string digest)
    {
        var parts = Parts(connection, seq);
        if (!parts.TryGetValue(SealedNames.Effective, out var effective))
        {
            return null;
        }

        var read = EffectiveAction.FromCanonical(effective);
        var action = proposal.Effective.Correct(read.Arguments, read.Draft, read.Fields);
        action = parts.TryGetValue(SealedNames.Places, out var places) ? action with { Fields = FieldPlaces.Apply(action.Fields, places) } : action;
        return new Correction(
            action, digest, parts[SealedNames.Changes], SealedGate.Read(parts[SealedNames.Gate]));
    }

    private static string[] Commitments(SqliteConnection connection, long seq, int evidence)
    {
        using var ledger = new LedgerReader(connection);
        using var entry = JsonDocument.Parse(ledger.Entry(seq));
        var commitments = entry.RootElement.GetProperty("sealed");
        return [.. Enumerable.Range(0, evidence).Select(i => commitments.GetProperty(SealedNames.Evidence(i)).GetString()!)];
    }

    private static Precondition[] Preconditions(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return [.. document.RootElement.EnumerateArray().Select(static p =>
            new Precondition(p.GetProperty("name").GetString()!, p.GetProperty("fingerprint").GetString()!))];
    }

    private static ProposedAction Action(byte[] canonical)
    {
        var action = EffectiveAction.FromCanonical(canonical);
        return new ProposedAction(action.Name, action.Arguments);
    }
}
