using System.Text.RegularExpressions;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.House;

/// <summary>What only the source tree shows: its layout (DESIGN.md §4.4), who writes SQL (§4.5, rule 4), and where the law of the build stands (rule 5).</summary>
public sealed partial class SourceTests
{
    private static readonly string[] s_notOurs = ["bin", "obj", ".git", "artifacts", "data", "TestResults", ".vs", ".idea"];

    private static readonly string[] s_top =
    [
        ".ci", "ReviewConsole", "ReviewConsole.Benchmarks", "ReviewConsole.Client", "ReviewConsole.Core", "ReviewConsole.Tests", "build", "docs", "wwwroot-assets",
    ];

    private static readonly string[] s_banned = ["Services", "Helpers", "Utils", "Utilities", "Managers", "Common", "Misc"];

    [Fact]
    public void The_top_of_the_tree_is_as_designed() => Assert.Empty(
        Directory.EnumerateDirectories(Repository.Root).Select(folder => Path.GetFileName(folder)).Except(s_notOurs, StringComparer.Ordinal).Except(s_top, StringComparer.Ordinal));

    [Fact]
    public void Every_size_that_the_soak_sets_is_one_that_a_test_reads()
    {
        var sizes = File.ReadAllText(Path.Join(Repository.Root, ".ci", "soak")).Split([' ', '\n', '='], StringSplitOptions.RemoveEmptyEntries)
            .Where(static word => word.StartsWith("RC_", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var tests = Directory.EnumerateFiles(Path.Join(Repository.Root, "ReviewConsole.Tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        Assert.NotEmpty(sizes);
        Assert.All(sizes, size => Assert.Contains(tests, text => text.Contains($"\"{size}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Folders_are_rooms_of_the_domain() => Assert.DoesNotContain(Folders(Repository.Root), folder => s_banned.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Ledger_tables_are_written_by_the_ledger_alone()
    {
        var wrong = Sources("ReviewConsole", "ReviewConsole.Core").Where(file => LedgerWrite().IsMatch(File.ReadAllText(file)))
            .Select(Relative).Where(file => !file.StartsWith("ReviewConsole.Core/Ledger/", StringComparison.Ordinal));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Schema_scripts_are_numbered_one_by_one_and_no_number_stands_twice()
    {
        var numbers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "ReviewConsole.Core", "Store", "Schema"), "*.sql")
            .Select(static file => Path.GetFileName(file)[..4]).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(1, Schema.Version).Select(static number => $"{number:000}-"), numbers);
    }

    [Fact]
    public void Connections_that_can_write_are_opened_in_core_alone() => Assert.Empty(
        Sources("ReviewConsole").Where(file => WritableConnection().IsMatch(File.ReadAllText(file))).Select(Relative));

    [Fact]
    public void Screens_read_reviews_through_the_veil_alone() => Assert.Empty(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "ReviewConsole", "Components"), "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetExtension(file) is ".cs" or ".razor" && Unveiled().IsMatch(File.ReadAllText(file))).Select(Relative));

    [Fact]
    public void Keys_are_heard_in_one_place() => Assert.Equal(["wwwroot-assets/js/keys.js"],
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "wwwroot-assets", "js"), "*.js").Where(static file => KeyListener().IsMatch(File.ReadAllText(file))).Select(Relative));

    [Fact]
    public void The_law_is_in_the_build()
    {
        var build = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", build, StringComparison.Ordinal);
        Assert.Contains("<Nullable>enable</Nullable>", build, StringComparison.Ordinal);
        Assert.Contains("<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>", build, StringComparison.Ordinal);
        var banned = File.ReadAllText(Path.Combine(Repository.Root, "BannedSymbols.txt"));
        Assert.All(["DateTime.UtcNow", "DateTimeOffset.UtcNow", "Guid.NewGuid", "Thread.Sleep"], symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
    }

    [Fact]
    public void Style_sheets_name_roles_and_never_hues() => Assert.Empty(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "wwwroot-assets", "css"), "*.css").Where(file => Path.GetFileName(file) != "tokens.css")
            .Where(file => Hue().IsMatch(File.ReadAllText(file))).Select(Relative));

    [Fact]
    public void No_page_carries_an_inline_script() => Assert.Empty(
        Folders(Path.Combine(Repository.Root, "ReviewConsole")).SelectMany(folder => Directory.EnumerateFiles(folder, "*.razor"))
            .Where(file => InlineScript().IsMatch(File.ReadAllText(file))).Select(Relative));

    private static IEnumerable<string> Sources(params string[] projects) =>
        projects.SelectMany(project => Folders(Path.Combine(Repository.Root, project))).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs"));

    private static IEnumerable<string> Folders(string root) => Directory.EnumerateDirectories(root)
        .Where(folder => !s_notOurs.Contains(Path.GetFileName(folder), StringComparer.Ordinal)).SelectMany(Folders).Prepend(root);

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    [GeneratedRegex(@"\b(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|DROP\s+TABLE|ALTER\s+TABLE)\s+(ledger_|sealed\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LedgerWrite();

    [GeneratedRegex(@"SqliteOpenMode\.ReadWrite|Mode=ReadWrite", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WritableConnection();

    [GeneratedRegex(@"\bContentReader\b|Re(ader|views)\.Content\(|ReviewReader\.Timeline\(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unveiled();

    [GeneratedRegex(@"--rc-(red|amber|green|violet)-|#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hue();

    [GeneratedRegex(@"addEventListener\(\s*'key|\bonkey", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex KeyListener();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)[^>]*>|\son\w+=""(?!@)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InlineScript();
}
