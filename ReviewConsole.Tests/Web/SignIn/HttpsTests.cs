using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.SignIn;

/// <summary>What changes when the console itself speaks https.</summary>
public sealed class HttpsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_https_cookies_are_bound_to_the_host_and_secure()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("certificate.pfx"), Certificate(), Cancelled);
        await using var console = await RunningConsole.StartAsync(settings => settings with
        {
            Urls = "https://127.0.0.1:0",
            Configuration = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Kestrel:Certificates:Default:Path"] = folder.File("certificate.pfx"),
                ["Kestrel:Certificates:Default:Password"] = "test",
            },
        });
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler) { BaseAddress = console.Address };
        using var form = new FormUrlEncodedContent([new("person", "reviewer")]);
        using var signedIn = await client.PostAsync(new Uri("/signin/development", UriKind.Relative), form, Cancelled);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var session = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Bound(session, "__Host-rc-session=");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Add("Cookie", session.Split(';')[0]);
        using var me = await client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Bound(Assert.Single(me.Headers.GetValues("Set-Cookie")), "__Host-rc-csrf=");
        Assert.Equal("max-age=31536000", me.Headers.GetValues("Strict-Transport-Security").Single());
    }

    private static void Bound(string cookie, string name)
    {
        Assert.StartsWith(name, cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var today = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(today.AddDays(-1), today.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, "test");
    }
}
