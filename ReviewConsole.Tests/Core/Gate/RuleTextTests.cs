using ReviewConsole.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>The law of the form beside the text: what is asked for is written, and nothing else moves.</summary>
public sealed class RuleTextTests(ITestOutputHelper output)
{
    private const int Policies = 2_000;

    [Fact]
    public void What_a_form_says_stands_in_the_text_and_nothing_else_has_moved()
    {
        var (random, asked, refused, comments) = (new Random(4), 0, 0, 0);
        var texts = new RuleTexts(random);
        foreach (var text in Enumerable.Range(0, Policies).Select(i => i % 20 == 0 ? PolicyReader.Default.Text : texts.Policy()))
        {
            var open = RuleText.Open(text);
            Assert.True(open is not null, text);
            var rule = random.Next(open.Forms.Count);
            var form = open.Forms[rule]!;
            Assert.Same(text, open.With(rule, form));

            var wanted = texts.Changed(form);
            asked++;
            if (open.With(rule, wanted) is not { } written)
            {
                refused++;
                continue;
            }

            var after = RuleText.Open(written)!;
            Assert.True(wanted == after.Forms[rule], $"{text}\n---\n{written}");
            Assert.Equal(open.Forms.Where((_, i) => i != rule), after.Forms.Where((_, i) => i != rule));

            // Lines before the rule and behind it are the same bytes.
            var (first, last) = open.Lines(rule);
            var (lines, now) = (text.Split('\n'), written.Split('\n'));
            var isFlow = lines.Any(static line => line.StartsWith("rules: [", StringComparison.Ordinal));
            Assert.Equal(lines[..(first - 1)], now[..(first - 1)]);
            Assert.Equal(lines[last..], now[(now.Length - lines.Length + last)..]);
            comments += isFlow || !OnlyValues(form, wanted) ? 0 : Comments(lines[(first - 1)..last], written);
            Assert.Equal(text.Contains('\r', StringComparison.Ordinal), written.Contains('\r', StringComparison.Ordinal));
            Assert.DoesNotContain("\n\n\n", written.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        output.WriteLine($"form: {asked} changes of {Policies} policies, {refused} refused because a form does not show all of the rule, {comments} comments kept where only values changed");
        Assert.InRange(refused, 0, asked / 50);
        Assert.True(comments > 100);
    }

    [Fact]
    public void A_rule_that_is_added_copied_moved_or_taken_out_leaves_all_others_as_they_are()
    {
        var random = new Random(5);
        var texts = new RuleTexts(random);
        foreach (var text in Enumerable.Range(0, Policies).Select(i => i % 20 == 0 ? PolicyReader.Default.Text : texts.Policy()))
        {
            var open = RuleText.Open(text)!;
            var (rule, at) = (random.Next(open.Forms.Count), random.Next(open.Forms.Count + 1));
            var inserted = open.Insert(at, open.Source(rule));
            Assert.True(Rules(inserted, text).SequenceEqual([.. Some(open.Forms, 0, at), Loose(open.Forms[rule]), .. Some(open.Forms, at, open.Forms.Count)]), $"{text}\n---{rule} at {at}\n{inserted}");
            Assert.Equal([.. open.Forms.Select(Loose), RuleForm.New("fresh")], Rules(open.Insert(open.Forms.Count, RuleShape.Write(RuleForm.New("fresh"))), text));
            Assert.Equal(open.Forms.Where((_, i) => i != rule).Select(Loose), Rules(open.Remove(rule), text));
            if (rule + 1 < open.Forms.Count)
            {
                var swapped = open.Swap(rule);
                Assert.Equal([.. Some(open.Forms, 0, rule), Loose(open.Forms[rule + 1]), Loose(open.Forms[rule]), .. Some(open.Forms, rule + 2, open.Forms.Count)], Rules(swapped, text));
                Assert.Equal(text.TrimEnd(), RuleText.Open(swapped)!.Swap(rule).TrimEnd());
            }
        }
    }

    [Fact]
    public void A_first_rule_finds_its_place()
    {
        foreach (var text in new[] { "extends: default\npolicy: a\nversion: 1", "policy: a\nrules:\nversion: 1\n", "policy: a\nrules: []   # none yet\nversion: 1\n", "---\npolicy: a\n...\n" })
        {
            var added = RuleText.Open(text)!.Insert(0, RuleShape.Write(RuleForm.New("fresh")));
            var open = RuleText.Open(added)!;
            Assert.Equal([RuleForm.New("fresh")], open.Forms);
            Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith("rules", StringComparison.Ordinal)), line => Assert.Contains(line, added, StringComparison.Ordinal));
            Assert.Empty(RuleText.Open(open.Remove(0))!.Forms);
        }
    }

    [Fact]
    public void A_comment_stays_beside_what_it_is_about()
    {
        const string Text = """
            policy: a   # named so
            rules:
              # Everybody's money
              - rule: large       # since May
                when: { field: impact.amount, atLeast: 1000 }   # in USD
                then:
                  verdict: review
                  risk: high      # as the board said
                reason: Much money
            """;
        var open = RuleText.Open(Text)!;
        var form = open.Forms[0]!;
        Assert.Equal(
            Text.Replace("1000", "500", StringComparison.Ordinal).Replace("risk: high ", "risk: medium ", StringComparison.Ordinal).Replace("# as the board said", "# as the board said\n      hold: 30 s", StringComparison.Ordinal),
            open.With(0, form.With(0, form.Clauses[0] with { Value = new WrittenValue("500") }).With("risk", "medium").With("hold", "30 s")));
    }

    [Fact]
    public void A_list_is_changed_word_by_word_and_an_effect_with_keys_key_by_key()
    {
        const string Text = """
            rules:
              - rule: new-payee
                when: { field: kind, equals: extraction }
                then:
                  evidence:
                    - email         # what they wrote
                    - id/order      # what they ordered
                  expiry: { after: 4 h, outcome: escalate }   # the board, in May
                  notBy: [editor, policyAuthor]   # and nobody else
                  skill: german                   # they write in it
                  reasons:
                    approve: [POLICY_MET]   # no exceptions

            """;
        var open = RuleText.Open(Text)!;
        var form = open.Forms[0]!;
        Assert.Empty(open.Untouched(0));

        Becomes(form.With("evidence", "email", isThere: false), "        - email         # what they wrote\n", "");
        Becomes(form.With("evidence", "role/limits", isThere: true), "# what they ordered\n", "# what they ordered\n        - role/limits\n");
        Becomes(form.With("evidence", ["pdf", "id/order"]), "- email ", "- pdf ");
        Becomes(form.With("notBy", "editor", isThere: false), "[editor, policyAuthor]", "[policyAuthor]");
        Becomes(form.With("skill", ["german", "legal"]), "skill: german ", "skill: [german, legal] ");
        Becomes(form.With("skill", []), "      skill: german                   # they write in it\n", "");
        Becomes(form.With("expiry.after", "2 h"), "4 h", "2 h");
        Becomes(form.With("expiry.outcome", ""), ", outcome: escalate", "");
        Becomes(form.With("expiry.outcome", "").With("expiry.after", ""), "      expiry: { after: 4 h, outcome: escalate }   # the board, in May\n", "");
        Becomes(form.With("reasons.reject", "OTHER", isThere: true), "# no exceptions\n", "# no exceptions\n        reject: [OTHER]\n");
        Becomes(form.With("reasons.approve", "POLICY_MET", isThere: false), "      reasons:\n        approve: [POLICY_MET]   # no exceptions\n", "");
        Assert.Equal("rules:\n  - rule: a\n    when: { field: kind, equals: refund }\n    then: { risk: low, expiry: { after: 2 h } }\n", RuleText.Open("rules:\n  - rule: a\n    when: { field: kind, equals: refund }\n    then: { risk: low }\n") is { } plain ? plain.With(0, plain.Forms[0]!.With("expiry.after", "2 h")) : null);

        void Becomes(RuleForm wanted, string was, string now) => Assert.Equal(Text.Replace(was, now, StringComparison.Ordinal), open.With(0, wanted));
    }

    [Fact]
    public void What_an_effect_has_beside_its_parts_stays_as_it_is()
    {
        const string Text = "rules:\n  - rule: odd\n    when: { field: kind, equals: refund }\n    then: { expiry: { after: 2 h, later: [ { a: 1 } ] }, reasons: 7, evidence: [ [email] ] }\n";
        var open = RuleText.Open(Text)!;
        var form = open.Forms[0]!;
        Assert.Equal(["then.expiry.later", "then.reasons", "then.evidence"], open.Untouched(0));
        Assert.Equal(Text.Replace("2 h", "3 h", StringComparison.Ordinal), open.With(0, form.With("expiry.after", "3 h")));
        Assert.Null(open.With(0, form.With("evidence", ["pdf"])));
        Assert.Null(open.With(0, form.With("reasons.approve", ["A"])));
    }

    [Fact]
    public void Every_word_that_a_form_offers_reads()
    {
        var words = RuleEffect.All.SelectMany(static effect => effect.Words.Select(word => effect.IsList ? RuleForm.New("a").With(effect.Name, [word]) : RuleForm.New("a").With(effect.Name, word)));
        Assert.All(words.Append(Whole), form => Assert.Empty(PolicyReader.Read("extends: default\npolicy: a\nversion: 1\nrules:\n" + RuleShape.Write(form) + "\n").Errors));
        var read = RuleText.Open("rules:\n" + RuleShape.Write(Whole) + "\n")!;
        Assert.Equal(Whole, read.Forms[0]);
        Assert.Empty(read.Untouched(0));
    }

    private static RuleForm Whole => RuleForm.New("a").With("skill", ["german", "medical"]).With("notBy", ["editor", "policyAuthor"]).With("evidence", ["email", "role/limits", "id/order"]).With("expiry.after", "2 h").With("expiry.outcome", "escalate")
        .With("reasons.approve", ["POLICY_MET"]);

    [Fact]
    public void What_a_form_does_not_show_stays_as_it_is()
    {
        const string Text = "rules:\n  - rule: odd\n    when: { not: { field: kind, equals: refund } }\n    then: { verdict: review, later: { a: [1] } }\n    x-owner: me\n";
        var open = RuleText.Open(Text)!;
        var form = open.Forms[0]!;
        Assert.Equal(RuleMatch.Other, form.Match);
        Assert.Equal(Text.Replace("review", "block", StringComparison.Ordinal), open.With(0, form.With("verdict", "block")));
        Assert.Null(open.With(0, form with { Match = RuleMatch.Any }));
    }

    /// <summary>What stands there while somebody types is looked at with every key.</summary>
    [Fact]
    public void No_beginning_of_a_text_breaks_list_form_or_reader()
    {
        var odd = new[] { "rules:\n  - { rule: a, when: { field: x, field: y }, then: {} }\n", "rules:\n  - { ? a, b }\n", "rules: [ a, { rule: b } ]\n", "rules:\n  -\n", "rules:\n  - rule: a\n    rule: b\n    when: { all: [], all: [] }\n" };
        var rules = PolicyReader.Default.Text.IndexOf("rules:\n", StringComparison.Ordinal);
        var text = PolicyReader.Default.Text[rules..(rules + 1_200)];
        foreach (var typed in odd.Concat(Enumerable.Range(0, text.Length).Select(i => text[..i])).Concat(Enumerable.Range(0, text.Length).Where(i => "{}[]:,-".Contains(text[i], StringComparison.Ordinal)).Select(i => text.Remove(i, 1))))
        {
            Assert.NotEmpty(PolicyReader.Read(typed).Errors);
            var open = RuleText.Open(typed);
            foreach (var (form, i) in (open?.Forms ?? []).Select(static (form, i) => (form, i)))
            {
                Assert.InRange(open!.Lines(i).First, 1, open.Lines(i).Last);
                if (form is not null && i == open.Forms.Count - 1)
                {
                    _ = (open.Untouched(i), open.With(i, form with { Name = "other", Reason = "new" }));
                }
            }
        }
    }

    [Fact]
    public void Every_effect_that_a_rule_can_have_is_in_its_form_or_named_beside_it()
    {
        foreach (var effect in EffectReader.Names.ToArray())
        {
            var open = RuleText.Open($"rules:\n  - rule: a\n    when: {{ field: kind, equals: refund }}\n    then: {{ {effect}: x }}\n")!;
            Assert.True(open.Forms[0]!.Effects.ContainsKey(effect) || open.Untouched(0).Contains("then." + effect), effect);
        }
    }

    [Fact]
    public void The_form_of_every_rule_that_ships_is_complete()
    {
        var open = RuleText.Open(PolicyReader.Default.Text)!;
        Assert.Equal(PolicyReader.Default.Rules.Select(static rule => rule.Name), open.Forms.Select(static rule => rule!.Name));
        foreach (var (rule, i) in PolicyReader.Default.Rules.Select(static (rule, i) => (rule, i)))
        {
            var alone = PolicyReader.Read("extends: default\npolicy: a\nversion: 1\nrules:\n" + string.Join('\n', RuleShape.Write(open.Forms[i]!).Split('\n').Select(static line => "  " + line)) + "\n");
            Assert.Empty(alone.Errors);
            var again = alone.Policy!.Rules.Single(other => other.Name == rule.Name);
            Assert.Equal(
                (rule.Verdict, rule.Risk, rule.Queue, rule.Approvals, rule.HoldSeconds, rule.Sample, rule.CommitFirst, rule.Reason, rule.DueMinutes, rule.Rationale, rule.Message),
                (again.Verdict, again.Risk, again.Queue, again.Approvals, again.HoldSeconds, again.Sample, again.CommitFirst, again.Reason, again.DueMinutes, again.Rationale, again.Message));
            Assert.Empty(open.Untouched(i));
            Assert.Equal(open.Forms[i], RuleText.Open(alone.Policy.Text)!.Forms[0]);
        }
    }

    private static IEnumerable<RuleForm?> Some(IReadOnlyList<RuleForm?> rules, int from, int to) => rules.Take(to).Skip(from).Select(Loose);

    private static IReadOnlyList<RuleForm?> Rules(string text, string before)
    {
        var open = RuleText.Open(text);
        Assert.True(open is not null, $"{before}\n---\n{text}");
        return [.. open.Forms.Select(Loose)];
    }

    // What a form does not show keeps its words; how far it is indented goes with its place.
    private static RuleForm? Loose(RuleForm? rule) => rule! with
    {
        Clauses = [.. rule.Clauses.Select(static clause => clause with { Written = clause.Written is { } written ? string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null })],
    };

    private static bool OnlyValues(RuleForm before, RuleForm after) =>
        before.Match == after.Match && before.Clauses.Count == after.Clauses.Count && before.Effects.Keys.ToHashSet().SetEquals(after.Effects.Keys) && before.Reason.Length > 0 == after.Reason.Length > 0;

    private static int Comments(string[] lines, string written)
    {
        var comments = lines.Where(static line => line.Contains("# comment ", StringComparison.Ordinal)).Select(static line => line[line.IndexOf("# comment ", StringComparison.Ordinal)..].TrimEnd('\r')).ToList();
        Assert.All(comments, comment => Assert.Contains(comment, written, StringComparison.Ordinal));
        return comments.Count;
    }
}
