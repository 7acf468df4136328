using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ReviewConsole.Tests.Support;

/// <summary>What tests ask of an answer.</summary>
internal static class Answers
{
    /// <summary>It is the problem of that name: status, media type, <c>no-store</c>, and a body that agrees with them. Answers the body.</summary>
    public static async Task<JsonObject> ProblemAsync(HttpResponseMessage answer, int status, string name)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.EndsWith("/" + name, (string)problem["type"]!, StringComparison.Ordinal);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        return problem;
    }

    /// <summary>The body as an object, after a success.</summary>
    public static async Task<JsonObject> ObjectAsync(HttpResponseMessage answer, int status = 200)
    {
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }
}
