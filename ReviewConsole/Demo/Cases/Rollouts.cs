using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Changes of configuration that a release agent wants to roll out: the file as it is, as it would be, and where it counts.</summary>
internal static class Rollouts
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("longer-timeouts", "release-agent", "deployment", LongerTimeouts)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The gateway gives up after 10 s; a timeout of 30 s behind it holds connections for work that nobody waits for.",
            Better = static r => Instead(r, "read_timeout_s: 30", "read_timeout_s: 8"),
        },
        new("new-certificate", "release-agent", "deployment", NewCertificate),
        new("right-size", "release-agent", "deployment", RightSize)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The load table has the peak of last week: it needed nine replicas, the plan leaves four.",
            Better = static r => Instead(r, "maxReplicas: 4", "maxReplicas: 12"),
        },
        new("exports-bucket", "release-agent", "deployment", ExportsBucket)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The bucket that becomes readable to everybody holds invoices with names and addresses.",
        },
        new("flag-clean-up", "release-agent", "deployment", FlagCleanUp),
    ];

    private static ReviewRequest Instead(ReviewRequest r, string was, string becomes) => r with { Draft = r.Draft! with { Content = r.Draft.Content.Replace(was, becomes, StringComparison.Ordinal) } };

    private static ReviewRequest File(Occasion o, int run, string service, string title, string path, string language, string before, string after, string strategy = "rolling") => new()
    {
        Source = new("release-agent") { Agent = "shipwright", Version = "1.9", RunId = $"rel-{o.Number(run)}" },
        Kind = "deployment",
        Title = title,
        Subject = new(service, service),
        Action = ProposedAction.Of("deploy", new { service, version = $"cfg-{o.Number(run)}", environment = "production", strategy, regions = new[] { "us", "ca" } }),
        Draft = new Draft(language, after) { Baseline = before }.To(new { path }),
    };

    private static Impact Change(string consequence) => new() { Reversible = true, ExternallyVisible = true, AffectsTrust = true, Consequence = consequence };

    private static ReviewRequest LongerTimeouts(Occasion o)
    {
        const string Before = "upstream: prices\nconnect_timeout_s: 1\nread_timeout_s: 3\nretries: 2\npool: 200\n";
        return File(o, 1841, "cart-api", "Fewer errors: raise the read timeout of the cart", "cart/upstreams.yaml", "yaml", Before, Before.Replace("read_timeout_s: 3", "read_timeout_s: 30", StringComparison.Ordinal)) with
        {
            Impact = Change("All carts wait up to 30 s for prices instead of 3 s. Going back takes two minutes."),
            Signals = [new("model", 0.9, "self-reported")],
            Reasoning = new("0.4 % of calls end in a timeout at 3 s. At 30 s nearly all of them would succeed."),
            Checks = [Pass("SCHEMA-1", "The file fits its schema"), Pass("TEST-1", "Tests of this build passed", "1,140 of 1,140"), Pass("ROLL-1", "Rollback tested", "1 min 50 s")],
            Evidence =
            [
                Evidence.KeyValue("gateway", "Gateway, as deployed", ("Timeout to the cart", "10 s"), ("Then", "answers 504 and closes"), ("Connections to the cart", 400)) with { Role = "limits", Required = true },
                Evidence.Table("latency", "Calls to prices, last 24 hours", ["Time", "Share"], ["< 1 s", "98.9 %"], ["1–3 s", "0.7 %"], ["> 3 s", "0.4 %"]) with { Required = true },
            ],
        };
    }

    private static ReviewRequest NewCertificate(Occasion o)
    {
        const string Before = "name: shop.alderway.example\nnotAfter: 2026-12-04\nsan:\n  - shop.alderway.example\n  - www.alderway.example\n  - pay.alderway.example\nkey: ecdsa-p256\n";
        return File(o, 1845, "edge", "Renew the certificate of the shop", "edge/certificates/shop.yaml", "yaml", Before, Before.Replace("2026-12-04", "2027-03-02", StringComparison.Ordinal)) with
        {
            Impact = Change("Browsers see the new certificate at once. Without it the shop stops on 4 December."),
            Signals = [new("model", 0.97, "self-reported")],
            Checks = [Pass("SAN-1", "Same names as before", "3 of 3", "chain"), Pass("CHAIN-1", "Chain verifies", null, "chain"), Warn("TIME-1", "More than 14 days before the end", "13 days")],
            Evidence =
            [
                Evidence.Json("chain", "Certificate as issued", new { subject = "shop.alderway.example", names = new[] { "shop.alderway.example", "www.alderway.example", "pay.alderway.example" }, issuer = "Example Trust R3", notBefore = "2026-11-20", notAfter = "2027-03-02" }) with { Required = true },
                Evidence.Table("where", "What serves it", ["Edge", "Region", "Now"], ["edge-1", "us", "2026-12-04"], ["edge-2", "us", "2026-12-04"], ["edge-3", "ca", "2026-12-04"]) with { Role = "environments" },
            ],
        };
    }

    private static ReviewRequest RightSize(Occasion o)
    {
        const string Before = "service: search-api\nminReplicas: 6\nmaxReplicas: 12\ncpu: 500m\nmemory: 1Gi\n";
        return File(o, 1849, "search-api", "Right-size search: save 2,100 USD a month", "search/scale.yaml", "yaml", Before, Before.Replace("minReplicas: 6", "minReplicas: 2", StringComparison.Ordinal).Replace("maxReplicas: 12", "maxReplicas: 4", StringComparison.Ordinal)) with
        {
            Impact = Change("Search runs on two to four replicas instead of six to twelve."),
            Signals = [new("model", 0.91, "self-reported")],
            Reasoning = new("Average use of processors over 30 days was 17 %, so a third of the replicas is enough."),
            Checks = [Pass("COST-1", "Saves more than 1,000 USD a month", "2,100 USD"), Pass("SCHEMA-1", "The file fits its schema"), Pass("AVG-1", "Average use below 60 % after the change", "51 %")],
            Evidence =
            [
                Evidence.Table("load", "Replicas that were needed, by hour of the highest day", ["Day", "00–06", "06–12", "12–18", "18–24"], ["Monday 16 Nov", 2, 3, 4, 5], ["Friday 20 Nov", 2, 4, 6, 9], ["Sunday 22 Nov", 2, 3, 5, 6]) with { Required = true, Role = "limits" },
                Evidence.KeyValue("cost", "Cost", ("Now", "3,150 USD a month"), ("After", "1,050 USD a month")),
            ],
        };
    }

    private static ReviewRequest ExportsBucket(Occasion o)
    {
        const string Before = "resource \"bucket\" \"exports\" {\n  name   = \"alderway-exports\"\n  region = \"us-west\"\n  acl    = \"private\"\n}\n";
        return File(o, 1853, "storage", "Let the partner portal read the exports", "storage/exports.tf", "text", Before, Before.Replace("\"private\"", "\"public-read\"", StringComparison.Ordinal)) with
        {
            Impact = Change("Everybody with the address can read the files of the bucket; the partner portal needs no key any more."),
            Signals = [new("model", 0.89, "self-reported")],
            Reasoning = new("The portal shows 403 for export files. With public-read the error is gone; the names of the files cannot be guessed."),
            Checks = [Pass("PLAN-1", "One resource changes", "0 to add, 1 to change, 0 to destroy", "plan"), Pass("PORTAL-1", "The portal opens a file on staging"), Pass("SCHEMA-1", "The file fits its schema")],
            Evidence =
            [
                Evidence.Text("plan", "Plan", "  ~ resource \"bucket\" \"exports\" {\n      ~ acl = \"private\" -> \"public-read\"\n    }\n\nPlan: 0 to add, 1 to change, 0 to destroy.") with { Required = true, Role = "plan" },
                Evidence.Table("files", "Files in alderway-exports, newest first", ["File", "Size", "Made by"], ["catalogue-2026-11-21.csv", "2.1 MB", "catalogue"], ["invoices-2026-10.zip", "88 MB", "invoice-export"], ["stock-2026-11-21.csv", "0.4 MB", "stock"]) with { Required = true, Role = "environments" },
            ],
        };
    }

    private static ReviewRequest FlagCleanUp(Occasion o)
    {
        const string Before = "{\n  \"new-checkout\": true,\n  \"gift-notes\": true,\n  \"summer-banner\": false,\n  \"old-returns\": false\n}\n";
        const string After = "{\n  \"new-checkout\": true,\n  \"gift-notes\": true\n}\n";
        return File(o, 1857, "shop-web", "Remove two flags that nothing reads", "shop/flags.json", "json", Before, After) with
        {
            Impact = Change("Two flags leave the file that every page reads; nothing should change for customers."),
            Signals = [new("static-analysis", 0.99, "no reference in what runs")],
            Checks = [Pass("REF-1", "No reference in what runs", "0 in 3 services", "readers"), Pass("OFF-1", "Both have been off for 30 days", "64 and 112 days")],
            Evidence =
            [
                Evidence.Table("readers", "Who reads which flag, in production", ["Flag", "Readers", "Last read as true"], ["new-checkout", "shop-web, cart-api", "2026-11-22"], ["gift-notes", "shop-web", "2026-11-22"], ["summer-banner", "–", "2026-09-19"], ["old-returns", "–", "2026-08-02"]) with { Required = true, Role = "environments" },
                Evidence.Diff("diff", "shop/flags.json", Before, After, "json"),
            ],
        };
    }
}
