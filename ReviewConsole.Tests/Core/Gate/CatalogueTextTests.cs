using ReviewConsole.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>The law of the form beside the text, for the actions of the catalogue: what is asked for is written, and nothing else moves.</summary>
public sealed class CatalogueTextTests(ITestOutputHelper output)
{
    private const int Policies = 2_000;

    [Fact]
    public void What_a_form_says_stands_in_the_text_and_nothing_else_has_moved()
    {
        var (random, refused, comments) = (new Random(4), 0, 0);
        var texts = new CatalogueTexts(random);
        foreach (var text in Enumerable.Range(0, Policies).Select(i => i % 20 == 0 ? PolicyReader.Default.Text : texts.Policy()))
        {
            var open = CatalogueText.Open(text);
            Assert.True(open is not null, text);
            var action = random.Next(open.Forms.Count);
            var form = open.Forms[action]!;
            Assert.Same(text, open.With(action, form));

            var wanted = texts.Changed(form);
            if (open.With(action, wanted) is not { } written)
            {
                refused++;
                continue;
            }

            var after = CatalogueText.Open(written)!;
            Assert.True(wanted == after.Forms[action], $"{text}\n---\n{written}");
            Assert.Equal(open.Forms.Where((_, i) => i != action), after.Forms.Where((_, i) => i != action));

            Assert.Equal(Schemas(text), Schemas(written));

            // Lines before the action and behind it are the same bytes.
            var (first, last) = open.Lines(action);
            var (lines, now) = (text.Split('\n'), written.Split('\n'));
            Assert.Equal(lines[..(first - 1)], now[..(first - 1)]);
            Assert.Equal(lines[last..], now[(now.Length - lines.Length + last)..]);
            comments += OnlyWords(form, wanted) ? Comments(lines[(first - 1)..last], written) : 0;
            Assert.Equal(text.Contains('\r', StringComparison.Ordinal), written.Contains('\r', StringComparison.Ordinal));
        }

        output.WriteLine($"form: changes of {Policies} catalogues, {refused} refused because a form does not show all of the action, {comments} comments kept where only words changed");
        Assert.InRange(refused, 0, Policies / 50);
        Assert.True(comments > 100);
    }

    [Fact]
    public void An_action_that_is_added_copied_or_taken_out_leaves_all_others_as_they_are()
    {
        var random = new Random(5);
        var texts = new CatalogueTexts(random);
        foreach (var text in Enumerable.Range(0, Policies).Select(i => i % 20 == 0 ? PolicyReader.Default.Text : texts.Policy()))
        {
            var open = CatalogueText.Open(text)!;
            var action = random.Next(open.Forms.Count);
            Assert.Equal([.. open.Names, "new_action"], Open(open.Add(), text).Names);
            Assert.Equal(open.Forms, Open(open.Add(), text).Forms.SkipLast(1));
            Assert.Equal(open.Forms.Where((_, i) => i != action), Open(open.Remove(action), text).Forms);
            if (open.Copy(action) is { } copied)
            {
                Assert.Equal([.. open.Forms.Take(action + 1), open.Forms[action]! with { Name = open.Names[action] + "-2" }, .. open.Forms.Skip(action + 1)], Open(copied, text).Forms);
            }
        }
    }

    [Fact]
    public void A_comment_stays_beside_what_it_is_about_also_in_a_list()
    {
        const string Text = """
            catalogue:
              # Everybody's money
              pay:            # since May
                kind: refund  # as the board said
                amount: /sum
                evidence:
                  - email     # of the customer
                  - pdf       # the receipt
            rules: []
            """;
        var open = CatalogueText.Open(Text)!;
        var form = open.Forms[0]! with { Name = "pay_out" };
        Assert.Equal(
            Text.Replace("pay:", "pay_out:", StringComparison.Ordinal).Replace("/sum", "/total", StringComparison.Ordinal).Replace("      - email     # of the customer\n", "", StringComparison.Ordinal)
                .Replace("# the receipt", "# the receipt\n      - table\n    legal: true", StringComparison.Ordinal),
            open.With(0, form.With("amount", new WrittenValue("/total")).With("evidence", "table", true).With("evidence", "email", false).With("legal", new WrittenValue("true"))));
    }

    [Fact]
    public void A_first_action_finds_its_place_and_the_last_one_leaves_none()
    {
        foreach (var text in new[] { "extends: default\npolicy: a\nversion: 1", "policy: a\ncatalogue:\nversion: 1\n", "policy: a\ncatalogue: {}   # none yet\nversion: 1\n", "---\npolicy: a\n...\n" })
        {
            var open = CatalogueText.Open(CatalogueText.Open(text)!.Add())!;
            Assert.Equal(["new_action"], open.Names);
            Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith("catalogue", StringComparison.Ordinal)), line => Assert.Contains(line, open.Text, StringComparison.Ordinal));
            Assert.Empty(CatalogueText.Open(open.Remove(0))!.Names);
        }
    }

    [Theory]
    [InlineData("catalogue: [ a ]\n")]
    [InlineData("catalogue:\n  ? a\n  : kind: refund\n")]
    [InlineData("catalogue:\n  { a: 1 }: { kind: refund }\n")]
    [InlineData("catalogue: { a, b: { kind: refund } }\n")]
    [InlineData("catalogue:\n  a: &anchor { kind: refund }\n  b: *anchor\n")]
    public void A_layout_that_no_form_can_keep_has_none(string text) => Assert.Null(CatalogueText.Open(text));

    [Fact]
    public void What_a_form_does_not_show_stays_as_it_is()
    {
        const string Text = "catalogue:\n  odd:\n    kind: { a: 1 }   # why\n    x-owner: me\n  word: none\n";
        var open = CatalogueText.Open(Text)!;
        Assert.Equal(["kind", "x-owner"], open.Untouched(0));
        Assert.Equal(Text.Replace("owner: me\n", "owner: me\n    risk: high\n", StringComparison.Ordinal), open.With(0, open.Forms[0]!.With("risk", new WrittenValue("high"))));
        Assert.Null(open.With(0, open.Forms[0]!.With("kind", new WrittenValue("refund"))));
        Assert.Null(open.Forms[1]);
        Assert.Equal(["odd", "word"], open.Names);
    }

    [Fact]
    public void The_schema_of_the_arguments_stays_as_it_is_written_and_a_form_says_where()
    {
        const string Text = """
            catalogue:
              pay:
                arguments:          # as the bank wants it
                  type: object

                  properties:
                    sum: { type: number, maximum: 1.50 }   # no more
                kind: refund
              other: { arguments: { type: object }, kind: refund }
            """;
        var open = CatalogueText.Open(Text)!;

        Assert.Equal(["arguments"], open.Untouched(0));
        Assert.Equal([(3, 7), (9, 9), null], [open.Lines(0, "arguments"), open.Lines(1, "arguments"), open.Lines(1, "evidence")]);
        Assert.Equal(Text.Replace("pay:", "pay_out:", StringComparison.Ordinal).Replace("refund\n", "email\n    risk: high\n", StringComparison.Ordinal),
            open.With(0, (open.Forms[0]! with { Name = "pay_out" }).With("kind", new WrittenValue("email")).With("risk", new WrittenValue("high"))));
        Assert.Equal("  other: { arguments: { type: object }, kind: email }", open.With(1, open.Forms[1]!.With("kind", new WrittenValue("email")))!.Split('\n')[^1]);
        Assert.Contains("  pay-2:\n    arguments:          # as the bank wants it\n      type: object\n\n      properties:\n        sum: { type: number, maximum: 1.50 }   # no more\n    kind: refund\n", open.Copy(0), StringComparison.Ordinal);
    }

    /// <summary>What stands there while somebody types is looked at with every key.</summary>
    [Fact]
    public void No_beginning_of_a_text_breaks_list_form_or_reader()
    {
        var catalogue = PolicyReader.Default.Text.IndexOf("catalogue:\n", StringComparison.Ordinal);
        var text = PolicyReader.Default.Text[catalogue..PolicyReader.Default.Text.IndexOf("# Why people", StringComparison.Ordinal)];
        foreach (var typed in Enumerable.Range(0, text.Length).Select(i => text[..i]).Concat(Enumerable.Range(0, text.Length).Where(i => "{}[]:,-".Contains(text[i], StringComparison.Ordinal)).Select(i => text.Remove(i, 1))))
        {
            var (open, errors) = (CatalogueText.Open(typed), PolicyReader.Read(typed).Errors);
            Assert.NotEmpty(errors);
            foreach (var (form, i) in (open?.Forms ?? []).Select(static (form, i) => (form, i)))
            {
                Assert.InRange(open!.Lines(i).First, 1, open.Lines(i).Last);
                _ = (open.Untouched(i), open.Remove(i), form is null ? null : open.With(i, form with { Name = "other" }), errors.Select(open.Find).ToList());
            }
        }
    }

    [Theory]
    [InlineData("a: { amount: amount }", 0, "amount")]
    [InlineData("a: { kind: x }\n  a.risk: { risk: hugh }", 1, "risk")]
    [InlineData("a: { evidence: [email, post] }", 0, "evidence[1]")]
    [InlineData("a: { colour: red }", 0, "colour")]
    [InlineData("a: { arguments: { properties: { x: { oneOf: [] } } } }", 0, "arguments.properties.x.oneOf")]
    [InlineData("b: { kind: x }\n  a: red", 1, "name")]
    [InlineData("b: { kind: x }\n  '': { kind: x }", 1, "name")]
    public void An_error_is_found_at_its_action_and_its_member(string actions, int action, string path)
    {
        var text = $"extends: default\npolicy: a\nversion: 1\ncatalogue:\n  {actions}\n";
        Assert.Equal((action, path), CatalogueText.Open(text)!.Find(Assert.Single(PolicyReader.Read(text).Errors)));
    }

    [Fact]
    public void The_form_of_every_action_that_ships_is_complete_and_means_the_same_when_it_is_written_anew()
    {
        var open = CatalogueText.Open(PolicyReader.Default.Text)!;
        Assert.Equal(PolicyReader.Default.Catalogue.Keys.Order(StringComparer.Ordinal), open.Names.Order(StringComparer.Ordinal));
        foreach (var (name, i) in open.Names.Select(static (name, i) => (name, i)))
        {
            const string Head = "extends: default\npolicy: a\nversion: 1\ncatalogue: { other: { kind: x } }\n";
            var written = CatalogueText.Open(Head)!.Insert(1, open.Source(i));
            var anew = PolicyReader.Read(written);
            Assert.Empty(anew.Errors);
            Assert.Equivalent(PolicyReader.Default.Catalogue[name], anew.Policy!.Catalogue[name]);
            Assert.Empty(open.Untouched(i));
        }
    }

    private static CatalogueText Open(string text, string before)
    {
        var open = CatalogueText.Open(text);
        Assert.True(open is not null, $"{before}\n---\n{text}");
        return open;
    }

    private static IEnumerable<string> Schemas(string text) =>
        YamlPart.Read(text)!["catalogue"]!.Entries!.Select(action => action.Value["arguments"] is { } schema ? text[schema.Start..schema.End] : "");

    private static bool OnlyWords(ActionForm before, ActionForm after) => before.Members.Keys.ToHashSet().SetEquals(after.Members.Keys)
        && before.Members.All(member => !member.Value.IsList && !after.Members[member.Key].IsList || member.Value == after.Members[member.Key]);

    private static int Comments(string[] lines, string written)
    {
        var comments = lines.Where(static line => line.Contains("# comment ", StringComparison.Ordinal)).Select(static line => line[line.IndexOf("# comment ", StringComparison.Ordinal)..].TrimEnd('\r')).ToList();
        Assert.All(comments, comment => Assert.Contains(comment, written, StringComparison.Ordinal));
        return comments.Count;
    }
}
