using System.Security.Cryptography;
using System.Text;
using ReviewConsole.Client;
using Xunit;

namespace ReviewConsole.Tests.Api;

public sealed class ClientWebhookTests
{
    // The vector of the Standard Webhooks specification, as the contract quotes it.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Stamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string OtherSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static readonly byte[] s_body = "{\"test\": 2432232314}"u8.ToArray();
    private static readonly DateTimeOffset s_then = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void The_published_vector_verifies() => Assert.True(WebhookVerifier.Verify(Secret, Id, Stamp, s_body, Signature, s_then));

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void The_time_may_be_five_minutes_off(int seconds, bool expected)
        => Assert.Equal(expected, WebhookVerifier.Verify(Secret, Id, Stamp, s_body, Signature, s_then.AddSeconds(seconds)));

    [Fact]
    public void Rotation_works_from_either_side()
    {
        Assert.True(WebhookVerifier.Verify([OtherSecret, Secret], Id, Stamp, s_body, Signature, s_then));
        Assert.True(WebhookVerifier.Verify(Secret, Id, Stamp, s_body, $"v1a,xxxx v1,AAAA {Signature}", s_then));
        Assert.False(WebhookVerifier.Verify([], Id, Stamp, s_body, Signature, s_then));
    }

    [Theory]
    [InlineData("msg_other", Stamp, Signature)]
    [InlineData("", Stamp, Signature)]
    [InlineData(Id, "1614265331", Signature)]
    [InlineData(Id, "", Signature)]
    [InlineData(Id, "99999999999999999", Signature)]
    [InlineData(Id, "-1", Signature)]
    [InlineData(Id, Stamp, "")]
    [InlineData(Id, Stamp, "v1,")]
    [InlineData(Id, Stamp, "v1,not base64")]
    [InlineData(Id, Stamp, "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(Id, Stamp, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(Id, Stamp, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=")]
    public void Anything_else_does_not(string id, string stamp, string signature)
        => Assert.False(WebhookVerifier.Verify(Secret, id, stamp, s_body, signature, s_then));

    [Fact]
    public void A_changed_body_or_secret_does_not()
    {
        Assert.False(WebhookVerifier.Verify(Secret, Id, Stamp, [.. s_body, (byte)' '], Signature, s_then));
        Assert.False(WebhookVerifier.Verify(OtherSecret, Id, Stamp, s_body, Signature, s_then));
    }

    [Fact]
    public void A_delivery_is_read_as_an_outcome_or_a_question()
    {
        var decided = Deliver("""{"type":"review.decided","timestamp":"2026-01-02T03:04:05.678Z","data":{"reviewId":"r1","decision":"rejected","instruction":"cancel"}}""");
        Assert.Equal((Decision.Rejected, Instruction.Cancel), (decided.Outcome()!.Decision, decided.Outcome()!.Instruction));
        Assert.Null(decided.Question());

        var returned = Deliver("""{"type":"review.returned","timestamp":"2026-01-02T03:04:05.678Z","data":{"reviewId":"r1","revision":1,"question":"Which?"}}""");
        Assert.Null(returned.Outcome());
        Assert.Equal("Which?", returned.Question());

        Assert.Throws<WebhookRejectedException>(() => WebhookVerifier.Read([OtherSecret], Id, Stamp, s_body, Signature, s_then));
    }

    private static WebhookEvent Deliver(string body)
    {
        var mac = HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), Encoding.UTF8.GetBytes($"{Id}.{Stamp}.{body}"));
        return WebhookVerifier.Read([Secret], Id, Stamp, Encoding.UTF8.GetBytes(body), $"v1,{Convert.ToBase64String(mac)}", s_then);
    }
}
