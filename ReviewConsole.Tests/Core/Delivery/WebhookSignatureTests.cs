using System.Text;
using ReviewConsole.Core.Delivery;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

public sealed class WebhookSignatureTests
{
    private const string VectorSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string VectorId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long VectorTime = 1614265330;
    private const string VectorSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    [Fact]
    public void The_published_vector_holds() =>
        Assert.Equal(VectorSignature, WebhookSignature.Of(VectorId, VectorTime, s_body, [Parse(VectorSecret)]));

    [Fact]
    public void While_rotating_both_secrets_sign_the_newest_first()
    {
        var fresh = WebhookSecret.Create();
        var parts = WebhookSignature.Of(VectorId, VectorTime, s_body, [fresh, Parse(VectorSecret)]).Split(' ');
        Assert.Equal([WebhookSignature.Of(VectorId, VectorTime, s_body, [fresh]), VectorSignature], parts);
    }

    [Fact]
    public void Every_part_of_the_message_is_signed()
    {
        var secret = Parse(VectorSecret);
        string[] all =
        [
            VectorSignature,
            WebhookSignature.Of("msg_other", VectorTime, s_body, [secret]),
            WebhookSignature.Of(VectorId, VectorTime + 1, s_body, [secret]),
            WebhookSignature.Of(VectorId, VectorTime, s_body.AsSpan(1), [secret]),
            WebhookSignature.Of(VectorId, VectorTime, s_body, [WebhookSecret.Create()]),
        ];
        Assert.Distinct(all);
    }

    [Fact]
    public void A_secret_goes_through_its_text_and_hides_itself()
    {
        var secret = WebhookSecret.Create();
        Assert.Equal(32, secret.Key.Length);
        Assert.True(Parse(secret.Reveal()).Key.Span.SequenceEqual(secret.Key.Span));
        Assert.DoesNotContain(secret.Reveal()[6..], $"{secret}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa")]
    [InlineData("whsec_not base64 at all, is it, no no")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_secret_is_refused(string? text) => Assert.False(WebhookSecret.TryParse(text, out _));

    [Fact]
    public void No_secret_no_signature() => Assert.Throws<ArgumentOutOfRangeException>(() => WebhookSignature.Of("id", 1, s_body, []));

    private static WebhookSecret Parse(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new FormatException();
}
