using ReviewConsole.Hosting;

namespace ReviewConsole.Tests.Support;

/// <summary>The default policy with a few lines of a test's own, as a file that a console starts with.</summary>
internal sealed class PolicyFile : IDisposable
{
    /// <summary>Reviews with the tag <c>first</c> are committed first.</summary>
    public const string CommitFirst = """
        rules:
          - { rule: first, when: { field: tags, contains: first }, then: { verdict: review, commitFirst: true } }
        """;

    private readonly TemporaryFolder _folder = new();

    public PolicyFile(string lines) => File.WriteAllText(Place, "extends: default\npolicy: test\nversion: 1\n" + lines);

    private string Place => Path.Combine(_folder.Path, "policy.yaml");

    public HostSettings Use(HostSettings settings) =>
        settings with { Configuration = new Dictionary<string, string?>(settings.Configuration, StringComparer.OrdinalIgnoreCase) { ["Policy:File"] = Place } };

    public void Dispose() => _folder.Dispose();
}
