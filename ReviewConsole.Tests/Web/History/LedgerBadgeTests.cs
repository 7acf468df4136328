using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Components.History;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Hosting;
using ReviewConsole.SignIn;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.History;

/// <summary>The badge says how much of the log was verified and when, and is green only while that is all of it and less than a day ago.</summary>
public sealed class LedgerBadgeTests : IAsyncLifetime
{
    private readonly ConsoleTestContext _context = new();
    private readonly TestDesk _desk;
    private readonly LedgerSigner _signer;
    private readonly LedgerWatch _watch;

    public LedgerBadgeTests()
    {
        _desk = new TestDesk(_context.Time);
        _signer = LedgerSigner.OpenOrCreate(Path.Combine(_desk.Store.Folder, "ledger.pem"), _desk.Store.Key.Origin);
        _watch = new LedgerWatch(
            _desk.Store.Database, _signer, new AnchorFile(Path.Combine(_desk.Store.Folder, "anchors")), _desk.Store.Writer, _context.Time, NullLogger<LedgerWatch>.Instance);
        _context.AddAuthorization();
        _context.Services.AddSingleton(_watch).AddSingleton(_desk.Queue);
        _context.Services.AddSingleton<PeopleDirectory>().AddSingleton<SessionPrincipal>().AddScoped<CurrentPerson>();
    }

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _watch.Dispose();
        _signer.Dispose();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task A_log_that_has_grown_since_it_was_verified_is_not_called_so()
    {
        await _watch.VerifyAsync(Cancelled);
        await _desk.PersonAsync("jonas");
        await IsAsync("some", "1 of 2 entries verified:");
    }

    [Fact]
    public async Task Green_turns_grey_with_the_first_new_entry_and_green_again_with_the_next_verification()
    {
        await _desk.PersonAsync("jonas");
        await _watch.VerifyAsync(Cancelled);
        var badge = await IsAsync("good", "2 entries VERIFIED");

        await _desk.SubmitAsync();
        _context.Time.Advance(TimeSpan.FromSeconds(2));
        await badge.WaitForAssertionAsync(() => Is(badge, "some", "2 of 3 entries verified:"));

        await _watch.VerifyAsync(Cancelled);
        _context.Time.Advance(TimeSpan.FromSeconds(2));
        await badge.WaitForAssertionAsync(() => Is(badge, "good", "3 entries VERIFIED"));
    }

    [Fact]
    public async Task Green_turns_grey_after_a_day()
    {
        await _desk.PersonAsync("jonas");
        await _watch.VerifyAsync(Cancelled);
        var badge = await IsAsync("good", "2 entries VERIFIED");
        _context.Time.Advance(TimeSpan.FromHours(24));
        Is(badge, "good", "2 entries VERIFIED");
        _context.Time.Advance(TimeSpan.FromSeconds(2));
        await badge.WaitForAssertionAsync(() => Is(badge, "old", "2 entries VERIFIED"));
    }

    [Fact]
    public async Task A_failing_verification_is_red_however_the_log_has_grown()
    {
        _desk.Spoiled = true;
        await _desk.PersonAsync("jonas");
        await _desk.Store.Writer.RunAsync(static scope => scope.Prepare("DELETE FROM sealed").ExecuteNonQuery(), Cancelled);
        await _desk.Store.Writer.RunAsync(
            static scope => scope.Prepare("INSERT INTO sealed (seq, name, salt, bytes) VALUES (1, 'person', zeroblob(32), x'00')").ExecuteNonQuery(), Cancelled);
        var badge = await IsAsync("none", "Not verified yet");
        await _watch.VerifyAsync(Cancelled);
        _context.Time.Advance(TimeSpan.FromSeconds(2));
        await badge.WaitForAssertionAsync(() => Assert.Equal("failed", badge.Find(".rc-badge").GetAttribute("data-state")));
        Assert.Matches("^2 entries, does not verify: \\S+ entry 1: ", string.Join(' ', badge.Find(".rc-badge").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private async Task<IRenderedComponent<LedgerBadge>> IsAsync(string state, string text)
    {
        var badge = _context.Render<LedgerBadge>();
        await badge.WaitForAssertionAsync(() => Is(badge, state, text));
        return badge;
    }

    private void Is(IRenderedComponent<LedgerBadge> badge, string state, string text)
    {
        var root = badge.Find(".rc-badge");
        Assert.Equal(state, root.GetAttribute("data-state"));
        Assert.StartsWith(text, string.Join(' ', root.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        if (_watch.Last is { } last)
        {
            Assert.Equal(last.At.ToString(CultureInfo.InvariantCulture), root.QuerySelector("time")!.GetAttribute("data-at"));
        }
    }
}
