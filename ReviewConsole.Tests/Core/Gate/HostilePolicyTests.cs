using System.Diagnostics;
using System.Text;
using ReviewConsole.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>Files that would cost time or memory, or hide something, are refused at once, with the place and what to do.</summary>
public sealed class HostilePolicyTests
{
    private const string Head = "extends: default\npolicy: mine\nversion: 1\n";

    public static TheoryData<string, int, int, string> Files => new()
    {
        { Head + "rules:\n" + Repeat("  - { rule: r, when: { field: kind, missing: true }, then: {} }\n", 170_000), 1, 1, "Is longer than 1,048,576 bytes" },
        { Head + "rules:\n" + string.Concat(Enumerable.Range(0, 2_500).Select(i => $"  - {{ rule: r{i}, when: {{ field: kind, missing: true }}, then: {{}} }}\n")), 5, 3, "2,000 are the most" },
        { Head + "rules: [" + Repeat("a,", 400_000) + "]\n", 4, 119_991, "Has more than 60,000 values" },
        { Head + "rules: " + Repeat("[", 300_000), 4, 45, "Is nested deeper than 40" },
        { Head + "rules: " + Repeat("{a: ", 200_000), 4, 156, "Is nested deeper than 40" },
        { Head + Repeat("a: &a [*a, *a]\n", 3), 4, 4, "Anchors and aliases" },
        { "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, 4, "Anchors and aliases" },
        { Head + "hold: !!int 5\n", 4, 7, "Tags are not used" },
        { Head + "hold: 5 s\n\0rules: []\n", 5, 1, "control character" },
        { Head + "hold: 99999999999999999999999999 d\n", 4, 7, "Must be a duration" },
        { "extends: default\npolicy: mine\nversion: 99999999999999999999\n", 3, 10, "Must be a whole number" },
        { Head + "rules:\n  - { rule: a, when: { field: impact.amount, above: 1e999 }, then: {} }\n", 5, 53, "plain number of at most 15 digits" },
        { Head + "rules:\n  - { rule: a, when: { field: impact.amount, above: 9999999999999999 }, then: {} }\n", 5, 53, "plain number of at most 15 digits" },
        { Head + "rules:\n  - rule: " + Repeat("n", 101) + "\n    when: { field: kind, missing: true }\n    then: {}\n", 5, 11, "more than 100 characters" },
        { Head + Pattern("(a{0,99}){99}b"), 5, 47, "too heavy" },
        { Head + Pattern("((((a{9}){9}){9}){9}){9}"), 5, 47, "too heavy" },
        { Head + Pattern("(x{1,2147483647}){2147483647}"), 5, 47, "too heavy" },
        { Head + Pattern("(?:" + Repeat("a?", 400) + ")" + Repeat("a", 400)), 5, 47, "too heavy" },
        { Head + Pattern("(?:\\\\w{1,100}){100}[^](]"), 5, 47, "too heavy" },
        { Head + Pattern("(?:\\\\w{1,100}){100}(?#()"), 5, 47, "without comments" },
        { Head + Pattern("(?x)(?:\\\\w{1,100}){100}#(\\n"), 5, 47, "without comments" },
        { Head + Pattern("(?i-x:(?:\\\\w{1,100}){100})"), 5, 47, "without comments" },
        { Head + Pattern("\\\\c[(?:\\\\w{1,100}){100}]"), 5, 47, "without comments" },
        { Head + Pattern("(?:\\\\w{1,100}[a-[])]]){100}"), 5, 47, "without comments" },
        { Head + Pattern("(?:\\\\w{1,100}[\\\\])]){100}"), 5, 47, "too heavy" },
        { Head + "rules:\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"  - {{ rule: r{i}, when: {{ not: {{ field: title, matches: 'a{{0,249}}b' }} }}, then: {{}} }}\n")), 25, 5, "fewer, shorter" },
        { Head + Pattern("(a+)\\\\1"), 5, 47, "linear time" },
        { Head + Pattern("(?=a)"), 5, 47, "linear time" },
        { Head + "rules:\n  - rule: a\n    then: {}\n", 5, 5, "Is required" },
        { "policy: [", 2, 1, "Not YAML" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_quickly_with_its_place_and_a_cure(string text, int line, int column, string cure)
    {
        var start = Stopwatch.GetTimestamp();
        var reading = PolicyReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.Null(reading.Policy);
        var error = reading.Errors[0];
        Assert.Contains(cure, error.ToString(), StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"line {line}, column {column}, ", error.ToString(), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void A_file_is_read_no_further_than_it_may_be_long()
    {
        using var endless = new Endless();

        Assert.Contains("Is longer than", PolicyReader.Read(endless).Errors.Single().Detail, StringComparison.Ordinal);
        Assert.True(endless.Asked <= PolicyText.MaxBytes + 1);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_named_with_their_place()
    {
        var error = PolicyReader.Read(new MemoryStream([.. "policy: x\nname: "u8, 0xff])).Errors.Single();

        Assert.Equal((2, 7), (error.Line, error.Column));
        Assert.Contains("save the file as UTF-8", error.Detail, StringComparison.Ordinal);
        Assert.Empty(PolicyReader.Read(new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Head + "hold: 1 s")])).Errors);
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("[a-z{}]{3}", 3)]
    [InlineData("(ab|c){2,5}x", 26)]
    [InlineData("\\d{4}-\\d{2}", 7)]
    [InlineData("a{2,}", 3)]
    [InlineData("((a{3}){3}){3}", 39)]
    [InlineData("x{y}", 4)]
    [InlineData("[]{9}]{3}", 3)]
    [InlineData("[\\]{9}]{3}", 3)]
    [InlineData("\\(?#x", 4)]
    [InlineData("(?i)(?<ax>b)", 10)]
    public void The_weight_of_a_pattern_is_what_it_has_with_its_counts_written_out(string pattern, long weight) => Assert.Equal(weight, PatternWeight.Of(pattern));

    [Fact]
    public void As_many_heavy_patterns_as_a_file_may_have_stay_bearable_over_the_longest_text()
    {
        var rules = string.Concat(Enumerable.Range(0, PatternWeight.MostInFile / 250).Select(i => $"  - {{ rule: r{i}, when: {{ field: draft.content, matches: '(a|b|ab){{0,{28 + (i % 3)}}}c.*d{i % 10}' }}, then: {{}} }}\n"));
        var policy = GateCases.Policy("rules:\n" + rules);
        var start = Stopwatch.GetTimestamp();

        GateCases.Ask(Drafted(new string('a', Comparison.MaxText)), policy: policy);

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void Heavy_patterns_over_a_long_text_stay_quick_and_over_a_longer_one_are_unknown()
    {
        var rules = string.Concat(Enumerable.Range(0, 20).Select(i => $"  - {{ rule: r{i}, when: {{ field: draft.content, matches: '.*(a|b|ab){{0,30}}c.*d{i}' }}, then: {{}} }}\n"));
        var policy = GateCases.Policy("rules:\n" + rules);
        var text = new string('a', Comparison.MaxText);
        var start = Stopwatch.GetTimestamp();

        var known = GateCases.Ask(Drafted(text), policy: policy);
        var unknown = GateCases.Ask(Drafted(text + "a"), policy: policy);

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"took {Stopwatch.GetElapsedTime(start)}");
        Assert.Empty(known.Reasons);
        Assert.Equal((Verdict.Review, "Not known: draft.content"), (unknown.Verdict, unknown.Reasons[0]));
    }

    private static ReviewConsole.Core.Proposals.Proposal Drafted(string text) =>
        GateCases.Certain() with { Draft = new(ReviewConsole.Core.Proposals.DraftFormat.Text, text) };

    private static string Pattern(string pattern) => $"rules:\n  - {{ rule: a, when: {{ field: title, matches: \"{pattern}\" }}, then: {{}} }}\n";

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private sealed class Endless : MemoryStream
    {
        public long Asked { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'a');
            Asked += buffer.Length;
            return buffer.Length;
        }
    }
}
