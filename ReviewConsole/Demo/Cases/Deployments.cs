using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Changes of running systems that a release agent wants to make.</summary>
internal static class Deployments
{
    private const string RulesBefore = """
        # price-rules, production
        currency: USD
        max_discount_percent: 40
        stacking: false
        rules:
          - id: members
            percent: 10
          - id: season-end
            percent: 30
            until: 2026-11-15
        """;

    private const string RulesAfter = """
        # price-rules, production
        currency: USD
        max_discount_percent: 40
        stacking: false
        rules:
          - id: members
            percent: 10
          - id: winter-start
            percent: 15
            from: 2026-11-27
            until: 2026-12-01
        """;

    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("checkout-canary", "release-agent", "deployment", CheckoutCanary)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The picture shows the canary's latency climbing to three times the stable version's; the check compares errors only.",
            Better = static r => r with { Action = ProposedAction.Of("deploy", new { service = "checkout-api", version = "4.18.1", environment = "production", strategy = "all_at_once", regions = new[] { "eu-west" } }), Title = "Roll the canary back to 4.18.1" },
        },
        new("winter-prices", "release-agent", "deployment", WinterPrices),
        new("drop-the-column", "release-agent", "deployment", DropTheColumn)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "invoice-export 2.9 still runs in production and reads the column that the migration drops.",
        },
        new("docs-to-staging", "release-agent", "deployment", DocsToStaging),
        new("before-the-rush", "release-agent", "deployment", BeforeTheRush),
        new("recommendations-for-all", "release-agent", "deployment", RecommendationsForAll)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The privacy review covers US and Canada; the flag switches profiling on in the EU as well.",
            Better = static r => r with { Draft = r.Draft! with { Content = r.Draft.Content.Replace(", \"eu\"", "", StringComparison.Ordinal) } },
        },
        new("hotfix-tonight", "release-agent", "deployment", HotfixTonight)
        {
            Flaw = Flaw.MissingEvidence,
            Truth = "No test report: the build of the hotfix is linked, its tests are not.",
            Reply = static r => r with
            {
                Answer = "The pipeline has finished: 1,284 tests, none failed. The report is attached.",
                Checks = [.. r.Checks!.Where(static c => c.Id != "TEST-1"), Pass("TEST-1", "Tests of this build passed", "1,284 of 1,284", "tests")],
                Evidence = [.. r.Evidence!, Evidence.Table("tests", "Test report of build 20931", ["Suite", "Tests", "Failed", "Seconds"], ["unit", 1190, 0, 41], ["contract", 62, 0, 77], ["browser", 32, 0, 214]) with { Required = true }],
            },
        },
    ];

    private static Source Agent(Occasion o, int run) => new("release-agent") { Agent = "shipwright", Version = "1.9", RunId = $"rel-{o.Number(run)}" };

    private static Impact Change(string consequence, bool reversible = true, bool visible = true) => new() { Reversible = reversible, ExternallyVisible = visible, Consequence = consequence };

    private static ReviewRequest CheckoutCanary(Occasion o) => new()
    {
        Source = Agent(o, 1810),
        Kind = "deployment",
        CaseId = "checkout-api/4.18.2",
        Title = "Canary healthy: promote checkout-api 4.18.2 to all traffic",
        Subject = new("checkout-api", "Checkout API"),
        Action = ProposedAction.Of("deploy", new { service = "checkout-api", from = "4.18.1", version = "4.18.2", environment = "production", strategy = "rolling", regions = new[] { "eu-west" }, change = $"CHG-{o.Number(9041)}" }),
        Impact = Change("All orders of eu-west (about 900 an hour) go through 4.18.2. Rolling back takes 6 minutes.") with { AffectsTrust = true },
        Signals = [new("canary-score", 0.86, "error rates of canary and stable")],
        Reasoning = new("Errors of canary and stable are equal at 0.02 % over 42 minutes, so the canary passes."),
        Checks = [Pass("CANARY-1", "Error rate of the canary", "0.02 % on both", "graph"), Pass("TEST-1", "Tests of this build passed", "2,031 of 2,031"), Pass("ROLL-1", "Rollback tested", "6 min 10 s")],
        Evidence =
        [
            Evidence.Image("graph", "Dashboard at 14:00", DemoPictures.Blob("latency.png"), "checkout-p99.png") with { Required = true, Origin = new("metrics", "dashboards/checkout?range=1h", At("11-19 14:00")) },
            Evidence.Markdown("plan", "Plan", """
                1. Promote **5 % → 25 % → 100 %**, ten minutes each
                2. Watch `http_5xx` and p99 (**objective: 400 ms**)
                3. Roll back on an alarm: `deploy checkout-api 4.18.1`
                """) with { Role = "plan", Required = true },
            Evidence.Diff("notes", "Release notes", "4.18.1\n- fix rounding of vouchers\n", "4.18.2\n- fix rounding of vouchers\n- fetch gift card balance for each line, not once\n"),
        ],
    };

    private static ReviewRequest WinterPrices(Occasion o) => new()
    {
        Source = Agent(o, 1814),
        Initiator = new("dana.whitlock@alderway.example", "Dana Whitlock"),
        Kind = "deployment",
        Title = "Publish the price rules for the winter start",
        Subject = new("price-rules", "Price rules"),
        Action = ProposedAction.Of("deploy", new { service = "price-rules", version = $"2026.{o.Number(47)}", environment = "production", strategy = "all_at_once", regions = new[] { "us", "ca" } }),
        Draft = new Draft("yaml", RulesAfter) { Baseline = RulesBefore }.To(new { path = "config/price-rules.yaml" }),
        Impact = Change("From 27 November, 15 % off in the shop. Expected 41,000 USD of discounts in five days."),
        Signals = [new("model", 0.92, "self-reported")],
        Checks = [Pass("SCHEMA-1", "The file fits its schema"), Pass("LIMIT-1", "Below the highest discount", "25 of 40 percent"), Warn("EXP-2", "Removes a rule", "season-end ended on 15 November", "diff")],
        Evidence =
        [
            Evidence.Diff("diff", "config/price-rules.yaml", RulesBefore, RulesAfter, "yaml") with { Required = true },
            Evidence.Text("order", "From the marketing calendar", "Winter start: 27 November to 1 December, 15 % on everything, members 10 % on top as always.") with { Role = "original", Origin = new("calendar", "campaigns/winter-start") },
        ],
    };

    private static ReviewRequest DropTheColumn(Occasion o) => new()
    {
        Source = Agent(o, 1818),
        Kind = "deployment",
        Title = "Clean up: drop the unused column legacy_tax_id",
        Subject = new("orders-db", "Orders database"),
        Action = ProposedAction.Of("deploy", new { service = "orders-db", version = $"migration-{o.Number(212)}", environment = "production", strategy = "all_at_once", regions = new[] { "us" } }),
        Impact = Change("The column and its 4.1 million values are gone; only last night's backup has them.", reversible: false, visible: false),
        Signals = [new("model", 0.9, "self-reported"), new("static-analysis", 0.97, "no reference in the repository's main branch")],
        Reasoning = new("No code on the main branch reads the column. It has been replaced by tax_reference since 2.10."),
        Checks = [Pass("REF-1", "No reference on the main branch", "0 of 412 files"), Pass("BACKUP-1", "Backup of last night", "02:14, verified"), Pass("LOCK-1", "Lock shorter than 1 s on staging", "0.2 s")],
        Evidence =
        [
            Evidence.Text("plan", "Migration", "BEGIN;\nALTER TABLE invoices DROP COLUMN legacy_tax_id;\nCOMMIT;") with { Role = "plan", Required = true },
            Evidence.Table("environments", "What runs where", ["Service", "Staging", "Production", "Reads"],
                ["orders-api", "7.4.0", "7.4.0", "tax_reference"], ["invoice-export", "2.10.1", "2.9.3", "≤ 2.9: legacy_tax_id"], ["reports", "1.3.8", "1.3.8", "tax_reference"]) with
            {
                Role = "environments",
                Required = true,
            },
        ],
    };

    private static ReviewRequest DocsToStaging(Occasion o) => new()
    {
        Source = Agent(o, 1822),
        Kind = "deployment",
        Title = "Publish the help pages to staging",
        Subject = new("help-pages", "Help pages"),
        Action = ProposedAction.Of("deploy", new { service = "help-pages", version = $"1.{o.Number(88)}.0", environment = "staging", strategy = "all_at_once", regions = new[] { "us" } }),
        Impact = new() { Reversible = true, ExternallyVisible = false, LegallySensitive = false, AffectsTrust = false, Consequence = "Colleagues see the new pages on staging." },
        Signals = [new("model", 0.98, "self-reported")],
        Checks = [Pass("TEST-1", "Links checked", "312 of 312"), Pass("SPELL-1", "Spelling checked")],
        Evidence = [Evidence.Diff("diff", "returns.md", "Returns are free within 30 days.\n", "Returns are free within 60 days.\n", "markdown") with { Role = "plan" }],
    };

    private static ReviewRequest BeforeTheRush(Occasion o) => new()
    {
        Source = Agent(o, 1826),
        Kind = "deployment",
        Title = "Ship search-index 3.0 before the rush",
        Subject = new("search-index", "Search"),
        Action = ProposedAction.Of("deploy", new { service = "search-index", from = "2.9.6", version = "3.0.0", environment = "production", strategy = "all_at_once", regions = new[] { "us", "ca", "eu" }, change = $"CHG-{o.Number(9052)}" }),
        Impact = Change("Search of all shops runs on a new index format. Going back means 5 hours of rebuilding.", reversible: false) with { AffectsTrust = true },
        Signals = [new("model", 0.74, "self-reported"), new("risk-model", 0.41, "share of similar changes without an incident")],
        Reasoning = new("The new index is 40 % faster. Load on the 27th will be the highest of the year, so it helps to have it in."),
        Checks = [Fail("FREEZE-1", "Outside a change freeze", "Freeze from 20 November to 2 December", "calendar"), Pass("TEST-1", "Tests of this build passed", "988 of 988"), Warn("ROLL-1", "Rollback within 30 minutes", "5 hours", "plan")],
        Alternatives =
        [
            new(ProposedAction.Of("deploy", new { service = "search-index", version = "3.0.0", environment = "staging", strategy = "all_at_once", regions = new[] { "us" } }), "Staging now, production after the freeze"),
            new(ProposedAction.Of("deploy", new { service = "search-index", version = "2.9.7", environment = "production", strategy = "canary", regions = new[] { "ca" } }), "Only the caching fix, as a canary"),
        ],
        Evidence =
        [
            Evidence.Table("calendar", "Change calendar", ["From", "To", "What"], ["2026-11-20", "2026-12-02", "freeze: customer-facing services"], ["2026-12-03", "2026-12-18", "open"]) with { Role = "limits", Required = true, Highlights = [new("freeze: customer-facing services", "FREEZE-1")] },
            Evidence.Markdown("plan", "Plan", "1. Build the index (5 h)\n2. Switch all regions at once\n3. Remove the old index\n\n> Back: build the old index again (5 h)") with { Role = "plan", Required = true },
            Evidence.Json("load", "Load test", new { version = "3.0.0", requestsPerSecond = 2400, p99Milliseconds = 61, baseline = new { version = "2.9.6", p99Milliseconds = 102 } }),
        ],
    };

    private static ReviewRequest RecommendationsForAll(Occasion o) => new()
    {
        Source = Agent(o, 1830),
        Kind = "deployment",
        Title = "Switch the new recommendations on for everybody",
        Subject = new("recommendations", "Recommendations"),
        Action = ProposedAction.Of("deploy", new { service = "recommendations", version = "flags-" + o.Number(31), environment = "production", strategy = "rolling", regions = new[] { "us", "ca", "eu" } }),
        Draft = new Draft("json", """
            {
              "flag": "profile-recommendations",
              "percentage": 100,
              "regions": ["us", "ca", "eu"],
              "sources": ["orders", "searches", "location"]
            }
            """)
        {
            Baseline = """
            {
              "flag": "profile-recommendations",
              "percentage": 20,
              "regions": ["us"],
              "sources": ["orders", "searches", "location"]
            }
            """,
        }.To(new { path = "flags/profile-recommendations.json" }),
        Impact = Change("About 310,000 customers see recommendations made from orders, searches and location.") with { AffectsTrust = true },
        Signals = [new("experiment", 0.95, "probability that the variant is better")],
        Reasoning = new("Revenue for each visit +3.1 % (95 % interval 1.8 to 4.4). No rise in complaints."),
        Checks = [Pass("EXP-1", "Experiment significant", "p < 0.001"), Pass("PRIV-1", "Privacy review exists", "PR-204", "privacy"), Pass("KILL-1", "Switch-off tested")],
        Evidence =
        [
            Evidence.KeyValue("privacy", "Privacy review PR-204", ("State", "approved"), ("Date", "2026-09-30"), ("Regions", "United States, Canada"), ("Data", "orders, searches, location"), ("Next step", "impact assessment for other regions")) with { Role = "policy", Required = true },
            Evidence.Table("experiment", "Experiment of four weeks", ["Variant", "Visitors", "Revenue for each visit"], ["control", 40211, 2.91], ["recommendations", 40187, 3.00]),
        ],
    };

    private static ReviewRequest HotfixTonight(Occasion o) => new()
    {
        Source = Agent(o, 1834),
        Kind = "deployment",
        Title = "Hotfix for vouchers, tonight",
        Subject = new("voucher-api", "Vouchers"),
        Action = ProposedAction.Of("deploy", new { service = "voucher-api", version = $"5.2.{o.Number(4)}", environment = "production", strategy = "canary", regions = new[] { "us" } }),
        Impact = Change("Vouchers with a cent value work again. A mistake breaks all vouchers."),
        Signals = [new("model", 0.81, "self-reported")],
        Reasoning = new("One line: rounding half away from zero. The change is trivial, so the pipeline's report is not needed."),
        Checks = [NotRun("TEST-1", "Tests of this build passed", "The pipeline is still running."), Pass("REV-1", "Change was reviewed", "by two people", "diff")],
        Evidence =
        [
            Evidence.Diff("diff", "src/Voucher.cs", "    var cents = Math.Round(value * 100);\n", "    var cents = Math.Round(value * 100, MidpointRounding.AwayFromZero);\n", "csharp") with { Required = true },
            Evidence.Link("build", "Build 20931", new Uri("https://ci.alderway.example/builds/20931"), "Build 20931"),
        ],
    };
}
