using System.Text.RegularExpressions;
using System.Xml.Linq;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.House;

/// <summary>Words: both languages say the same things with the same placeholders, every word that a component asks for exists, none is left over.</summary>
public sealed partial class WordsTests
{
    private static readonly string s_host = Path.Combine(Repository.Root, "ReviewConsole");

    public static TheoryData<string> Rooms => [.. Files("*Words.resx").Select(file => Path.GetRelativePath(s_host, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void German_says_what_english_says(string file)
    {
        var english = Words(Path.Combine(s_host, file));
        var german = Words(Path.Combine(s_host, Path.ChangeExtension(file, ".de.resx")));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), german.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, word => Assert.Equal(Placeholders(word.Value), Placeholders(german[word.Key])));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Every_word_asked_for_exists_and_every_word_is_asked_for(string file)
    {
        var room = Path.GetFileNameWithoutExtension(file);
        var words = Words(Path.Combine(s_host, file)).Keys.ToHashSet(StringComparer.Ordinal);
        var literals = Files("*.razor").Concat(Files("*.cs")).Select(File.ReadAllText).SelectMany(text => Literal().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var askers = Files("*.razor").Select(File.ReadAllText).Where(text => text.Contains($"IStringLocalizer<{room}> T", StringComparison.Ordinal));
        var asked = askers.SelectMany(text => Asked().Matches(text)).ToList();

        var missing = asked.Where(match => match.Groups["plus"].Success ? !words.Any(word => word.StartsWith(match.Groups["key"].Value, StringComparison.Ordinal)) : !words.Contains(match.Groups["key"].Value))
            .Select(match => match.Groups["key"].Value).Distinct(StringComparer.Ordinal);
        Assert.Empty(missing);

        var computed = asked.Where(match => match.Groups["plus"].Success).Select(match => match.Groups["key"].Value).ToList();
        var prefixes = literals.Where(literal => literal.EndsWith('.')).Concat(computed).ToList();
        var left = words.Where(word => !literals.Contains(word) && !prefixes.Any(prefix => word.StartsWith(prefix, StringComparison.Ordinal)));
        if (room != nameof(KeyWords))
        {
            Assert.Empty(left);
        }
    }

    [Fact]
    public void Every_key_of_the_catalogue_has_its_words()
    {
        var words = Words(Path.Combine(s_host, "Components", "Keys", "KeyWords.resx")).Keys.ToHashSet(StringComparer.Ordinal);
        Assert.Empty(KeyScopes.All.SelectMany(scope => scope.Bindings).Where(binding => KeyBinding.Choice(binding.Command) <= 1)
            .Select(binding => binding.Command.ToString()).Concat(KeyScopes.All.Select(scope => "Scope." + scope.Name)).Distinct(StringComparer.Ordinal).Except(words, StringComparer.Ordinal));
    }

    [Fact]
    public void No_scope_binds_a_key_twice() => Assert.All(KeyScopes.All, scope =>
        Assert.Empty(scope.Bindings.SelectMany(binding => binding.Keys).GroupBy(key => key, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{scope.Name}: {group.Key}")));

    [Fact]
    public void Every_icon_that_is_named_was_drawn()
    {
        var named = Files("*.razor").Select(File.ReadAllText).SelectMany(text => IconName().Matches(text)).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        Assert.Empty(named.Except(IconShapes.All.Keys, StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Words(string file) => XDocument.Load(file).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static string Placeholders(string text) => string.Concat(Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(s_host, pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("""\bT\["(?<key>[^"]+)"(?<plus>\s*\+)?""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex("\"([A-Za-z][A-Za-z0-9.]*)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("\\bIcon( Name)?=\"(?<name>[a-zA-Z-]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IconName();
}
