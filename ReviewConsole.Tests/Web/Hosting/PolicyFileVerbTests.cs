using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary><c>policy export</c> and <c>policy import</c>: a policy in a repository of its own, beside a running server and without one.</summary>
public sealed class PolicyFileVerbTests : IDisposable
{
    private const string Text = "# Ours: ä, tabs\tand CRLF\r\nextends: default   # and nothing else\npolicy: mine\nversion: 7\n\nhold: 4 s\n# the end, without a line break";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_imported_goes_the_ordinary_way_and_is_exported_byte_by_byte_as_it_was_published()
    {
        await using var console = await RunningConsole.StartAsync(settings => settings with { Data = Data });
        await console.PersonAsync("author");
        await console.PersonAsync("publisher");
        var desk = console.Services.GetRequiredService<PolicyDesk>();
        var file = await WriteAsync(Text);

        var imported = await RunAsync("policy", "import", file, "--by", "Author@example.org");
        var draft = desk.Read().Policies[^1];
        Assert.Equal((0, "", $"mine 7, {draft.Digest}: draft {draft.Id}\n"), (imported.Exit, imported.Error, imported.Output));
        Assert.Equal((PolicyState.Draft, Text), (draft.State, draft.Text));
        Assert.EndsWith($": there already, draft {draft.Id}\n", (await RunAsync("policy", "import", file, "--by", "author")).Output, StringComparison.Ordinal);

        // Not its author, whatever other roles they have; somebody else.
        var people = console.Services.GetRequiredService<PeopleDirectory>();
        Assert.Equal([people.BySubject("author")!.Id], draft.Authors);
        Assert.Equal(64, (await RunAsync("policy", "export", "--version", "7", "--name", "mine", "--out", _folder.File("none.yaml"))).Exit);
        var published = await desk.PublishAsync(await ActorAsync(console, "publisher"), draft.Number, draft.Digest, null, "As agreed.", Cancelled);
        Assert.Null(published.Refusal);

        var exported = await RunAsync("policy", "export", "--out", _folder.File("out.yaml"));
        Assert.Equal((0, "", $"mine 7, {draft.Digest}\n"), (exported.Exit, exported.Error, exported.Output));
        Assert.Equal(Encoding.UTF8.GetBytes(Text), await File.ReadAllBytesAsync(_folder.File("out.yaml"), Cancelled));
        Assert.EndsWith($": in force already, {draft.Id}\n", (await RunAsync("policy", "import", _folder.File("out.yaml"), "--by", "author")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("policy", "export", "--name", "default", "--version", "1", "--out", _folder.File("shipped.yaml"))).Exit);
        Assert.Equal(ReviewConsole.Core.Gate.PolicyReader.Default.Text, await File.ReadAllTextAsync(_folder.File("shipped.yaml"), Cancelled));
        Assert.Equal(0, (await RunAsync("ledger", "verify")).Exit);
    }

    [Fact]
    public async Task Without_a_server_the_verb_takes_the_folder_itself_and_who_may_not_is_refused_in_words()
    {
        await using (var console = await RunningConsole.StartAsync(settings => settings with { Data = Data }))
        {
            await console.PersonAsync("author");
            await console.PersonAsync("reviewer");
        }

        var file = await WriteAsync(Text);
        var (nobody, reviewer) = (await RunAsync("policy", "import", file, "--by", "nobody"), await RunAsync("policy", "import", file, "--by", "reviewer"));
        Assert.Equal((1, 1), (nobody.Exit, reviewer.Exit));
        Assert.Contains("'nobody' is the e-mail or subject of nobody here", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("'reviewer' may not draft policies", reviewer.Error, StringComparison.Ordinal);

        Assert.Matches("^mine 7, sha256:[0-9a-f]{64}: draft d2\n$", (await RunAsync("policy", "import", file, "--by", "author")).Output);
        var malformed = await RunAsync("policy", "import", await WriteAsync(Text.Replace("4 s", "long", StringComparison.Ordinal)), "--by", "author");
        Assert.Equal((2, "line 6, column 7, hold: Must be a duration like “10 s”, “15 min”, “24 h” or “7 d”.\n"), (malformed.Exit, malformed.Output));
        Assert.Equal(64, (await RunAsync("policy", "import", _folder.File("missing.yaml"), "--by", "author")).Exit);
        var folder = await RunAsync("policy", "export", "--out", Path.Combine(_folder.File("missing"), "out.yaml"));
        Assert.Equal(1, folder.Exit);
        Assert.Contains("name another file with --out", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_file_says_what_is_in_force_nothing_is_imported_and_everything_exported()
    {
        using var locking = new PolicyFile("hold: 3 s\n");
        await using var console = await RunningConsole.StartAsync(settings => locking.Use(settings with { Data = Data }));
        await console.PersonAsync("author");

        var refused = await RunAsync("policy", "import", await WriteAsync(Text), "--by", "author");

        Assert.Equal((1, ""), (refused.Exit, refused.Output));
        Assert.Contains("locked here: change the file, and start again", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("policy", "export", "--out", _folder.File("out.yaml"))).Exit);
        Assert.Equal("extends: default\npolicy: test\nversion: 1\nhold: 3 s\n", await File.ReadAllTextAsync(_folder.File("out.yaml"), Cancelled));
    }

    private Task<ProcessResult> RunAsync(params string[] verb) => InProcessShell.RunAsync([.. verb, "--data", Data]);

    private async Task<string> WriteAsync(string text)
    {
        var file = _folder.File("policy.yaml");
        await File.WriteAllTextAsync(file, text, Cancelled);
        return file;
    }

    private static async Task<PersonActor> ActorAsync(RunningConsole console, string subject)
    {
        var person = console.Services.GetRequiredService<PeopleDirectory>().BySubject(subject)!;
        var (signedIn, session) = (await console.Services.GetRequiredService<PeopleStore>().SignInAsync(person.Subject, person.Email, person.Name, person.Roles, TimeSpan.FromHours(1), Cancelled))!.Value;
        return signedIn.Actor(session.Id);
    }
}
