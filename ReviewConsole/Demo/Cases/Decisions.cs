using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Decisions of a triage agent that is not sure of itself.</summary>
internal static class Decisions
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("warranty-denied", "triage-agent", "agentDecision", WarrantyDenied)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "Bought 23 months ago, and the warranty of packs is 24 months: the claim is good.",
            Better = static r => r with { Action = Decide(r.Action.Arguments.GetProperty("case").GetString()!, "accept_claim", "within_warranty"), Title = "Accept the warranty claim" },
        },
        new("card-tester", "triage-agent", "agentDecision", CardTester),
        new("harsh-but-fair", "triage-agent", "agentDecision", HarshButFair)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The review is rude about the boots, not about a person: the policy keeps it.",
            Better = static r => r with { Action = Decide(r.Action.Arguments.GetProperty("case").GetString()!, "keep_review", "negative_opinion"), Title = "Keep the review" },
        },
        new("route-to-bikes", "triage-agent", "agentDecision", RouteToBikes),
        new("suspend-the-seller", "triage-agent", "agentDecision", SuspendTheSeller),
        new("which-language", "triage-agent", "agentDecision", WhichLanguage),
        new("no-further-action", "triage-agent", "agentDecision", NoFurtherAction)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "In the third message the customer mentions a burn: that is a safety report with a deadline, not a question about fuel.",
            Better = static r => r with { Action = Decide(r.Action.Arguments.GetProperty("case").GetString()!, "open_safety_report", "injury"), Title = "Open a safety report" },
        },
    ];

    private static Source Agent(Occasion o, int run) => new("triage-agent") { Agent = "sorter", Version = "0.8", RunId = $"tr-{o.Number(run)}" };

    private static ProposedAction Decide(string @case, string decision, string because) => ProposedAction.Of("agent_decision", new { @case, decision, because });

    private static Impact Of(string consequence, bool reversible = true, bool visible = true, bool legal = false, bool trust = false)
        => new() { Reversible = reversible, ExternallyVisible = visible, LegallySensitive = legal, AffectsTrust = trust, Consequence = consequence };

    private static ReviewRequest WarrantyDenied(Occasion o)
    {
        var who = o.Person(6);
        var claim = $"W-{o.Number(8812)}";
        return new()
        {
            Source = Agent(o, 301),
            Kind = "agentDecision",
            CaseId = claim,
            Title = "Deny the warranty claim, it is too late",
            Subject = new(who.Id, who.Name),
            Action = Decide(claim, "deny_claim", "warranty_expired"),
            Impact = Of("The customer gets a refusal by letter.", trust: true) with { Amount = new("168.00", "USD") },
            Signals = [new("model", 0.46, "self-reported"), new("self-consistency", 0.5, "two of four runs")],
            Reasoning = new("The pack was bought in 2024, and it is 2026. Warranties last two years at most."),
            Checks = [Pass("PROOF-1", "Proof of purchase", null, "purchase"), Pass("DEFECT-1", "Defect in material", "strap torn at the seam", "claim")],
            Alternatives = [new(Decide(claim, "accept_claim", "within_warranty"), "Repair or replace"), new(Decide(claim, "goodwill_repair", "close_to_end"), "Repair without accepting the claim")],
            Evidence =
            [
                Evidence.Json("purchase", "Purchase", new { order = $"AO-{o.Number(60914)}", article = "Tarn 50 pack", boughtOn = "2024-12-14", price = "168.00", currency = "USD" }) with { Required = true },
                Evidence.Text("claim", "The customer's claim of 20 November 2026", "The left shoulder strap tore off at the seam while I was putting the pack on. It was not overloaded (11 kg).") with { Required = true, Role = "original" },
                Evidence.Markdown("terms", "Warranty terms", "| Article | Months |\n|---|---|\n| Stoves, lamps | 12 |\n| **Packs, tents** | **24** |\n| Boots | 6 |") with { Role = "policy", Required = true },
            ],
        };
    }

    private static ReviewRequest CardTester(Occasion o)
    {
        var order = $"AO-{o.Number(118402)}";
        return new()
        {
            Source = Agent(o, 305),
            Kind = "agentDecision",
            CaseId = order,
            Title = "Hold the order, it looks like card testing",
            Subject = new(order, "Guest order"),
            Action = Decide(order, "hold_order", "card_testing"),
            Impact = Of("The order waits for a day. An honest customer would be annoyed.") with { Amount = new("23.90", "USD") },
            Signals = [new("model", 0.62, "self-reported"), new("fraud-score", 0.81, "vendor's model"), new("velocity", 0.93, "share of similar bursts that were fraud")],
            Checks = [Warn("VEL-1", "Cards for each address in an hour", "7", "attempts"), Pass("ADDR-1", "Address exists")],
            Evidence =
            [
                Evidence.Table("attempts", "Attempts from 198.51.100.23", ["At", "Card", "Amount", "Result"],
                    ["21:02:11", "•••• 4410", 1.00, "declined"], ["21:02:40", "•••• 0093", 1.00, "declined"], ["21:03:05", "•••• 7716", 1.00, "declined"], ["21:03:37", "•••• 2201", 1.00, "approved"], ["21:04:02", "•••• 2201", 23.90, "approved"]) with { Required = true },
                Evidence.KeyValue("order", $"Order {order}", ("Article", "Titanium spork ×1"), ("Ship to", "parcel locker 88, Reno NV"), ("Account", "none, guest")),
            ],
        };
    }

    private static ReviewRequest HarshButFair(Occasion o)
    {
        var review = $"RV-{o.Number(20117)}";
        return new()
        {
            Source = Agent(o, 309),
            Kind = "agentDecision",
            Title = "Remove an abusive review",
            Subject = new(review, "Review of Ridge boots"),
            Action = Decide(review, "remove_review", "abusive_language"),
            Impact = Of("The review disappears and its writer is told.", trust: true),
            Signals = [new("toxicity", 0.55, "classifier"), new("model", 0.68, "self-reported")],
            Reasoning = new("Contains 'garbage' and 'robbery'; toxicity above the threshold of 0.5."),
            Checks = [Pass("LANG-1", "Language recognised", "English"), Pass("BUY-1", "Writer bought the article")],
            Evidence =
            [
                Evidence.Text("review", "The review", "★☆☆☆☆  Absolute garbage. Two weeks and the sole comes off. 189 dollars for this is robbery. My ten-year-old pair from the same shop was great, what happened to you people?") with { Required = true, Role = "original" },
                Evidence.Text("policy", "Rules for reviews", "We remove insults of persons, hate, threats, private data and advertising. We do not remove bad opinions of an article, however strong: they help others.") with { Role = "policy", Required = true },
            ],
        };
    }

    private static ReviewRequest RouteToBikes(Occasion o)
    {
        var ticket = $"T-{o.Number(40301)}";
        return new()
        {
            Source = Agent(o, 313),
            Kind = "agentDecision",
            Title = "Route the question to the bike team",
            Subject = new(ticket, "Question about a pannier"),
            Action = Decide(ticket, "route_to_bikes", "topic"),
            Impact = Of("The bike team answers instead of the general desk.", visible: false),
            Signals = [new("model", 0.97, "self-reported"), new("classifier", 0.95, "topic")],
            Checks = [Pass("OPEN-1", "The ticket is open")],
            Evidence = [Evidence.Text("question", "The question", "Does the Dale pannier fit a rack with 16 mm tubes?") with { Role = "original" }],
        };
    }

    private static ReviewRequest SuspendTheSeller(Occasion o)
    {
        var seller = $"SELL-{o.Number(302)}";
        return new()
        {
            Source = Agent(o, 317),
            Kind = "agentDecision",
            CaseId = seller,
            Title = "Suspend the seller for counterfeit lamps",
            Subject = new(seller, "Northlight Trading"),
            Action = Decide(seller, "suspend_seller", "counterfeit"),
            Impact = Of("All 214 offers vanish and payouts of 8,310.00 USD are frozen. A wrong suspension may ruin a small shop.", reversible: false, legal: true, trust: true) with { Amount = new("8310.00", "USD") },
            Signals = [new("model", 0.44, "self-reported"), new("image-match", 0.39, "pictures against the brand's")],
            Reasoning = new("Four complaints name a missing serial number. The invoice of the wholesaler looks genuine. I cannot tell."),
            Checks = [Fail("CERT-1", "Certificate of authenticity", "expired on 2026-08-31", "certificate"), Warn("COMP-1", "Complaints below 1 %", "4 of 310", "complaints"), NotRun("BRAND-1", "Asked the brand", "No answer yet.")],
            Alternatives = [new(Decide(seller, "pause_lamps", "needs_certificate"), "Pause the 12 lamp offers until the certificate is renewed"), new(Decide(seller, "ask_seller", "needs_certificate"), "Ask for the certificate within 48 hours")],
            Evidence =
            [
                Evidence.Text("question", "What is asked", "Are the lamps sold by Northlight Trading counterfeit, and is a suspension of all offers proportionate?") with { Role = "question" },
                Evidence.Table("complaints", "Complaints", ["Date", "Article", "Text"], ["11-03", "Beam 300", "no serial number"], ["11-08", "Beam 300", "box looks odd, lamp works"], ["11-14", "Beam 300", "no serial number"], ["11-19", "Beam 500", "no serial number, dimmer than my old one"]) with { Required = true },
                Evidence.KeyValue("certificate", "Certificate", ("Brand", "Lumatrek"), ("Valid until", "2026-08-31"), ("Wholesaler", "Lumatrek Distribution West")) with { Required = true },
                Evidence.Conversation("chat", "Messages with the seller", Says("triage", "11-20 09:00", "We received complaints about missing serial numbers."), Says("seller", "11-20 09:41", "We buy from the official wholesaler, invoice attached. The new boxes carry the number inside the battery tray.")),
            ],
        };
    }

    private static ReviewRequest WhichLanguage(Occasion o)
    {
        var ticket = $"T-{o.Number(40317)}";
        return new()
        {
            Source = Agent(o, 321),
            Kind = "agentDecision",
            Title = "Answer in Portuguese",
            Subject = new(ticket, "Question about a jacket"),
            Action = Decide(ticket, "language_pt", "detected"),
            Impact = Of("The answer is written in Portuguese.", visible: false),
            Signals = [new("language-id", 0.57, "Portuguese 0.57, Galician 0.41")],
            Checks = [Pass("OPEN-1", "The ticket is open"), Warn("LANG-2", "Clearly one language", "0.57 against 0.41", "question")],
            Evidence = [Evidence.Text("question", "The question", "Boas, a chaqueta é impermeable? Grazas!") with { Role = "original", Required = true }],
        };
    }

    private static ReviewRequest NoFurtherAction(Occasion o)
    {
        var (who, ticket) = (o.Person(3), $"T-{o.Number(40322)}");
        return new()
        {
            Source = Agent(o, 325),
            Kind = "agentDecision",
            CaseId = ticket,
            Title = "Question about fuel answered, close the ticket",
            Subject = new(ticket, who.Name),
            Action = Decide(ticket, "close_ticket", "answered"),
            Impact = Of("The ticket is closed; nobody reads it again.", visible: false, legal: true),
            Signals = [new("model", 0.66, "self-reported"), new("resolved", 0.78, "classifier")],
            Checks = [Pass("ANS-1", "Last question was answered", "yes, gas mix", "chat"), Pass("WAIT-1", "No message for 24 hours")],
            Evidence =
            [
                Evidence.Conversation("chat", "Messages",
                    Says("customer", "11-19 18:01", "Which gas mix should I use with the Ember 2 in winter?"),
                    Says("assistant", "11-19 18:01", "The winter mix with 30 % propane. Keep the cartridge upright."),
                    Says("customer", "11-19 18:09", "ok. I had the normal one and it flared when I moved the hose, got my hand a bit, blister is healing. Will try the winter mix then."),
                    Says("assistant", "11-19 18:10", "Great, enjoy your tour! Is there anything else?"),
                    Says("customer", "11-19 18:12", "no thx")) with { Required = true, Role = "original" },
                Evidence.Text("policy", "SAFE-1", "Every mention of an injury with one of our articles opens a safety report on the same day, however small, whoever is at fault.") with { Role = "policy" },
            ],
        };
    }
}
