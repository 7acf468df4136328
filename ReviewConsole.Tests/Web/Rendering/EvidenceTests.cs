using Xunit;
using AngleSharp.Dom;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class EvidenceTests
{
    [Fact]
    public void All_evidence_there_is_renders_without_a_fault()
    {
        var items = Samples.All().SelectMany(s => s.Proposal.Evidence.Select(e => (s.Name, Item: e))).ToArray();
        var quotes = 0;
        foreach (var (name, item) in items)
        {
            var drawn = EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First);
            quotes += item.Highlights.Count - drawn.NotFound.Count;
            Assert.True(drawn.Fault is null, $"{name} {item.Id}: {drawn.Fault}");
            Assert.True(RenderingSupport.Forbidden(drawn.Body.ToString()).Count == 0, $"{name} {item.Id}: {string.Join(", ", RenderingSupport.Forbidden(drawn.Body.ToString()))}");
        }
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"rendered {items.Length} pieces of evidence of {Samples.All().Count} reviews, {quotes} quotations found");
    }

    [Fact]
    public void A_conversation_shows_people_strongly_and_the_agent_quietly()
    {
        var turns = Body(EvidenceKind.Conversation, new[] { new { from = "customer", text = "Hi\nthere" }, new { from = "Agent", text = "Hello" } }).QuerySelectorAll(".rc-turn");
        Assert.Equal([false, true], turns.Select(t => t.ClassList.Contains("rc-turn-quiet")));
        Assert.Equal("Hi\nthere", turns[0].QuerySelector("dd")!.TextContent);
    }

    [Fact]
    public void A_long_conversation_is_drawn_in_pieces_with_every_turn_in_its_place()
    {
        var body = Body(EvidenceKind.Conversation, Enumerable.Range(1, 41).Select(i => new { from = "customer", text = $"{i}" }).ToArray());
        Assert.Equal([20, 20, 1], body.QuerySelectorAll("dl.rc-talk").Select(piece => piece.QuerySelectorAll(".rc-turn").Length));
        Assert.Equal(Enumerable.Range(1, 41).Select(i => $"{i}"), body.QuerySelectorAll("dd").Select(text => text.TextContent));
    }

    [Fact]
    public void Numbers_of_json_keep_their_raw_text()
    {
        var item = RenderingSupport.Evidence(EvidenceKind.Json, "x") with { Content = System.Text.Json.JsonElement.Parse("""{"a": 1250.10, "b": 12345678901234567890, "c": 1e3}""") };
        var body = RenderingSupport.Parse(EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First).Body.ToString());
        Assert.Equal(["1250.10", "12345678901234567890", "1e3"], body.QuerySelectorAll(".rc-literal").Select(e => e.TextContent));
    }

    [Fact]
    public void A_search_finds_names_and_values_opens_the_way_to_each_and_draws_what_lies_beyond_the_budget()
    {
        var content = new
        {
            order = Enumerable.Range(0, 300).ToDictionary(i => $"line{i}", i => new { sku = $"A-{i}", note = new string('n', 130) }, StringComparer.Ordinal),
            deep = new { a = new { b = new { c = new { note = new string('n', 130), Total = "17.50 EUR" } } } },
        };
        var item = RenderingSupport.Evidence(EvidenceKind.Json, content);
        Assert.Equal(0, EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First).Hits);
        foreach (var sought in new[] { "TOTAL", "17.50", "a-299" })
        {
            var drawn = EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First, sought);
            Assert.Equal(1, drawn.Hits);
            var hit = Assert.Single(RenderingSupport.Parse(drawn.Body.ToString()).QuerySelectorAll("mark[data-hit]"));
            Assert.Equal(sought, hit.TextContent, ignoreCase: true);
            for (var up = hit.Closest("details"); up is not null; up = up.ParentElement!.Closest("details"))
            {
                Assert.True(up.HasAttribute("open"));
            }
            // Beside it stands what it belongs to.
            Assert.Contains(new string('n', 130), hit.Closest("dl")!.TextContent, StringComparison.Ordinal);
            Assert.Empty(RenderingSupport.Forbidden(drawn.Body.ToString()));
        }
    }

    [Fact]
    public void A_search_in_a_table_draws_the_rows_in_which_it_stands()
    {
        var item = RenderingSupport.Evidence(EvidenceKind.Table, new { columns = new[] { "sku", "price" }, rows = Enumerable.Range(0, 5_000).Select(i => new object[] { $"A-{i}", i }) });
        var body = RenderingSupport.Parse(EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First, "A-4999").Body.ToString()).Body!;
        Assert.Equal("A-49994999", body.QuerySelector("mark[data-hit]")!.Closest("tr")!.TextContent);
        Assert.Equal(201, body.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("Table, 5,000 rows", body.QuerySelector(".rc-table-count")!.TextContent);
    }

    [Fact]
    public void A_place_that_is_quoted_and_sought_keeps_its_note()
    {
        var item = RenderingSupport.Evidence(EvidenceKind.Json, new { text = "the cabin is business" }, new Highlight("cabin is business", "why"));
        var drawn = EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First, "business");
        var body = RenderingSupport.Parse(drawn.Body.ToString()).Body!;
        Assert.Equal(("cabin is ", "business", "why"), (body.QuerySelector("[data-mark]")!.TextContent, body.QuerySelector("[data-hit]")!.TextContent, body.QuerySelector(".rc-mark-note")!.TextContent));
        Assert.Empty(drawn.NotFound);
    }

    [Fact]
    public void A_list_without_items_says_so() => Assert.Equal("[] 0 items", Body(EvidenceKind.Json, Array.Empty<string>()).TextContent.Trim());

    [Fact]
    public void A_list_of_alike_objects_is_a_table_with_numbers_to_the_right()
    {
        var body = Body(EvidenceKind.Json, new { flights = new[] { new { no = "HAT1", price = 10 }, new { no = "HAT2", price = 20 } } });
        Assert.Equal(["no", "price"], body.QuerySelectorAll("th").Select(e => e.TextContent));
        Assert.Equal(2, body.QuerySelectorAll("td.rc-num").Length);
    }

    [Fact]
    public void A_small_flat_object_stands_on_the_line_of_its_name_and_a_larger_one_below_it()
    {
        var body = Body(EvidenceKind.Json, new { prices = new { economy = 121, business = 239 }, note = new { text = new string('n', 130) }, legs = new { first = new { no = "HAT1" } } });
        Assert.Equal(["economy121", "business239"], body.QuerySelectorAll(".rc-json > div:not(.rc-json-part) > dd > .rc-json-line > div").Select(pair => pair.TextContent).Take(2));
        Assert.Equal(["note", "legs"], body.QuerySelectorAll(".rc-json-part > dt").Select(name => name.TextContent));
    }

    [Fact]
    public void Where_the_budget_ends_nothing_is_begun_that_has_no_room_and_nothing_after_it_is_drawn()
    {
        var flights = new object[] { new { no = "HAT1", legs = new { first = new { from = "JFK" } } }, new { no = "HAT2", legs = new { first = new { from = "ATL" } } }, "end" };
        for (var rows = 1; rows <= 12; rows++)
        {
            var some = EvidenceRenderer.Render(RenderingSupport.Evidence(EvidenceKind.Json, flights), RenderingSupport.Words, new RenderBudget(rows, 100_000));
            var body = RenderingSupport.Parse(some.Body.ToString()).Body!;
            Assert.DoesNotContain(body.QuerySelectorAll("dd"), part => part.TextContent.Length == 0);
            Assert.Equal(some.Cut is null, body.TextContent.Contains("end", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Deep_json_is_folded_and_nothing_is_lost()
    {
        object deep = "bottom";
        for (var i = 0; i < 55; i++)
        {
            deep = new Dictionary<string, object> { ["level"] = deep };
        }
        var body = Body(EvidenceKind.Json, deep);
        Assert.Contains("bottom", body.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(body.QuerySelectorAll("details"));
    }

    [Fact]
    public void A_long_string_collapses_to_its_length_and_opens_where_a_quotation_stands()
    {
        var text = new string('a', 2_000) + " verbatim " + new string('b', 2_000);
        Assert.False(Body(EvidenceKind.Json, new { text }).QuerySelector("details")!.HasAttribute("open"));
        Assert.Contains("4,010 characters", Body(EvidenceKind.Json, new { text }).QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        var marked = RenderingSupport.Render(EvidenceKind.Json, new { text }, new Highlight("verbatim", "why"));
        Assert.True(RenderingSupport.Parse(marked.Body.ToString()).QuerySelector("details")!.HasAttribute("open"));
    }

    [Fact]
    public void A_table_of_thousands_of_rows_starts_with_two_hundred()
    {
        var item = RenderingSupport.Evidence(EvidenceKind.Table, new { columns = new[] { "n", "name" }, rows = Enumerable.Range(0, 5_000).Select(i => new object[] { i, "row" }) });
        var first = EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.First);
        Assert.Equal("4,800 more rows", first.Cut);
        Assert.Equal(200, RenderingSupport.Parse(first.Body.ToString()).QuerySelectorAll("tbody tr").Length);
        var all = EvidenceRenderer.Render(item, RenderingSupport.Words, RenderBudget.All);
        Assert.Null(all.Cut);
        Assert.Equal(5_000, RenderingSupport.Parse(all.Body.ToString()).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public void Quoted_lines_of_a_mail_are_set_apart_and_its_html_part_is_source()
    {
        var body = Body(EvidenceKind.Email, new { from = "a@b.example", to = new[] { "c@d.example" }, cc = Array.Empty<string>(), date = "today", subject = "S", text = "Hi\n> old\n> older\nBye", html = "<b>Hi</b>" });
        Assert.Equal("> old\n> older\n", Assert.Single(body.QuerySelectorAll("blockquote")).TextContent);
        Assert.Equal("<b>Hi</b>", body.QuerySelector("pre.rc-source")!.TextContent);
        Assert.DoesNotContain(body.QuerySelectorAll("dt"), dt => dt.TextContent == "Cc");
    }

    [Fact]
    public void A_quotation_that_is_nowhere_is_reported_and_one_that_is_there_is_marked_with_its_note()
    {
        var drawn = RenderingSupport.Render(EvidenceKind.Conversation, new[] { new { from = "customer", text = "I want my money back" } },
            new Highlight("my money", "REF-1"), new Highlight("My Money", "case matters"));
        Assert.Equal("case matters", Assert.Single(drawn.NotFound).Note);
        var body = RenderingSupport.Parse(drawn.Body.ToString());
        Assert.Equal("my money", body.QuerySelector("mark.rc-mark[data-mark]")!.TextContent);
        Assert.Equal("REF-1", body.QuerySelector(".rc-mark-note")!.TextContent);
    }

    [Fact]
    public void Overlapping_quotations_keep_the_text_whole()
    {
        var drawn = RenderingSupport.Render(EvidenceKind.Text, "abcdefgh", new Highlight("abcde", "one"), new Highlight("cdefg", "two"), new Highlight("d", "three"));
        var body = RenderingSupport.Parse(drawn.Body.ToString()).Body!;
        Assert.Equal("abcdefg", string.Concat(body.QuerySelectorAll("mark").Select(m => m.TextContent)));
        Assert.Equal(["three", "one", "two"], body.QuerySelectorAll(".rc-mark-note").Select(m => m.TextContent));
    }

    [Fact]
    public void Content_of_another_shape_is_uninspectable_and_never_thrown()
    {
        foreach (var kind in Enum.GetValues<EvidenceKind>())
        {
            foreach (var content in new object?[] { 1, "x", new[] { 1 }, new { a = 1 }, null })
            {
                var drawn = EvidenceRenderer.Render(RenderingSupport.Evidence(kind, content!), RenderingSupport.Words, RenderBudget.First);
                Assert.NotNull(drawn.Fault ?? drawn.Body.ToString());
            }
        }
        Assert.Equal("The content is not of the kind conversation.", RenderingSupport.Render(EvidenceKind.Conversation, "x").Fault);
    }

    private static IElement Body(EvidenceKind kind, object content) => RenderingSupport.Parse(RenderingSupport.Render(kind, content).Body.ToString()).Body!;
}
