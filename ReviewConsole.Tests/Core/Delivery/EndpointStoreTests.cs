using System.Collections.Frozen;
using System.Text;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

public sealed class EndpointStoreTests
{
    private const string Url = "https://agent.example.org/hooks";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_url_is_sealed_the_secret_hidden_and_the_entry_holds_an_id()
    {
        await using var room = DeliveryHarness.Open();
        var secret = await room.AddEndpointAsync("orders", Url);
        Assert.True(room.Names.Takes("orders"));
        Assert.True(WebhookSecret.TryParse(secret, out var key));

        using (var reader = new LedgerReader(room.Database.Open()))
        {
            var entry = Encoding.UTF8.GetString(reader.Entry(0)!);
            Assert.Matches("""
                "data":\{"endpoint":"e1","secret":"[0-9a-f]{64}"\}
                """, entry);
            Assert.DoesNotContain("agent.example.org", entry, StringComparison.Ordinal);
            Assert.DoesNotContain("orders", entry, StringComparison.Ordinal);
            Assert.Equal(Url, Encoding.UTF8.GetString(reader.Opening(0, "url")!));
            Assert.Equal("orders", Encoding.UTF8.GetString(reader.Opening(0, "name")!));
        }

        await room.StopAsync();
        byte[] file = [.. Directory.GetFiles(Path.GetDirectoryName(room.DatabaseFile)!, "console.db*").SelectMany(File.ReadAllBytes)];
        Assert.True(file.AsSpan().IndexOf(key.Key.Span) < 0);
        Assert.True(file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret[6..])) < 0);
        Assert.True(file.AsSpan().IndexOf(room.Box.Protect(key.Key.ToArray())) > 0);
    }

    [Fact]
    public async Task For_a_day_after_a_rotation_both_secrets_sign()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        WebhookSecret.TryParse(await room.AddEndpointAsync("orders", receiver.Url), out var first);
        WebhookSecret.TryParse(Assert.IsType<EndpointAnswer.Done>(await room.Endpoints.RotateAsync(Actor.System, "cli", "orders", Token)).Secret, out var second);
        room.Start();
        await room.TellAsync("orders");
        await room.PassAsync(Endpoint.RotationOverlap);
        await room.TellAsync("orders");
        await room.QuietAsync();

        var calls = receiver.Calls.ToArray();
        Assert.Equal(WebhookSignature.Of(calls[0].Id, calls[0].Timestamp, calls[0].Body, [second!, first!]), calls[0].Signature);
        Assert.Equal(WebhookSignature.Of(calls[1].Id, calls[1].Timestamp, calls[1].Body, [second!]), calls[1].Signature);
        Assert.Equal(["endpointAdded", "endpointRotated"], room.EntryTypes());
    }

    [Fact]
    public async Task A_name_is_taken_until_its_endpoint_is_removed_and_then_everything_of_it_is_gone()
    {
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", Url);
        Assert.IsType<EndpointAnswer.NameTaken>(await room.Endpoints.AddAsync(Actor.System, "cli", "orders", "https://other.example.org/", Token));
        await room.TellAsync("orders");

        Assert.IsType<EndpointAnswer.Done>(await room.Endpoints.RemoveAsync(Actor.System, "cli", "orders", Token));
        Assert.False(room.Names.Takes("orders"));
        Assert.Empty(room.Endpoints.All());
        Assert.Equal(1, room.Scalar("SELECT count(*) FROM endpoint WHERE url = '' AND secret = x'' AND previous IS NULL"));
        Assert.Equal("endpoint-removed", Assert.Single(room.Outbox.DeadLetters(null, 9)).Fault);

        await room.AddEndpointAsync("orders", "https://other.example.org/");
        Assert.Equal((2L, "e2"), (room.Endpoints.All().Single().Number, room.Endpoints.All().Single().Id));
        Assert.Equal(["endpointAdded", "endpointRemoved", "endpointAdded"], room.EntryTypes());
    }

    [Fact]
    public async Task What_is_wrong_is_refused_and_records_nothing()
    {
        await using var room = DeliveryHarness.Open(development: false);
        Assert.IsType<EndpointAnswer.Invalid>(await room.Endpoints.AddAsync(Actor.System, "cli", "", Url, Token));
        Assert.IsType<EndpointAnswer.Invalid>(await room.Endpoints.AddAsync(Actor.System, "cli", " orders", Url, Token));
        Assert.IsType<EndpointAnswer.Invalid>(await room.Endpoints.AddAsync(Actor.System, "cli", "orders\n", Url, Token));
        Assert.IsType<EndpointAnswer.Invalid>(await room.Endpoints.AddAsync(Actor.System, "cli", new string('x', 201), Url, Token));
        Assert.IsType<EndpointAnswer.Invalid>(await room.Endpoints.AddAsync(Actor.System, "cli", "orders", "http://agent.example.org/", Token));
        Assert.IsType<EndpointAnswer.Invalid>(await room.Endpoints.AddAsync(Actor.System, "cli", "orders", "https://169.254.169.254/", Token));
        Assert.IsType<EndpointAnswer.Unknown>(await room.Endpoints.RotateAsync(Actor.System, "cli", "orders", Token));
        Assert.IsType<EndpointAnswer.Unknown>(await room.Endpoints.RemoveAsync(Actor.System, "cli", "orders", Token));
        Assert.Empty(room.EntryTypes());
    }

    [Theory]
    [InlineData(Role.Supervisor, true)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Reviewer, false)]
    [InlineData(Role.Compliance, false)]
    internal async Task Only_who_manages_delivery_changes_endpoints(Role role, bool may)
    {
        await using var room = DeliveryHarness.Open();
        var person = new PersonActor("p1", "s", "s@example.org", "S", new[] { role }.ToFrozenSet(), role.Grants(), "session");
        var answer = await room.Endpoints.AddAsync(person, "screen", "orders", Url, Token);
        Assert.Equal(may, answer is EndpointAnswer.Done);
        Assert.Equal(!may, answer is EndpointAnswer.NotPermitted);
        Assert.Equal(may ? 1 : 0, room.EntryTypes().Count);
    }

    [Fact]
    public async Task Endpoints_are_there_again_after_a_restart()
    {
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", Url);
        await room.RestartAsync();
        Assert.True(room.Names.Takes("orders"));
    }
}
