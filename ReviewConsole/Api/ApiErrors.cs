using ReviewConsole.Core.Store;

namespace ReviewConsole.Api;

/// <summary>What nobody below answered: exceptions and bare status codes under <c>/api</c> become problem+json. Pages have their own error page.</summary>
internal sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        Problem? problem;
        try
        {
            await next(http).ConfigureAwait(false);
            problem = http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null or 0 }
                ? Problems.OfStatus(http.Response.StatusCode)
                : null;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            problem = Of(fault);
            if (problem.Status == StatusCodes.Status500InternalServerError)
            {
                LogFailed(fault, http.Request.Method, http.GetEndpoint()?.DisplayName ?? "unknown");
            }

            http.Response.Clear();
        }

        if (problem is not null)
        {
            await problem.ExecuteAsync(http).ConfigureAwait(false);
        }
    }

    /// <summary>What the Writer throws when it does not take a write; null for every other exception.</summary>
    public static Problem? OfWriter(Exception fault) => fault switch
    {
        WriterBusyException => Problems.Busy(),
        LedgerMismatchException => Problems.LedgerMismatch(),
        StorageException => Problems.Storage(),
        _ => null,
    };

    private static Problem Of(Exception fault) =>
        OfWriter(fault) ?? Problems.OfStatus(fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError);

    [LoggerMessage(EventId = 5000, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private partial void LogFailed(Exception fault, string method, string endpoint);
}
