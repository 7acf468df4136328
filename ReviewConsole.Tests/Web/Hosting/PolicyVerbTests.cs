using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary><c>policy test</c> and <c>policy backtest</c>: what they print and how they end.</summary>
public sealed class PolicyVerbTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task On_the_airline_set_the_report_is_what_an_independent_computation_says()
    {
        Assert.SkipUnless(RealInput.Find("airline-agent/reviews.jsonl") is not null, "The real material is not beside the repository.");
        var (reviews, truth) = (RealInput.Find("airline-agent/reviews.jsonl")!, RealInput.Find("airline-agent/truth.jsonl")!);
        var expected = Independent(reviews, truth);
        var sure = expected.Where(item => item.Signal == 1).ToList();
        var slips = sure.Where(item => !item.IsRight).ToList();
        Assert.Equal((152, 40, 10, 4), (expected.Count, sure.Count, sure.Select(item => item.Action).Distinct().Count(), slips.Count));

        var result = await InProcessShell.RunAsync(
            "policy", "backtest", await PolicyAsync(SurePolicy.Text()), "--reviews", reviews, "--truth", truth, "--signal", "self-consistency", "--json");
        Assert.Equal((0, ""), (result.Exit, result.Error));
        var report = JsonDocument.Parse(result.Output).RootElement;
        var proceed = report.GetProperty("verdicts")[0];
        Assert.Equal("proceed", proceed.GetProperty("verdict").GetString());
        AssertRate((sure.Count, expected.Count), proceed.GetProperty("items"));
        Assert.Equal(10, proceed.GetProperty("distinctActions").GetInt32());
        Assert.Equal(expected.Select(item => item.Action).Distinct().Count(), report.GetProperty("distinctActions").GetInt32());
        Assert.Equal(slips.Select(item => item.Id), report.GetProperty("slipped").GetProperty("first").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
        Assert.Equal(1, report.GetProperty("slipped").GetProperty("distinctActions").GetInt32());
        AssertShare((slips.Count, sure.Count), report.GetProperty("errors"));
        AssertRate((1, 10), report.GetProperty("distinctErrors"));
        Assert.All(slips, item => Assert.Contains("I6M8JQ", item.Action, StringComparison.Ordinal));

        var points = report.GetProperty("frontier").EnumerateArray().ToList();
        Assert.Equal([0.25, 0.5, 0.75, 1.0], points.Select(point => point.GetProperty("value").GetDouble()));
        Assert.All(points, point =>
        {
            var above = expected.Where(item => item.Signal >= point.GetProperty("value").GetDouble()).ToList();
            AssertRate((above.Count, expected.Count), point.GetProperty("proceeding"));
            AssertShare((above.Count(item => !item.IsRight), above.Count), point.GetProperty("errors"));
            Assert.Equal(above.Select(item => item.Action).Distinct().Count(), point.GetProperty("distinctProceeding").GetInt32());
        });

        var text = await InProcessShell.RunAsync("policy", "backtest", _folder.File("policy.yaml"), "--reviews", reviews, "--truth", truth);
        Assert.Contains("errors among what is let through: 4 of 40 labelled, 10.0 % (4.0 to 23.1)", text.Output, StringComparison.Ordinal);
        Assert.Contains("errors that slip: 4 items, 1 distinct actions", text.Output, StringComparison.Ordinal);
        Assert.Contains("cancel_reservation I6M8JQ", text.Output, StringComparison.Ordinal);
        Assert.Contains("refuses publishing: no-audit-sample, rule “sure”", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_truth_nothing_is_made_up_and_a_bad_line_is_named()
    {
        var policy = await PolicyAsync(SurePolicy.Text());
        await File.WriteAllLinesAsync(_folder.File("set.jsonl"), [Line("a", 1), "{ not JSON", "", Line("b", 0.5), Line("c", 1).Replace("\"kind\"", "\"kinds\"", StringComparison.Ordinal)], Cancelled);
        var result = await InProcessShell.RunAsync("policy", "backtest", policy, "--reviews", _folder.File("set.jsonl"));
        Assert.Equal(3, result.Exit);
        Assert.Equal(["line 2:", "line 5:"], result.Error.TrimEnd('\n').Split('\n').Select(line => line[..7]));
        Assert.Contains("on 2 items", result.Output, StringComparison.Ordinal);
        Assert.Contains("errors among what is let through: unknown, 0 of 1 have a label", result.Output, StringComparison.Ordinal);
        Assert.Contains("reviewer hours: not known", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truth_that_says_two_things_of_one_item_is_named_and_the_first_word_counts()
    {
        await File.WriteAllLinesAsync(_folder.File("set.jsonl"), [Line("a", 1), Line("b", 1), Line("c", 1)], Cancelled);
        await File.WriteAllLinesAsync(
            _folder.File("truth.jsonl"),
            ["""{"externalId":"a","actionWasExpected":false,"more":{"actionWasExpected":true}}""", """{"actionWasExpected":true,"externalId":"a"}""", "[]", """{"externalId":"b"}""", """{"externalId":1}"""],
            Cancelled);
        var result = await InProcessShell.RunAsync("policy", "backtest", await PolicyAsync(SurePolicy.Text()), "--reviews", _folder.File("set.jsonl"), "--truth", _folder.File("truth.jsonl"));
        Assert.Equal(3, result.Exit);
        Assert.Equal(["line 2: of the truth contradicts", "line 3: of the truth is not a JS", "line 5: of the truth has no exte"], result.Error.TrimEnd('\n').Split('\n').Select(line => line[..32]));
        Assert.Contains("labels: 0 right, 1 wrong, 2 without", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_beside_the_set_need_not_be_there()
    {
        var line = Line("a", 1).Replace("\"kind\":\"text\",\"content\":\"x\"", "\"kind\":\"image\",\"mediaType\":\"image/jpeg\",\"file\":\"a.jpg\"", StringComparison.Ordinal);
        Assert.Contains("a.jpg", line, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.File("set.jsonl"), line, Cancelled);
        var result = await InProcessShell.RunAsync("policy", "backtest", await PolicyAsync(SurePolicy.Text()), "--reviews", _folder.File("set.jsonl"));
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Contains("on 1 items", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused_and_a_mark_at_the_start_is_none_of_its_letters()
    {
        var policy = await PolicyAsync(SurePolicy.Text());
        await File.WriteAllTextAsync(_folder.File("set.jsonl"), Line("a", 1), Encoding.UTF8, Cancelled);
        Assert.Equal(0, (await InProcessShell.RunAsync("policy", "backtest", policy, "--reviews", _folder.File("set.jsonl"))).Exit);
        await File.WriteAllBytesAsync(_folder.File("set.jsonl"), new byte[20_000_000], Cancelled);
        var endless = await InProcessShell.RunAsync("policy", "backtest", policy, "--reviews", _folder.File("set.jsonl"));
        Assert.Equal((1, ""), (endless.Exit, endless.Output));
        Assert.Contains("Line 1 is longer than", endless.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recorded_reviews_of_a_folder_are_read_and_censored_ones_said()
    {
        await File.WriteAllLinesAsync(_folder.File("set.jsonl"), Enumerable.Range(0, 30).Select(i => Line($"i{i}", 1)), Cancelled);
        Assert.Equal(0, (await InProcessShell.RunAsync("import", _folder.File("set.jsonl"), "--data", _folder.File("data"))).Exit);
        var result = await InProcessShell.RunAsync("policy", "backtest", await PolicyAsync("extends: default\npolicy: ours\nversion: 2\n"), "--days", "1", "--data", _folder.File("data"));
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Contains("policy ours 2 on 30 items", result.Output, StringComparison.Ordinal);
        Assert.Contains("of 30; now: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("censored: 30 items proceeded before and nobody looked at one of them; no audit sample", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--days", "3", "--reviews", "x")]
    [InlineData("--truth", "x")]
    [InlineData("--reviews", "not-there.jsonl")]
    [InlineData("--days", "many")]
    public async Task What_does_not_go_together_is_usage(params string[] more)
    {
        var result = await InProcessShell.RunAsync(["policy", "backtest", await PolicyAsync(SurePolicy.Text()), .. more]);
        Assert.Equal((64, ""), (result.Exit, result.Output));
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_valid_policy_is_said_to_be_so_and_one_that_may_not_be_published_too()
    {
        var fine = await InProcessShell.RunAsync("policy", "test", await PolicyAsync("extends: default\npolicy: ours\nversion: 2\n"));
        Assert.Equal((0, ""), (fine.Exit, fine.Error));
        Assert.StartsWith("valid: ours 2, 16 rules, 7 actions, 0 findings, sha256:", fine.Output, StringComparison.Ordinal);
        var refused = await InProcessShell.RunAsync("policy", "test", await PolicyAsync(SurePolicy.Text()));
        Assert.Equal(3, refused.Exit);
        Assert.StartsWith("no-audit-sample, rule “sure”: ", refused.Output, StringComparison.Ordinal);
        Assert.Contains("may not be published", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_effect_of_the_files_own_rules_has_its_line()
    {
        var result = await InProcessShell.RunAsync("policy", "test", await PolicyAsync("""
            extends: default
            policy: ours
            version: 2
            rules:
              - rule: r
                when: { field: tags, contains: a }
                then: { verdict: block, risk: high, queue: legal, approvals: 2, skill: german, notBy: [editor, policyAuthor], evidence: [text, id/e], hold: 20 s, sla: 9 min, expiry: { after: 2 h, outcome: escalate },
                  rationale: 41, reasons: { approve: [POLICY_MET] }, message: "Ask\nfor less.", commitFirst: 0.25 }
              - { rule: auto, when: { field: kind, equals: refund }, then: { verdict: proceed }, automation: { instead: [outside], sample: 0.1 } }

            """));

        Assert.Equal(0, result.Exit);
        string[] said =
        [
            "verdict block", "risk high", "queue legal", "approvals 2", "skill german", "notBy editor, policyAuthor", "evidence text, id/e", "hold 20 s", "sla 9 min", "expiry after 120 min", "expiry outcome escalate",
            "rationale 41", "reasons approve POLICY_MET", "message \"Ask\\nfor less.\"", "commitFirst 0.25",
        ];
        Assert.Equal(
            [.. said.Select(static effect => "rule “r”: " + effect), "rule “auto”: verdict proceed", "rule “auto”: automation instead outside", "rule “auto”: automation sample 0.1"],
            result.Output.Split('\n').Where(static line => line.StartsWith("rule “", StringComparison.Ordinal)));
        Assert.StartsWith("valid: ours 2, ", result.Output.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_is_named_with_its_line_and_place()
    {
        var result = await InProcessShell.RunAsync("policy", "test", await PolicyAsync("extends: default\npolicy: ours\nversion: none\nhold: long\nrules:\n  - { rule: r, when: { field: amuont, above: 1 }, then: {} }\n  - { rule: s, when: { field: kind, missing: true }, then: { verdict: perhaps } }\n"));
        Assert.Equal(2, result.Exit);
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("line 3, ", StringComparison.Ordinal) && line.Contains("version: Must be a whole number", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("line 4, ", StringComparison.Ordinal) && line.Contains("hold: Must be a duration", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("line 6, ", StringComparison.Ordinal) && line.Contains("rules[0].when.field: There is no field “amuont”", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("line 7, ", StringComparison.Ordinal) && line.Contains("rules[1].then.verdict: Must be one of", StringComparison.Ordinal));
        Assert.Contains("4 errors, first line ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ten megabytes")]
    [InlineData("bomb")]
    [InlineData("anchors")]
    [InlineData("pattern")]
    public async Task What_would_cost_much_is_refused_quickly(string how)
    {
        var file = await PolicyAsync(how switch
        {
            "ten megabytes" => SurePolicy.Text() + string.Concat(Enumerable.Repeat("# nothing\n", 1_000_000)),
            "bomb" => "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"b{i}: &b{i} [{string.Join(", ", Enumerable.Repeat(i == 0 ? "*a" : $"*b{i - 1}", 9))}]\n")),
            "anchors" => string.Concat(Enumerable.Range(0, 30_000).Select(i => $"k{i}: &a{i} x\n")),
            _ => SurePolicy.Text("  - { rule: r, when: { field: kind, matches: '(a+)+(?=b)' }, then: { verdict: review } }\n"),
        });
        var watch = Stopwatch.StartNew();
        var result = await InProcessShell.RunAsync("policy", "test", file);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{how}: {new FileInfo(file).Length} bytes refused in {watch.ElapsedMilliseconds} ms: {result.Error.TrimEnd()[..Math.Min(150, result.Error.TrimEnd().Length)]}"));
        Assert.Equal(2, result.Exit);
        Assert.InRange(result.Output.Length, 0, 200_000);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_quick);
    }

    private async Task<string> PolicyAsync(string text)
    {
        await File.WriteAllTextAsync(_folder.File("policy.yaml"), text, Cancelled);
        return _folder.File("policy.yaml");
    }

    // Under the default policy this proceeds: post_invoice can be undone, and nothing else is the matter.
    private static string Line(string id, double signal) => JsonSerializer.Serialize(new
    {
        externalId = id,
        source = new { system = "bot" },
        kind = "extraction",
        action = new { name = "post_invoice", arguments = new { number = id, amount = "9.00", currency = "USD" } },
        impact = new { externallyVisible = false, affectsTrust = false },
        signals = new[] { new { name = "self-consistency", value = signal } },
        evidence = new[] { new { id = "e", kind = "text", content = "x" } },
    });

    // Nothing of the product below: other code, another way to tell actions apart, the formula as Wilson has it.
    private static List<(string Id, double Signal, string Action, bool IsRight)> Independent(string reviews, string truth)
    {
        var right = File.ReadLines(truth).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("externalId").GetString()!, line => line.GetProperty("actionWasExpected").GetBoolean(), StringComparer.Ordinal);
        return [.. File.ReadLines(reviews).Select(line => JsonDocument.Parse(line).RootElement).Select(line =>
        {
            var id = line.GetProperty("externalId").GetString()!;
            return (id, line.GetProperty("signals")[0].GetProperty("value").GetDouble(), Sorted(line.GetProperty("action")), right[id]);
        })];
    }

    private static string Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => member.Name + ":" + Sorted(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Sorted)) + "]",
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };

    private static void AssertRate((int Count, int Of) expected, JsonElement rate)
    {
        Assert.Equal(expected, (rate.GetProperty("count").GetInt32(), rate.GetProperty("of").GetInt32()));
        AssertInterval(expected, rate);
    }

    private static void AssertShare((int Wrong, int Labelled) expected, JsonElement estimate)
    {
        Assert.Equal(expected, (estimate.GetProperty("wrong").GetInt32(), estimate.GetProperty("labelled").GetInt32()));
        AssertInterval(expected, estimate);
    }

    // The two solutions p of (p̂ − p)² = z² p (1 − p) / n.
    private static void AssertInterval((int Count, int Of) expected, JsonElement rate)
    {
        const double Z = 1.959963984540054;
        var (share, n) = ((double)expected.Count / expected.Of, (double)expected.Of);
        var (a, b, c) = (1 + (Z * Z / n), -(2 * share) - (Z * Z / n), share * share);
        var root = Math.Sqrt((b * b) - (4 * a * c));
        Assert.Equal(share, rate.GetProperty("share").GetDouble(), 9);
        Assert.Equal((-b - root) / (2 * a), rate.GetProperty("interval").GetProperty("low").GetDouble(), 9);
        Assert.Equal((-b + root) / (2 * a), rate.GetProperty("interval").GetProperty("high").GetDouble(), 9);
    }
}
