using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Api;
using Xunit;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>A link in evidence opens nothing by itself; the page behind it names the host before a browser goes there.</summary>
public sealed class LeaveTests
{
    [Theory]
    [InlineData("https://shop.alderway.example/packs?x=1#y", "https://shop.alderway.example/packs?x=1#y")]
    [InlineData("https://pay.аlderway.example/", "https://pay.xn--lderway-1fg.example/")]
    [InlineData("https://shop.alderway.example@evil.example/a", "https://evil.example/a")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/")]
    [InlineData(" https://a.example/\tb", "https://a.example/b")]
    [InlineData("mailto:care@alderway.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("java\nscript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//evil.example/", null)]
    [InlineData("/queue", null)]
    [InlineData("https:///", null)]
    public void Only_an_address_of_the_web_can_be_opened_and_its_host_is_in_punycode(string written, string? opened)
    {
        var address = LinkTarget.Of(written).Address;
        Assert.Equal(opened, address);
        Assert.All(address ?? "", letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public async Task The_page_names_the_host_and_leads_there_without_a_referrer()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync(body => body["evidence"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "page", ["kind"] = "link", ["title"] = "The page", ["content"] = new JsonObject { ["uri"] = "https://pay.аlderway.example/refund" },
        }));
        var person = await world.Console.PersonAsync("reviewer");
        var last = review["id"] + "/1/" + (ApiWorld.Refund()["evidence"]!.AsArray().Count);

        using var answer = await ApiWorld.GetAsync(person, $"/evidence/{last}/link");
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("pay.xn--lderway-1fg.example", page.QuerySelector(".rc-leave-host")!.TextContent);
        Assert.NotNull(page.QuerySelector(".rc-banner"));
        var away = page.QuerySelectorAll("a").Single(link => link.GetAttribute("href")!.StartsWith("http", StringComparison.Ordinal));
        Assert.Equal(("https://pay.xn--lderway-1fg.example/refund", "noopener noreferrer"), (away.GetAttribute("href"), away.GetAttribute("rel")));

        using var other = await ApiWorld.GetAsync(person, $"/evidence/{review["id"]}/1/0/link");
        Assert.DoesNotContain("rc-leave-host", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var anonymous = await ApiWorld.GetAsync(world.Console.Anonymous(), $"/evidence/{last}/link");
        Assert.NotEqual(HttpStatusCode.OK, anonymous.StatusCode);
    }
}
