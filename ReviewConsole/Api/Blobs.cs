using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary><c>POST /api/v1/blobs</c>: the body's bytes, whatever they are, streamed to disk; 201 <c>{sha256, size}</c>.</summary>
internal static class Blobs
{
    public static void MapBlobs(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/blobs", UploadAsync).RequireSource(Scopes.ReviewsWrite).WithTags("Blobs").WithSummary("Upload bytes of evidence").Produces(201);

    private static async Task<IResult> UploadAsync(HttpContext http, BlobDesk blobs)
    {
        if (http.Request.ContentLength > BlobDesk.Limit)
        {
            return TooLarge();
        }

        return await blobs.UploadAsync(http.Source(), http.Request.Body, http.RequestAborted).ConfigureAwait(false) is BlobPut.Stored stored
            ? new Json(StatusCodes.Status201Created, Json.Bytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("sha256", stored.Sha256);
                writer.WriteNumber("size", stored.Size);
                writer.WriteEndObject();
            }))
            : TooLarge();
    }

    private static Problem TooLarge() => Problems.Of("too-large", $"A blob has at most {BlobDesk.Limit} bytes.");
}
