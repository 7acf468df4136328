using System.Collections.Frozen;

namespace ReviewConsole.Api;

/// <summary>The catalogue of refusals: every name that the wire may carry, with its status and its title.</summary>
internal static class Problems
{
    /// <summary>A relative reference (RFC 9457 §3.1.1): the installation itself is the authority for what its errors mean.</summary>
    public const string TypePrefix = "/problems/";

    private static readonly FrozenDictionary<string, (int Status, string Title)> s_catalogue = new Dictionary<string, (int, string)>(StringComparer.Ordinal)
    {
        ["not-json"] = (400, "The body is not JSON"),
        ["antiforgery"] = (400, "The antiforgery token is missing or does not fit"),
        ["https-required"] = (400, "This console answers over https only"),
        ["bad-request"] = (400, "The request cannot be read"),
        ["unauthorized"] = (401, "Not signed in"),
        ["not-permitted"] = (403, "Not permitted"),
        ["conflict-of-interest"] = (403, "Conflict of interest"),
        ["source-not-yours"] = (403, "The key does not speak for this source"),
        ["unknown-review"] = (404, "There is no such review"),
        ["unknown-resource"] = (404, "There is nothing here"),
        ["method-not-allowed"] = (405, "The method is not allowed here"),
        ["held-by-another"] = (409, "Somebody else has claimed it"),
        ["claim-lost"] = (409, "The claim is no longer yours"),
        ["already-decided"] = (409, "It has been decided"),
        ["already-judged"] = (409, "The first judgement has been made"),
        ["already-released"] = (409, "The outcome has left"),
        ["not-held"] = (409, "It is not in its hold"),
        ["waiting-on-source"] = (409, "It waits for an answer of the source"),
        ["cancelled"] = (409, "It was cancelled"),
        ["expired"] = (409, "It has expired"),
        ["not-released"] = (409, "Nothing has been released"),
        ["already-started"] = (409, "The execution has started"),
        ["not-started"] = (409, "The execution has not started"),
        ["already-reported"] = (409, "The execution was reported otherwise"),
        ["digest-mismatch"] = (409, "What ran is not what was approved"),
        ["external-id-taken"] = (409, "The external id belongs to another body"),
        ["in-progress"] = (409, "The first request is still running"),
        ["erased"] = (410, "It was erased"),
        ["stale-revision"] = (412, "There is a newer revision"),
        ["too-large"] = (413, "The body is too large"),
        ["unsupported-media-type"] = (415, "The body must be application/json"),
        ["invalid"] = (422, "The request is not valid"),
        ["unknown-member"] = (422, "A member is not known"),
        ["not-supported"] = (422, "This is not supported"),
        ["judgement-required"] = (422, "A first judgement is required"),
        ["evidence-not-seen"] = (422, "Required evidence was not in view"),
        ["rationale-required"] = (422, "A rationale is required"),
        ["checks-not-acknowledged"] = (422, "Failed checks were not acknowledged"),
        ["reason-unknown"] = (422, "The reason code is not known"),
        ["nothing-changed"] = (422, "Nothing was changed"),
        ["tool-name-changed"] = (422, "The action's name cannot be changed"),
        ["idempotency-key-reused"] = (422, "The key was used with another body"),
        ["line-stopped"] = (423, "The line is stopped"),
        ["precondition-required"] = (428, "If-Match is required"),
        ["rate-limited"] = (429, "Too many requests"),
        ["error"] = (500, "Something went wrong in the console"),
        ["busy"] = (503, "The console is busy"),
        ["ledger-mismatch"] = (503, "The ledger does not verify"),
        ["storage"] = (503, "The storage does not accept writes"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every name, for the error catalogue and its approved file.</summary>
    public static IEnumerable<(string Name, int Status, string Title)> All => s_catalogue.Select(row => (row.Key, row.Value.Status, row.Value.Title));

    public static Problem Of(string name, string detail) => new(s_catalogue[name].Status, name, s_catalogue[name].Title, detail);

    /// <summary>The same name under another status: <c>not-released</c> is 404 for a receipt and 409 for an execution report.</summary>
    public static Problem Of(string name, int status, string detail) => Of(name, detail) with { Status = status };

    /// <summary>422 with pointers. The type is <c>unknown-member</c> or <c>not-supported</c> when that is all that is wrong, else <c>invalid</c>.</summary>
    public static Problem Invalid(IReadOnlyList<ProblemError> errors)
    {
        var code = errors.Count > 0 && errors.All(error => string.Equals(error.Code, errors[0].Code, StringComparison.Ordinal)) ? errors[0].Code : "invalid";
        var name = code is "unknown-member" or "not-supported" ? code : "invalid";
        var detail = errors.Count == 0 ? s_catalogue[name].Title : $"{errors[0].Pointer}: {errors[0].Detail}" + (errors.Count > 1 ? $" (and {errors.Count - 1} more)" : "");
        return Of(name, detail) with { Errors = errors };
    }

    public static Problem NotJson(string detail) => Of("not-json", detail);

    public static Problem UnknownReview() => Of("unknown-review", "No review has this id, or it is not yours.");

    public static Problem NotPermitted(string permission) => Of("not-permitted", $"This needs the permission {permission}.");

    public static Problem PreconditionRequired() => Of("precondition-required", "Send the revision that you saw as If-Match: \"<revision>\".");

    public static Problem Busy() => Of("busy", "The queue of writes is full. Nothing was recorded; send it again.") with { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Problem Storage() =>
        Of("storage", "The data folder does not accept writes, perhaps the disk is full. Nothing was recorded.") with { RetryAfter = TimeSpan.FromSeconds(10) };

    public static Problem LedgerMismatch() =>
        Of("ledger-mismatch", "The ledger does not verify, so nothing is accepted. An operator must look: ReviewConsole ledger verify.") with
        {
            RetryAfter = TimeSpan.FromMinutes(5),
        };

    /// <summary>The problem for a bare status code that the framework produced.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        401 => Of("unauthorized", "Sign in, or send the key that this call needs."),
        403 => Of("not-permitted", "Your account may not do this."),
        404 => Of("unknown-resource", "The path is not one of this API; see /openapi/v1.json."),
        405 => Of("method-not-allowed", "The path is right, the method is not; see /openapi/v1.json."),
        413 => Of("too-large", "The body is above the limit of this call."),
        415 => Of("unsupported-media-type", "Send application/json."),
        429 => Of("rate-limited", "Send fewer requests."),
        503 => Busy(),
        >= 400 and < 500 => Of("bad-request", "The request cannot be read.") with { Status = status },
        _ => Of("error", "The console failed on this request; its log says more."),
    };
}
