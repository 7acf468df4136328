using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// The truth of a set: JSON Lines of <c>{"externalId": "a-1", "actionWasExpected": true, …}</c>. Other members are nobody's concern here; a line without the flag gives no
/// label. Ids are kept as eight bytes of their digest: a million lines take some 30 MB.
/// </summary>
internal sealed class RecordedTruth
{
    private readonly Dictionary<ulong, bool> _expected = [];

    /// <summary>What is wrong in which line, 1-based.</summary>
    public List<(long Line, string What)> Faults { get; } = [];

    public int Count => _expected.Count;

    public Label Of(string? externalId) => externalId is not null && _expected.TryGetValue(Key(externalId), out var expected) ? expected ? Label.Right : Label.Wrong : Label.None;

    public static async Task<RecordedTruth> ReadAsync(Stream file, CancellationToken cancellation)
    {
        var truth = new RecordedTruth();
        await foreach (var line in JsonLines.ReadAsync(file, cancellation).ConfigureAwait(false))
        {
            if (truth.Add(line.Bytes.Span) is { } fault)
            {
                truth.Faults.Add((line.Number, fault));
            }
        }

        return truth;
    }

    private string? Add(ReadOnlySpan<byte> line)
    {
        string? id = null;
        bool? expected = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "is not a JSON object";
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("externalId"u8);
                var isTruth = reader.ValueTextEquals("actionWasExpected"u8);
                reader.Read();
                id = isId && reader.TokenType == JsonTokenType.String ? reader.GetString() : id;
                expected = isTruth && reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : expected;
                reader.Skip();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "is not JSON";
        }

        if (id is null)
        {
            return "has no externalId";
        }

        return expected is not { } known || _expected.TryAdd(Key(id), known) || _expected[Key(id)] == known ? null : $"contradicts an earlier line of “{id}”";
    }

    private static ulong Key(string id) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
