using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Reviews of a set: JSON Lines of submit bodies, as <c>import</c> takes them. Nobody recorded facts for them, so <c>now</c> is the moment of the back-test and the draws come of
/// the same function as everywhere, with a key that everybody knows: the shares are those of a real console, which items they fall on is not.
/// </summary>
/// <param name="now">Unix ms.</param>
/// <param name="truth">Null for a set of which nobody knows the truth.</param>
internal sealed class RecordedLines(long now, RecordedTruth? truth)
{
    private static readonly byte[] s_key = new byte[32];
    private static readonly string s_noBytes = new('0', 64);

    /// <summary>The item of one line, or null and what is wrong with it.</summary>
    public BacktestItem? Read(JsonLine line, out string? fault)
    {
        var reading = ProposalReader.Read(line.Bytes, ProposalLimits.Default);
        reading = reading.Proposal is null ? ProposalReader.Read(WithoutFiles(line.Bytes.Span) ?? line.Bytes, ProposalLimits.Default) : reading;
        if (reading.Proposal is not { } proposal)
        {
            fault = string.Join("; ", reading.Errors.Select(static error => $"{error.Pointer}: {error.Detail}"));
            return null;
        }

        fault = null;
        var digest = proposal.Effective.Digest;
        var (sample, commitFirst) = SampleDraw.Of(s_key, proposal.Source.System, digest);
        return new BacktestItem(
            proposal.ExternalId ?? string.Create(CultureInfo.InvariantCulture, $"line {line.Number}"), proposal, new Facts(now, sample) { CommitFirstDraw = commitFirst, Changed = [] },
            ActionKey.Of(digest), truth?.Of(proposal.ExternalId) ?? Label.None);
    }

    // Evidence that names a file beside the set: its bytes are none of the gate's concern.
    private static byte[]? WithoutFiles(ReadOnlySpan<byte> line)
    {
        try
        {
            if (JsonNode.Parse(line)?["evidence"] is not JsonArray evidence)
            {
                return null;
            }

            foreach (var item in evidence.OfType<JsonObject>().Where(static item => item.ContainsKey("file")))
            {
                item.Remove("file");
                item["blob"] = s_noBytes;
            }

            return Encoding.UTF8.GetBytes(evidence.Root.ToJsonString());
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
