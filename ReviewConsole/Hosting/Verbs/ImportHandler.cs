using System.Collections.Frozen;
using System.Globalization;
using ReviewConsole.Api;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>
/// Submits every line of a file as the system that the line names. What is there already is counted, what is wrong is named and skipped: a second run after
/// mending the file brings in what was missing.
/// </summary>
internal sealed class ImportHandler(IncomingProposals intake, BlobDesk blobs, SourceDesk desk, OwnerStore owners) : IVerbHandler
{
    private const int SomeSkipped = 3;

    public string Verb => "import";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var file = command.Text("file")!;
        var folder = Path.GetDirectoryName(file)!;
        var (added, present, skipped, number) = (0, 0, 0, 0);
        var actors = new Dictionary<string, SourceActor>(StringComparer.Ordinal);
        var total = await CountAsync(file, cancellation).ConfigureAwait(false);
        await foreach (var text in File.ReadLinesAsync(file, cancellation).ConfigureAwait(false))
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                var isNew = await SubmitAsync(ImportLine.Read(text), actors, folder, cancellation).ConfigureAwait(false);
                (added, present) = isNew ? (added + 1, present) : (added, present + 1);
            }
            catch (ImportSkippedException skip)
            {
                skipped++;
                output.Error(string.Create(CultureInfo.InvariantCulture, $"line {number}: {skip.Message}; skipped"));
            }

            output.Progress(number, total);
        }

        output.Line(string.Create(CultureInfo.InvariantCulture, $"{added} added, {present} already there, {skipped} skipped"));
        return skipped == 0 ? 0 : SomeSkipped;
    }

    private async Task<bool> SubmitAsync(ImportLine line, Dictionary<string, SourceActor> actors, string folder, CancellationToken cancellation)
    {
        if (!actors.TryGetValue(line.System, out var actor))
        {
            var owner = await owners.EnsureAsync(Actor.System, "cli", line.System, cancellation).ConfigureAwait(false);
            actors.Add(line.System, actor = new SourceActor(Actor.System.Id, owner, FrozenSet.Create(StringComparer.Ordinal, line.System), Scopes.All));
        }

        foreach (var (index, file) in line.Files().ToList())
        {
            line.UseBlob(index, await StoreAsync(actor, folder, index, file, cancellation).ConfigureAwait(false));
        }

        var (incoming, _, problem) = await intake.TakeAsync(actor, line.Body, idempotencyKey: null, revision: false, store: true, cancellation).ConfigureAwait(false);
        if (incoming is null)
        {
            throw Skipped(problem!);
        }

        var result = await desk.SubmitAsync(actor, incoming, static (_, _) => [], cancellation).ConfigureAwait(false);
        return result switch
        {
            { Refusal: Refusal.ExternalIdTaken taken } => throw new ImportSkippedException($"#/externalId: review {taken.By} has it with another body"),
            { Refusal: { } refusal } => throw Skipped(refusal.Problem()),
            _ => result.Value!.IsNew,
        };
    }

    private static ImportSkippedException Skipped(Problem problem) =>
        new(problem.Errors.Count == 0 ? problem.Detail : string.Join("; ", problem.Errors.Select(error => $"{error.Pointer}: {error.Detail}")));

    private async Task<string> StoreAsync(SourceActor actor, string folder, int index, string file, CancellationToken cancellation)
    {
        try
        {
            var content = File.OpenRead(ImportLine.Inside(folder, index, file));
            await using (content.ConfigureAwait(false))
            {
                return await blobs.UploadAsync(actor, content, cancellation).ConfigureAwait(false) is BlobPut.Stored stored
                    ? stored.Sha256
                    : throw new ImportSkippedException($"#/evidence/{index}/file: '{file}' is longer than a blob may be");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImportSkippedException($"#/evidence/{index}/file: '{file}' cannot be read");
        }
    }

    private static async Task<long> CountAsync(string file, CancellationToken cancellation)
    {
        long count = 0;
        await foreach (var _ in File.ReadLinesAsync(file, cancellation).ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }
}
