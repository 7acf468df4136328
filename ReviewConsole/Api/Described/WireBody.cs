namespace ReviewConsole.Api.Described;

/// <summary>The schema of a body, by its name in wire-schemas.json; <paramref name="Status"/> is null for what is sent.</summary>
internal sealed record WireBody(int? Status, string Schema);

internal static class WireBodies
{
    /// <summary>Says what is sent, and that it is JSON.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, string schema) =>
        endpoint.Accepts<object>("application/json").WithMetadata(new WireBody(null, schema));

    /// <summary>Says what comes back.</summary>
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder endpoint, string schema, int status = StatusCodes.Status200OK) =>
        endpoint.Produces(status).WithMetadata(new WireBody(status, schema));
}
