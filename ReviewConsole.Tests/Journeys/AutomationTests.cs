using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Policies;
using Xunit;

namespace ReviewConsole.Tests.Journeys;

/// <summary>From what people decided to a rule that stands for them, and back by itself when they find fault with it (SCREENS.md §5).</summary>
public sealed class AutomationTests(BrowserFixture browser)
{
    private const string Policy = """
        # Ours.
        extends: default
        policy: house
        version: 1
        hold: 0 s
        automation: { decisions: 4, bar: 0.5 }
        rules:
          # Until we know the agent better.
          - rule: looked-at
            when: { field: kind, equals: agentDecision }
            then: { verdict: review, risk: low }
            reason: Every decision of an agent is looked at

        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candidate_becomes_a_rule_that_somebody_else_publishes_and_that_one_wrong_sample_demotes()
    {
        var data = "";
        await using var bench = await StudioBench.StartAsync(settings =>
        {
            data = settings.Data;
            return settings;
        });
        await PublishAsync(bench, Policy);
        var (source, jonas) = (await bench.Console.SourceAsync("bot"), await bench.Console.PersonAsync("reviewer"));
        for (var i = 0; i < 6; i++)
        {
            var review = await SubmitAsync(source, $"known {i}");
            Assert.Equal("pending", (string?)review["status"]);
            await DecideAsync(jonas, review, "approve");
        }

        await DecideAsync(jonas, await SubmitAsync(source, "few", "2024-06"), "reject");

        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Automation candidates" }).ClickAsync();
        await Screens.AtAsync(page, "/policies/candidates");
        var rows = page.Locator(".rc-classes tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#candidates-head")).ToHaveTextAsync("1 of 2 classes may be left to a rule");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("6 about 6 different actions");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("100 % (61");
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("looked-at");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("3 more different actions decided");
        await rows.Nth(0).GetByRole(AriaRole.Button).DblClickAsync();
        await Screens.AtAsync(page, "/policies/3?show=changes");
        await Assertions.Expect(page.Locator(".rc-studio-list")).ToContainTextAsync("automation-1");
        Assert.Equal("Lucía Ortega", bench.Service<PeopleDirectory>().Person(Assert.Single(bench.Shelf.Policies[2].Authors))!.Name);
        Assert.Equal(Policy, Regex.Replace(bench.Shelf.Policies[2].Text, "(?s)  # Out of the automation candidates.*People approved such actions unchanged\n", "", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Replace("version: 2\n", "version: 1\n", StringComparison.Ordinal));
        await Screens.OpenAsync(page, "/policies/3");
        await Assertions.Expect(page.Locator(".rc-rule").First).ToContainTextAsync("automation: 10 % still go to a person");

        await using var second = await browser.NewContextAsync(bench.Console.Address.ToString());
        var publisher = await second.NewPageAsync();
        await Screens.SignInAsync(publisher, "publisher", "/policies/3");
        await publisher.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish", Exact = true }).ClickAsync();
        await publisher.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("Six of six were approved as they came.");
        await publisher.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Publish" }).ClickAsync();
        await Assertions.Expect(publisher.Locator(".rc-policystanding")).ToHaveTextAsync("In force");

        // Nine of ten proceed; the draw is the same however often an action is sent.
        var (proceeded, sample) = ("", (JsonObject?)null);
        for (var i = 0; sample is null || proceeded.Length == 0; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"new {i}");
            var review = await SubmitAsync(source, name);
            if ((string?)review["gate"]!["verdict"] == "proceed")
            {
                proceeded = name;
            }
            else
            {
                Assert.Contains("Audit sample of the automation rule “automation-1”", Reasons(review));
                sample = review;
            }
        }

        Assert.Equal("pending", (string?)(await SubmitAsync(source, "another version", "2024-06"))["status"]);
        await DecideAsync(jonas, sample, "reject");

        var next = await SubmitAsync(source, proceeded);
        Assert.Equal(("pending", "review"), ((string?)next["status"], (string?)next["gate"]!["verdict"]));
        Assert.Contains("The automation rule “automation-1” is demoted: people found fault with what it lets through", Reasons(next));
        Assert.Equal(0, (await InProcessShell.RunAsync("ledger", "rebuild", "--check", "--data", data)).Exit);

        foreach (var path in (string[])["/policies", "/policies/3"])
        {
            await Screens.OpenAsync(publisher, path);
            await Assertions.Expect(publisher.Locator(".rc-banner")).ToContainTextAsync("The automation rule “automation-1” is demoted.");
            await Screens.DrawnAsync(publisher);
            await Pictures.TakeAsync(publisher, "demoted" + path.Replace('/', '-'));
            await Axe.AssertCleanAsync(publisher, "demoted " + path);
            await Assertions.Expect(publisher.Locator(".rc-banner a")).ToHaveAttributeAsync("href", $"reviews/{sample["id"]}");
        }

        // However often it was pressed, one draft came of it.
        Assert.Equal(3, bench.Shelf.Policies.Count);
        // Whoever would put the same rule to work again is told so before.
        var again = await bench.DraftAsync(bench.Shelf.Policies[2].Text.Replace("version: 2\n", "version: 3\n", StringComparison.Ordinal));
        await Screens.OpenAsync(publisher, $"/policies/{again.Number}");
        await Assertions.Expect(publisher.Locator(".rc-banner")).ToContainTextAsync("Whoever publishes this puts it to work again.");

        await Screens.OpenAsync(page, "/policies/candidates");
        await Assertions.Expect(page.Locator(".rc-classes")).ToContainTextAsync("“automation-1” is demoted; publish a version without it first");
        await Assertions.Expect(page.Locator(".rc-classes button")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task The_candidates_are_clean_for_axe_and_fit_their_window(ColorScheme theme, int width)
    {
        await using var bench = await StudioBench.StartAsync();
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/candidates");
        await Assertions.Expect(page.Locator(".rc-empty")).ToContainTextAsync("People have decided nothing");
        await LookAsync(page, "empty", theme, width);

        await PublishAsync(bench, Policy);
        var (source, jonas) = (await bench.Console.SourceAsync("bot"), await bench.Console.PersonAsync("reviewer"));
        for (var i = 0; i < 5; i++)
        {
            await DecideAsync(jonas, await SubmitAsync(source, $"known {i}"), "approve");
        }

        await DecideAsync(jonas, await SubmitAsync(source, "long", new string('v', 180)), "reject");
        await DecideAsync(jonas, await SubmitAsync(source, "dear", amount: "70.00"), "approve");
        await page.Locator(".rc-test-ask select").SelectOptionAsync("0");
        await Assertions.Expect(page.Locator(".rc-classes tbody tr")).ToHaveCountAsync(3);
        await LookAsync(page, "classes", theme, width);
    }

    [Fact]
    public async Task Every_word_of_it_came_through_a_localizer()
    {
        await using var bench = await StudioBench.StartAsync(settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        await PublishAsync(bench, Policy);
        var (source, jonas) = (await bench.Console.SourceAsync("bot"), await bench.Console.PersonAsync("reviewer"));
        for (var i = 0; i < 5; i++)
        {
            await DecideAsync(jonas, await SubmitAsync(source, $"known {i}", amount: "30.00"), "approve");
        }

        await DecideAsync(jonas, await SubmitAsync(source, "few", "2024-06"), "reject");
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "author", "/policies/candidates");
        await Assertions.Expect(page.Locator(".rc-classes tbody tr")).ToHaveCountAsync(2);
        await Screens.AssertLocalizedAsync(page, "agent_decision", "Lucía Ortega");
    }

    private static async Task LookAsync(IPage page, string name, ColorScheme theme, int width)
    {
        await Screens.DrawnAsync(page);
        await Pictures.TakeAsync(page, $"candidates-{name}-{width}-{theme}".ToLowerInvariant());
        await Axe.AssertCleanAsync(page, $"candidates {name} {width} {theme}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
    }

    private static IEnumerable<string?> Reasons(JsonObject review) => review["gate"]!["reasons"]!.AsArray().Select(static reason => (string?)reason);

    private static async Task PublishAsync(StudioBench bench, string text)
    {
        var draft = await bench.DraftAsync(text);
        Assert.Null((await bench.Service<PolicyDesk>().PublishAsync(
            await bench.RolesAsync("pia", "Pia Lind", Role.Publisher), draft.Number, draft.Digest, null, "We begin with all of it.", Cancelled)).Refusal);
    }

    private static async Task<JsonObject> SubmitAsync(HttpClient source, string name, string version = "2024-05", string? amount = null)
    {
        var body = new JsonObject
        {
            ["source"] = new JsonObject { ["system"] = "bot", ["version"] = version },
            ["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["case"] = name } },
            ["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false },
            ["signals"] = new JsonArray(new JsonObject { ["name"] = "model", ["value"] = 0.95 }),
            ["evidence"] = new JsonArray(new JsonObject { ["id"] = "e", ["kind"] = "text", ["content"] = "What the agent saw." }),
        };
        if (amount is not null)
        {
            body["impact"]!["amount"] = new JsonObject { ["value"] = amount, ["currency"] = "USD" };
        }

        return await Answers.ObjectAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", body), 201);
    }

    private static async Task DecideAsync(HttpClient person, JsonObject review, string decision)
    {
        var id = (string)review["id"]!;
        var claim = await Answers.ObjectAsync(await ApiWorld.PostAsync(person, $"/api/v1/reviews/{id}/claim", null), 200);
        var options = await person.GetFromJsonAsync<JsonObject>($"/api/v1/reviews/{id}/options", Cancelled);
        var code = (string)options!["decisions"]!.AsArray().Single(option => (string?)option!["decision"] == decision)!["reasonCodes"]![0]!["code"]!;
        await Answers.ObjectAsync(
            await ApiWorld.PostAsync(
                person, $"/api/v1/reviews/{id}/decision",
                new JsonObject { ["decision"] = decision, ["reasonCode"] = code, ["claim"] = (string)claim["token"]!, ["operationId"] = "op-" + id }, ("If-Match", "\"1\"")),
            200);
    }
}
