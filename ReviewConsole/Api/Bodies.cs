using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Api;

/// <summary>
/// Bodies of calls, read strictly: media type, size, JSON, then members (unknown, duplicate, wrong), all that is wrong at once. Either a value or the problem.
/// </summary>
internal static class Bodies
{
    /// <summary>Small calls; submits have <see cref="ProposalLimits.Body"/>.</summary>
    public const int Small = 1024 * 1024;

    private const long MostDrained = 64 * 1024 * 1024;

    /// <summary>The bytes of a JSON body.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, Problem? Problem)> ReadAsync(HttpContext http, int limit)
    {
        if (!http.Request.HasJsonContentType())
        {
            return (default, Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most)
        {
            most.MaxRequestBodySize = null;
        }

        if (http.Request.ContentLength > limit)
        {
            await DrainAsync(http).ConfigureAwait(false);
            return (default, TooLarge(limit));
        }

        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(http.Request.ContentLength ?? 4096, 256, limit));
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(buffer.GetMemory(256), http.RequestAborted).ConfigureAwait(false);
            if (read == 0)
            {
                return (buffer.WrittenMemory, null);
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
            {
                await DrainAsync(http).ConfigureAwait(false);
                return (default, TooLarge(limit));
            }
        }
    }

    /// <summary>
    /// Reads what is left of a body that is too large, within reason: who is still sending when the answer comes and the connection closes never sees the answer.
    /// </summary>
    public static async Task DrainAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MostDrained)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (var left = MostDrained; left > 0;)
            {
                var read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                left -= read;
            }
        }
        catch (BadHttpRequestException)
        {
            // The server's own limit; there is nothing more to read.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A small body as the value that <paramref name="read"/> makes of it.</summary>
    public static async Task<(T? Value, byte[] Bytes, Problem? Problem)> ReadAsync<T>(HttpContext http, Func<MemberReader, JsonElement, T> read)
        where T : class
    {
        var (bytes, problem) = await ReadAsync(http, Small).ConfigureAwait(false);
        if (problem is not null)
        {
            return (null, [], problem);
        }

        if (JsonBody.TryParse(bytes.Span, ProposalLimits.Default.Depth, out var root) is { } fault)
        {
            return (null, [], Of([fault]));
        }

        var errors = new InputErrors();
        var hygiene = new BodyHygiene(errors);
        hygiene.Check(root, Place.Root);
        var value = hygiene.BrokenText ? null : read(new MemberReader(errors), root);
        return errors.Any ? (null, [], Of(errors.Items)) : (value, bytes.ToArray(), null);
    }

    public static Problem Of(IReadOnlyList<InputError> errors) => errors[0].Code switch
    {
        InputCodes.NotJson => Problems.NotJson(errors[0].Detail),
        InputCodes.TooLarge => Problems.Of("too-large", errors[0].Detail),
        _ => Problems.Invalid([.. errors.Select(error => new ProblemError(error.Pointer, error.Detail, error.Code))]),
    };

    public static Problem Invalid(string pointer, string detail) => Problems.Invalid([new ProblemError(pointer, detail, "invalid")]);

    private static Problem TooLarge(int limit) => Problems.Of("too-large", $"The body of this call has at most {limit} bytes.");
}
