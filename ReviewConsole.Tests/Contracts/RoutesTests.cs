using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.SignIn;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Contracts;

/// <summary>Every door of the server and who may open it; every role and what it may do.</summary>
public sealed class RoutesTests
{
    private static readonly string[] s_foreign = ["_framework", "_blazor", "_content"];

    [Fact]
    public async Task Every_route_asks_for_what_was_approved()
    {
        await using var console = await RunningConsole.StartAsync();
        var endpoints = console.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        Approved.Is("routes.approved.txt", endpoints.Where(IsOurs).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_role_may_do_what_was_approved() => Approved.Is(
        "permissions.approved.txt",
        Enum.GetValues<Role>().Select(static role => $"{role.Name()}: {string.Join(", ", role.Grants().Order().Select(static permission => permission.Name()))}"));

    /// <summary>Neither pages, which are guarded and tried where they are written, nor the framework's own doors, nor static files, whose names change with their content.</summary>
    private static bool IsOurs(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        && endpoint.RoutePattern.RawText is { } path && !path.Contains('*', StringComparison.Ordinal) && !Path.HasExtension(path)
        && s_foreign.All(part => !path.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string> Lines(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"];
        var callers = endpoint.Metadata.GetMetadata<CallerRequirement>();
        var who = callers is null
            ? endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "anybody"
                : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } data ? "signed in" + string.Concat(data.Select(static d => d.Policy is null ? "" : $" ({d.Policy})"))
                : "anybody"
            : string.Join(" or ", new[]
            {
                callers.Scope is null ? null : $"key {callers.Scope}",
                callers.People ? callers.Permission is { } permission ? $"person {permission.Name()}" : "person" : null,
            }.Where(static part => part is not null));
        return methods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}: {who}");
    }
}
