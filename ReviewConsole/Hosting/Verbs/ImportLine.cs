using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>Why a line stays out; the message names the place and what is wrong.</summary>
internal sealed class ImportSkippedException(string message) : Exception(message);

/// <summary>One line of an import file: a submit body whose evidence may name files beside it instead of carrying or naming bytes.</summary>
internal sealed class ImportLine
{
    // Duplicate keys and the rest are the proposal reader's to refuse; here only what import itself looks at is read.
    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 1000 };
    private readonly string _text;
    private readonly JsonObject _root;
    private bool _changed;

    private ImportLine(string text, JsonObject root, string system)
    {
        (_text, _root) = (text, root);
        System = system;
    }

    /// <summary>The <c>source.system</c> that the line speaks for.</summary>
    public string System { get; }

    /// <summary>The body to submit: the line as it stands, or with its files replaced by blobs.</summary>
    public byte[] Body => Encoding.UTF8.GetBytes(_changed ? _root.ToJsonString() : _text);

    /// <exception cref="ImportSkippedException">It is not JSON, or lacks what import needs.</exception>
    public static ImportLine Read(string text)
    {
        try
        {
            var root = JsonNode.Parse(text, documentOptions: s_json) as JsonObject ?? throw new ImportSkippedException("is not a JSON object");
            if (root["externalId"] is not JsonValue external || external.GetValueKind() != JsonValueKind.String)
            {
                throw new ImportSkippedException("#/externalId: import needs one, so that a second import finds what is there");
            }

            return root["source"] is JsonObject source && source["system"] is JsonValue system && system.GetValueKind() == JsonValueKind.String
                && (string)system! is { } name && !string.IsNullOrWhiteSpace(name) && name.Length <= ProposalLimits.Default.Ids
                ? new ImportLine(text, root, name)
                : throw new ImportSkippedException(string.Create(CultureInfo.InvariantCulture, $"#/source/system: must be a text of 1 to {ProposalLimits.Default.Ids} characters"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // ArgumentException: a key that is there twice, found when the object is first looked into.
            throw new ImportSkippedException("is not JSON: " + fault.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>The evidence items that name a file, with their position.</summary>
    public IEnumerable<(int Index, string File)> Files()
    {
        if (_root["evidence"] is not JsonArray evidence)
        {
            yield break;
        }

        for (var i = 0; i < evidence.Count; i++)
        {
            if (evidence[i] is JsonObject item && item["file"] is { } file)
            {
                yield return file.GetValueKind() == JsonValueKind.String && !item.ContainsKey("blob") && !item.ContainsKey("base64")
                    ? (i, (string)file!)
                    : throw new ImportSkippedException($"#/evidence/{i}/file: must be a path, and stands instead of blob and base64");
            }
        }
    }

    /// <summary>Puts the stored bytes in the place of the file.</summary>
    public void UseBlob(int index, string sha256)
    {
        var item = (JsonObject)_root["evidence"]![index]!;
        item.Remove("file");
        item["blob"] = sha256;
        _changed = true;
    }

    /// <summary>The file's path inside <paramref name="folder"/>. Neither <c>..</c> nor a link leads out of it: who wrote the file may not choose what of this machine is read.</summary>
    /// <exception cref="ImportSkippedException">It would leave the folder.</exception>
    public static string Inside(string folder, int index, string file)
    {
        var path = Path.GetFullPath(Path.Join(folder, file));
        var inside = !Path.IsPathRooted(file) && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        for (var part = path; inside && part.Length > folder.Length; part = Path.GetDirectoryName(part)!)
        {
            inside = new FileInfo(part).LinkTarget is null;
        }

        return inside ? path : throw new ImportSkippedException($"#/evidence/{index}/file: '{file}' leaves the folder of the import file");
    }
}
