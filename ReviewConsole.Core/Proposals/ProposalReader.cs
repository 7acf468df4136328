using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// Bytes from the wire to a <see cref="Proposal"/> (WIRE.md §1), strictly: everything that is wrong is named with its pointer, all at once.
/// Never throws on what a sender can send. The body is copied; its bytes may be reused afterwards.
/// </summary>
internal static class ProposalReader
{
    private static readonly ProposalLimits s_none = new()
    {
        Body = int.MaxValue, Depth = 1000, Evidence = int.MaxValue, Fields = int.MaxValue, Checks = int.MaxValue, Signals = int.MaxValue,
        Alternatives = int.MaxValue, Preconditions = int.MaxValue, Highlights = int.MaxValue, Tags = int.MaxValue, Ids = int.MaxValue,
        Title = int.MaxValue, Rationale = int.MaxValue, Message = int.MaxValue, Inline = int.MaxValue,
    };

    /// <summary>A submit body. Nothing here depends on the moment: the same bytes always read the same.</summary>
    public static ProposalReading Read(ReadOnlyMemory<byte> body, ProposalLimits limits) => Read(body, limits, revision: false);

    /// <summary>The body of a new revision: a submit body that may also carry <c>answer</c>, the reply to a reviewer's question.</summary>
    public static ProposalReading ReadRevision(ReadOnlyMemory<byte> body, ProposalLimits limits) => Read(body, limits, revision: true);

    /// <summary>Reads back what <see cref="ProposalSeal"/> wrote; it was checked when it came in and no limit applies any more.</summary>
    /// <param name="evidence">The parts <c>evidence/0</c>, <c>evidence/1</c> … in order.</param>
    /// <exception cref="InvalidDataException">The bytes are not a sealed proposal.</exception>
    public static Proposal FromSealed(ReadOnlySpan<byte> proposal, IReadOnlyList<byte[]> evidence)
    {
        var errors = new InputErrors();
        var reader = new BodyReader(errors, s_none, sealedForm: true);
        var options = new JsonDocumentOptions { MaxDepth = s_none.Depth };
        var items = evidence.Select(part => reader.Evidence(JsonElement.Parse(part, options))).ToList();
        var read = reader.Read(JsonElement.Parse(proposal, options), items);
        return errors.Any
            ? throw new InvalidDataException($"Not a sealed proposal: {errors.Items[0].Pointer} {errors.Items[0].Detail}")
            : read;
    }

    private static ProposalReading Read(ReadOnlyMemory<byte> body, ProposalLimits limits, bool revision)
    {
        var errors = new InputErrors();
        if (body.Length > limits.Body)
        {
            errors.TooLarge(string.Create(CultureInfo.InvariantCulture, $"The body must have at most {limits.Body} bytes."));
            return ProposalReading.Refused(errors.Items);
        }

        if (JsonBody.TryParse(body.Span, limits.Depth, out var root) is { } fault)
        {
            return ProposalReading.Refused([fault]);
        }

        var hygiene = new BodyHygiene(errors);
        hygiene.Check(root, Place.Root);
        if (hygiene.BrokenText)
        {
            return ProposalReading.Refused(errors.Items);
        }

        var reader = new BodyReader(errors, limits, revision);
        var proposal = reader.Read(root);
        return errors.Any ? ProposalReading.Refused(errors.Items) : new ProposalReading(proposal, [], reader.Inline, reader.Answer);
    }
}
