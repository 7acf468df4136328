using Microsoft.AspNetCore.Http.Features;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary><c>POST /api/v1/blobs</c>: the body's bytes, whatever they are, streamed to disk; 201 <c>{sha256, size}</c>.</summary>
internal static class Blobs
{
    public static void MapBlobs(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/blobs", UploadAsync).RequireSource(Scopes.ReviewsWrite).WithTags("Blobs").WithSummary("Upload bytes of evidence").Gives("Blob", StatusCodes.Status201Created);

    private static async Task<IResult> UploadAsync(HttpContext http, BlobDesk blobs)
    {
        // The limit here is ours, so that an answer comes of it and no broken connection.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var put = http.Request.ContentLength > BlobDesk.Limit
            ? new BlobPut.TooLarge(BlobDesk.Limit)
            : await blobs.UploadAsync(http.Source(), http.Request.Body, http.RequestAborted).ConfigureAwait(false);
        if (put is BlobPut.Stored stored)
        {
            return new Json(StatusCodes.Status201Created, Json.Bytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("sha256", stored.Sha256);
                writer.WriteNumber("size", stored.Size);
                writer.WriteEndObject();
            }));
        }

        await Bodies.DrainAsync(http).ConfigureAwait(false);
        return Problems.Of("too-large", $"A blob has at most {BlobDesk.Limit} bytes.");
    }
}
