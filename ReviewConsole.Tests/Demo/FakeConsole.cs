using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ReviewConsole.Tests.Demo;

/// <summary>As much of the console as a source sees, in memory; the test plays the people. It never holds a poll open: the client's own pauses are fake time.</summary>
internal sealed class FakeConsole : HttpMessageHandler
{
    public List<FakeReview> Reviews { get; } = [];

    /// <summary>Answers no request, as a server that has too much to do: every client gives up.</summary>
    public bool Silent { get; set; }

    public HashSet<string> Blobs { get; } = new(StringComparer.Ordinal);

    public IEnumerable<FakeReview> Open => Reviews.Where(static r => r.Status is "pending");

    public FakeReview Get(string externalId) => Reviews.Single(r => r.ExternalId == externalId);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Silent)
        {
            throw new TaskCanceledException();
        }

        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)[2..];
        var query = request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=')).ToDictionary(static p => p[0], static p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        var bytes = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (path[0] is "blobs")
        {
            var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
            Blobs.Add(sha256);
            return Answer(HttpStatusCode.Created, new JsonObject { ["sha256"] = sha256, ["size"] = bytes.Length });
        }

        var body = bytes.Length == 0 ? null : JsonNode.Parse(bytes)!.AsObject();
        return (request.Method.Method, path) switch
        {
            ("POST", ["reviews"]) => Submit(body!),
            ("GET", ["reviews"]) => List(query),
            ("GET", ["reviews", var id]) => Answer(HttpStatusCode.OK, Find(id).View),
            ("PUT", ["reviews", var id]) => Revise(Find(id), body!, request.Headers.GetValues("If-Match").Single()),
            ("GET", ["reviews", var id, "outcome"]) => OutcomeOf(Find(id), int.Parse(query["sequence"], System.Globalization.CultureInfo.InvariantCulture)),
            ("POST", ["reviews", var id, "execution"]) => Report(Find(id), body!),
            _ => throw new InvalidOperationException(request.RequestUri.ToString()),
        };
    }

    private FakeReview Find(string id) => Reviews.Single(r => r.Id == id);

    private HttpResponseMessage Submit(JsonObject body)
    {
        var known = Reviews.Find(r => r.ExternalId == (string?)body["externalId"]);
        if (known is null)
        {
            Assert.All(body["evidence"]!.AsArray().Select(static e => (string?)e!["blob"]).OfType<string>(), sha256 => Assert.Contains(sha256, Blobs));
            Reviews.Add(known = new FakeReview($"r{Reviews.Count + 1}", body));
        }

        return Answer(HttpStatusCode.Created, known.View);
    }

    private HttpResponseMessage List(Dictionary<string, string> query)
    {
        var found = Reviews.Where(r => (!query.TryGetValue("status", out var status) || r.Status == status)
            && (!query.TryGetValue("source", out var source) || (string?)r.Body["source"]!["system"] == source)
            && (!query.TryGetValue("externalId", out var externalId) || r.ExternalId == externalId));
        return Answer(HttpStatusCode.OK, new JsonObject { ["items"] = new JsonArray([.. found.Select(static r => r.View)]) });
    }

    private static HttpResponseMessage Revise(FakeReview review, JsonObject body, string ifMatch)
    {
        Assert.Equal($"\"{review.Revision}\"", ifMatch);
        review.Revised(body);
        return Answer(HttpStatusCode.OK, review.View);
    }

    private static HttpResponseMessage OutcomeOf(FakeReview review, int sequence)
    {
        if (review.Outcomes.Count >= sequence)
        {
            return Answer(HttpStatusCode.OK, review.Outcomes[sequence - 1]);
        }

        var response = new HttpResponseMessage(HttpStatusCode.NoContent);
        response.Headers.Add("Review-Status", review.Status);
        return response;
    }

    private static HttpResponseMessage Report(FakeReview review, JsonObject body)
    {
        var (status, started) = ((string)body["status"]!, review.Reports.Count > 0);
        string? refusal = (string?)body["actionDigest"] != (string?)review.Outcomes[^1]["actionDigest"] ? "digest-mismatch"
            : status is "started" && started ? "already-started"
            : status is not "started" && !started ? "not-started"
            : status is "unknown" && review.Reports[^1] is "failed" or "succeeded" ? "already-reported"
            : null;
        if (refusal is not null)
        {
            review.Refused.Add(refusal);
            return Answer(HttpStatusCode.Conflict, new JsonObject { ["type"] = $"/problems/{refusal}", ["title"] = refusal });
        }

        review.Reports.Add(status);
        review.Status = status is "succeeded" or "rolledBack" ? "closed" : review.Status;
        return Answer(HttpStatusCode.OK, review.View);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonNode body)
        => new(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) };
}

/// <summary>A review in the fake console, with what people may do to it.</summary>
internal sealed class FakeReview(string id, JsonObject body)
{
    public string Id { get; } = id;

    public JsonObject Body { get; private set; } = body;

    public string ExternalId => (string)Body["externalId"]!;

    public string Status { get; set; } = "pending";

    public int Revision { get; private set; } = 1;

    public List<JsonObject> Outcomes { get; } = [];

    public List<string> Reports { get; } = [];

    public List<string> Refused { get; } = [];

    public string? Question { get; private set; }

    public JsonObject View => new()
    {
        ["id"] = Id, ["externalId"] = ExternalId, ["revision"] = Revision, ["status"] = Status, ["question"] = Question, ["outcomes"] = Outcomes.Count, ["claim"] = null,
        ["execution"] = Reports.Count == 0 ? null : new JsonObject { ["status"] = Reports[^1], ["at"] = "2026-03-02T09:00:00.000Z" },
    };

    public void Approve() => Release("approved", "resume", Body["action"]!.DeepClone());

    public void Correct(JsonObject arguments) => Release("corrected", "resume", new JsonObject { ["name"] = (string?)Body["action"]!["name"], ["arguments"] = arguments });

    public void Reject(string instruction, JsonObject? suggested = null, string? message = null)
    {
        Outcomes.Add(new JsonObject { ["reviewId"] = Id, ["sequence"] = 1, ["decision"] = "rejected", ["instruction"] = instruction, ["message"] = message, ["suggestedAction"] = suggested });
        Status = "closed";
    }

    public void AskRollback()
    {
        Outcomes.Add(new JsonObject { ["reviewId"] = Id, ["sequence"] = 2, ["decision"] = "approved", ["instruction"] = "rollback", ["actionDigest"] = (string?)Outcomes[0]["actionDigest"] });
        Status = "released";
    }

    public void Return(string question)
    {
        Question = question;
        Status = "waitingOnSource";
    }

    public void Revised(JsonObject body)
    {
        Body = body;
        Revision++;
        Question = null;
        Status = "pending";
    }

    private void Release(string decision, string instruction, JsonNode action)
    {
        var draft = Body["draft"] is { } d ? new JsonObject { ["format"] = (string?)d["format"], ["content"] = (string?)d["content"], ["target"] = d["target"]?.DeepClone() } : null;
        var fields = Body["fields"] is JsonArray f ? new JsonArray([.. f.Select(static one => new JsonObject { ["name"] = (string?)one!["name"], ["value"] = one["value"]?.DeepClone() })]) : null;
        Outcomes.Add(new JsonObject
        {
            ["reviewId"] = Id, ["sequence"] = 1, ["decision"] = decision, ["instruction"] = instruction, ["action"] = action, ["draft"] = draft, ["fields"] = fields,
            ["proposedDigest"] = Digest(Body["action"]!, draft, fields), ["actionDigest"] = Digest(action, draft, fields), ["validUntil"] = "2027-01-01T00:00:00.000Z",
        });
        Status = "released";
    }

    /// <summary>By the canonicaliser of the product's core, not by the client's own.</summary>
    private static string Digest(JsonNode action, JsonNode? draft, JsonNode? fields)
    {
        var whole = new JsonObject { ["name"] = (string?)action["name"], ["arguments"] = action["arguments"]!.DeepClone() };
        if (draft is not null)
        {
            var part = draft.DeepClone().AsObject();
            if (part["target"] is null)
            {
                part.Remove("target");
            }

            whole["draft"] = part;
        }

        if (fields is not null)
        {
            whole["fields"] = fields.DeepClone();
        }

        return $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(ReviewConsole.Core.Ledger.CanonicalJson.Of(whole)))}";
    }
}
