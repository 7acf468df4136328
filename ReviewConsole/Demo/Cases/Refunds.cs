using System.Text.Json;
using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Refunds of the same shop, from fifteen dollars of goodwill to a return by the pallet.</summary>
internal static class Refunds
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("late-parcel", "refund-agent", "refund", LateParcel),
        new("front-desk", "refund-agent", "refund", FrontDesk)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The courier's picture shows the parcel delivered to the very address that the customer gave; nobody asked at the front desk.",
        },
        new("double-charge", "refund-agent", "refund", DoubleCharge)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The second charge was an authorisation that was voided the next day: there is nothing to give back.",
        },
        new("pallet-return", "refund-agent", "refund", PalletReturn),
        new("goodwill-again", "refund-agent", "refund", GoodwillAgain),
        new("return-without-scan", "refund-agent", "refund", ReturnWithoutScan)
        {
            Flaw = Flaw.MissingEvidence,
            Truth = "That the jacket came back is only said; the scan of the returns dock is missing.",
            Reply = static r => r with
            {
                Answer = "The returns dock scanned the parcel on 16 November; I attach the scan. Condition: as new, tags on.",
                Checks = [.. r.Checks!.Where(static c => c.Id != "RET-1"), Pass("RET-1", "The goods are back", "scanned 11-16, condition A", "scan")],
                Evidence =
                [
                    .. r.Evidence!,
                    Evidence.Table("scan", "Returns dock, scans of 16 November", ["Time", "Parcel", "Article", "Condition"], ["15:22", "RT-55019", "Fell jacket, women's M, ink", "A: as new, tags on"]) with { Required = true, Role = "original" },
                ],
            },
        },
        new("north-of-the-border", "refund-agent", "refund", NorthOfTheBorder)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The customer paid 184.00 Canadian dollars; the refund is 184.00 US dollars.",
            Better = static r => r with { Action = ProposedAction.Of("issue_refund", new { order = Argument(r, "order"), customer = Argument(r, "customer"), amount = "184.00", currency = "CAD", method = "original_payment", reason = "changed_mind" }), Impact = r.Impact! with { Amount = new("184.00", "CAD") } },
        },
        new("fifteen-dollars", "refund-agent", "refund", FifteenDollars),
        new("slipped-point", "refund-agent", "refund", SlippedPoint)
        {
            Truth = "The agent declares 95.50 and would pay 955.00: the console compares both and says so itself.",
            Better = static r => r with { Action = ProposedAction.Of("issue_refund", new { order = Argument(r, "order"), customer = Argument(r, "customer"), amount = "95.50", currency = "USD", method = "original_payment", reason = "price_drop" }) },
        },
    ];

    private static readonly JsonElement s_schema = JsonElement.Parse("""
        {
          "type": "object", "additionalProperties": false, "required": ["order", "customer", "amount", "currency", "method", "reason"],
          "properties": {
            "order": { "type": "string", "pattern": "^AO-[0-9]+$" },
            "customer": { "type": "string", "description": "The customer's number, never a name." },
            "amount": { "type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$", "description": "With two decimals, in the currency below." },
            "currency": { "enum": ["USD", "CAD"] },
            "method": { "enum": ["original_payment", "store_credit", "bank_transfer"] },
            "reason": { "type": "string", "maxLength": 80 }
          }
        }
        """);

    private static string Argument(ReviewRequest r, string name) => r.Action.Arguments.GetProperty(name).GetString()!;

    private static Source Agent(Occasion o, int run) => new("refund-agent") { Agent = "resolver-m", Version = "2026.10", RunId = $"rf-{o.Number(run)}" };

    private static ProposedAction Refund(string order, DemoPerson who, string amount, string method, string reason)
        => ProposedAction.Of("issue_refund", new { order, customer = who.Id, amount, currency = "USD", method, reason }) with { ArgumentsSchema = s_schema };

    private static ReviewRequest LateParcel(Occasion o)
    {
        var (who, order) = (o.Person(1), $"AO-{o.Number(117904)}");
        return new()
        {
            Source = Agent(o, 20411),
            Kind = "refund",
            CaseId = $"T-{o.Number(40102)}",
            Title = "Give back the express fee, the parcel came two days late",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "38.40", "original_payment", "late_delivery"),
            Impact = new() { Amount = new("38.40", "USD"), Reversible = true, ExternallyVisible = true, Consequence = "38.40 USD go back to the card. Until tonight's payment run it can be stopped." },
            Signals = [new("model", 0.97, "self-reported"), new("self-consistency", 1.0, "share of four runs that proposed exactly this")],
            Checks = [Pass("ORD-1", "The order belongs to the customer", null, "order"), Pass("SLA-1", "Promise missed", "promised 11-12, delivered 11-14", "track"), Pass("AMT-1", "Amount is the fee paid", "38.40", "order")],
            Evidence =
            [
                Evidence.KeyValue("order", $"Order {order}", ("Customer", who.Name), ("Delivery", "Express, promised 2026-11-12"), ("Express fee", "38.40 USD"), ("Goods", "212.00 USD")) with { Required = true },
                Evidence.Table("track", "Tracking", ["At", "Place", "Event"], ["11-10 18:02", "Portland OR", "picked up"], ["11-12 07:15", "Reno NV", "missed connection"], ["11-14 11:40", "Tucson AZ", "delivered"]),
            ],
        };
    }

    private static ReviewRequest FrontDesk(Occasion o)
    {
        var (who, order) = (o.Person(2), $"AO-{o.Number(118377)}");
        return new()
        {
            Source = Agent(o, 20415),
            Kind = "refund",
            CaseId = $"T-{o.Number(40240)}",
            Title = $"Refund order {order}, parcel never arrived",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "412.00", "original_payment", "not_received"),
            Impact = new() { Amount = new("412.00", "USD"), Reversible = false, ExternallyVisible = true, AffectsTrust = true, Consequence = "**412.00 USD** go back to the card. If the parcel did arrive, goods and money are gone." },
            Signals = [new("model", 0.88, "self-reported"), new("self-consistency", 0.75, "three of four runs")],
            Reasoning = new("The customer says twice that nothing came. The tracking page was not reachable when I looked; the courier's proof of delivery is attached as received."),
            Checks = [Pass("ORD-1", "The order belongs to the customer", null, "chat"), Pass("AGE-1", "Within 30 days of delivery", "6 days"), Pass("HIST-1", "Fewer than two lost parcels in a year", "none", "history")],
            Alternatives = [new(ProposedAction.Of("agent_decision", new { @case = $"T-{o.Number(40240)}", decision = "open_courier_claim" }), "The courier pays when the parcel is really lost")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the customer",
                    Says("customer", "11-20 08:31", $"My parcel {order} never came. I live at 41 Juniper Court, Apt 2, in Boise."),
                    Says("assistant", "11-20 08:31", "I am sorry. Have you checked with neighbours?"),
                    Says("customer", "11-20 08:33", "Nobody has it. I would like my money back please, it was a present for last weekend."),
                    Says("assistant", "11-20 08:34", "I understand. I will arrange the refund.")) with { Required = true, Role = "original" },
                Evidence.Image("proof", "Courier's proof of delivery", DemoPictures.Blob("parcel-label.png"), "PC-7781220491.png") with { Required = true, Origin = new("pine-courier", "pod/PC7781220491", At("11-20 08:32")) },
                Evidence.Table("history", "Lost parcels of this customer", ["Order", "When", "Result"]) with { Role = "history" },
            ],
        };
    }

    private static ReviewRequest DoubleCharge(Occasion o)
    {
        var (who, order) = (o.Person(5), $"AO-{o.Number(118020)}");
        return new()
        {
            Source = Agent(o, 20419),
            Kind = "refund",
            Title = "Refund the second charge of 129.90 USD",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "129.90", "original_payment", "charged_twice"),
            Impact = new() { Amount = new("129.90", "USD"), Reversible = true, ExternallyVisible = true, Consequence = "129.90 USD go back to the card with tonight's payment run. Given back once too often, the order is free." },
            Signals = [new("model", 0.95, "self-reported")],
            Checks = [Pass("ORD-1", "The order belongs to the customer"), Pass("DUP-1", "Two charges of the same amount", "129.90 twice on 11-13", "payments"), Pass("AMT-1", "Amount is that of one charge")],
            Evidence =
            [
                Evidence.Email("mail", "The customer's message", new(who.Email, ["care@alderway.example"], "Charged twice!", At("11-14 06:58"))
                {
                    Text = "You took 129.90 from my card two times yesterday, see my banking app. Please give one back.",
                    Html = "<p>You took <b>129.90</b> from my card <b>two times</b> yesterday, see my banking app.</p><p>Please give one back.</p>",
                }) with { Role = "original", Required = true },
                Evidence.Table("payments", $"Payment events of {order}", ["At", "Reference", "Type", "Amount", "State"],
                    ["11-13 19:04:11", "pm_81a", "authorisation", 129.90, "voided 11-14 02:00"], ["11-13 19:04:39", "pm_81b", "authorisation", 129.90, "captured"], ["11-13 19:04:40", "pm_81b", "capture", 129.90, "settled"]) with
                {
                    Required = true,
                    Origin = new("payments", $"orders/{order}", At("11-14 07:01")),
                },
            ],
        };
    }

    private static ReviewRequest PalletReturn(Occasion o)
    {
        var (who, order) = (o.Person(9), $"B2B-{o.Number(2204)}");
        return new()
        {
            Source = Agent(o, 20423),
            Initiator = new("reviewer2@example.org", "Priya Nair"),
            Kind = "refund",
            CaseId = $"RMA-{o.Number(771)}",
            Title = "Refund the returned season stock of Larchmont Outfitters",
            Subject = new("larchmont-outfitters", "Larchmont Outfitters Inc."),
            Action = ProposedAction.Of("issue_refund", new { order, customer = "larchmont-outfitters", amount = "12640.00", currency = "USD", method = "bank_transfer", reason = "return_right", lines = new[] { new { sku = "TARN-35-MOSS", quantity = 80, unit = "98.00" }, new { sku = "LEE-2P-FERN", quantity = 20, unit = "240.00" } } }),
            Impact = new() { Amount = new("12640.00", "USD"), Reversible = false, ExternallyVisible = true, Consequence = "12 640.00 USD leave by bank transfer tomorrow morning. Contract L-88 gives the right to return unopened season stock until 30 November." },
            Signals = [new("model", 0.93, "self-reported"), new("document-match", 0.99, "quantities against the dock's receipt")],
            Reasoning = new("80 × 98.00 + 20 × 240.00 = 12,640.00. The dock received all 100 units unopened; the window is open."),
            Checks = [Pass("SUM-1", "Lines add up", "7,840.00 + 4,800.00 = 12,640.00"), Pass("WIN-1", "Within the return window", "until 2026-11-30", "contract"), Pass("QTY-1", "Received as claimed", "100 of 100", "dock")],
            Evidence =
            [
                Evidence.Json("dock", "Receipt of the returns dock", new { rma = $"RMA-{o.Number(771)}", receivedAt = "2026-11-18T10:44:00Z", by = who.Id, lines = new object[] { new { sku = "TARN-35-MOSS", quantity = 80, condition = "unopened" }, new { sku = "LEE-2P-FERN", quantity = 20, condition = "unopened" } } }) with { Required = true },
                Evidence.Text("contract", "Contract L-88, clause 6", "6. Season stock that is unopened may be returned until 30 November of the year of delivery. The price paid is credited by bank transfer within ten days of receipt.") with { Required = true, Role = "policy" },
                Evidence.KeyValue("bank", "Bank account on file", ("Name", "Larchmont Outfitters Inc."), ("Account", "•••• 2290"), ("Last changed", "2023-06-14")),
            ],
            Preconditions = [new("rma", "v4")],
            Tags = ["b2b"],
        };
    }

    private static ReviewRequest GoodwillAgain(Occasion o)
    {
        var (who, order) = (o.Person(10), $"AO-{o.Number(117551)}");
        return new()
        {
            Source = Agent(o, 20427),
            Kind = "refund",
            Title = "Goodwill for a ruined holiday",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "1250.00", "store_credit", "goodwill"),
            Impact = new() { Amount = new("1250.00", "USD"), Reversible = true, ExternallyVisible = true, AffectsTrust = true, Consequence = "1 250.00 USD of store credit, valid for two years." },
            Signals = [new("model", 0.44, "self-reported"), new("self-consistency", 0.25, "one of four runs proposed this")],
            Reasoning = new("The tent's zip failed on the first night. The family went home. The customer has a large following and is very upset."),
            Checks = [Fail("LIM-1", "Within the limit for goodwill", "250.00 a year; 1,100.00 already given", "limits", "history"), Pass("ORD-1", "The order belongs to the customer"), Warn("TONE-3", "Customer threatens publicity", "'my 40k followers will hear of this'", "chat")],
            Alternatives =
            [
                new(Refund(order, who, "329.00", "original_payment", "defect"), "The price of the tent: a defect is not goodwill"),
                new(Refund(order, who, "250.00", "store_credit", "goodwill"), "The yearly limit"),
            ],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the customer",
                    Says("customer", "11-15 17:20", "First night, rain, and the zip of the Lee 2P just ripped. We drove home 300 miles with two crying kids."),
                    Says("assistant", "11-15 17:21", "I am very sorry. That must not happen."),
                    Says("customer", "11-15 17:24", "A refund of the tent is NOT enough. Fuel, campsite, everything: I want 1250 or my 40k followers will hear of this.")) with { Required = true, Role = "original", Highlights = [new("my 40k followers will hear of this", "TONE-3")] },
                Evidence.KeyValue("limits", "What the agent may give", ("Goodwill for one customer in 12 months", "250.00 USD"), ("Above", "a person, with the regional lead")) with { Role = "limits", Required = true },
                Evidence.Table("history", "Goodwill to this customer", ["Date", "Amount", "Reason"], ["2026-03-02", 400.00, "late delivery"], ["2026-06-19", 300.00, "wrong colour"], ["2026-08-30", 400.00, "unfriendly call"]) with { Role = "history" },
            ],
        };
    }

    private static ReviewRequest ReturnWithoutScan(Occasion o)
    {
        var (who, order) = (o.Person(12), $"AO-{o.Number(117733)}");
        return new()
        {
            Source = Agent(o, 20431),
            Kind = "refund",
            Title = "Refund the returned Fell jacket",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "236.00", "original_payment", "returned"),
            Impact = new() { Amount = new("236.00", "USD"), Reversible = true, ExternallyVisible = true, Consequence = "236.00 USD go back to the card with tonight's payment run." },
            Signals = [new("model", 0.83, "self-reported")],
            Reasoning = new("The customer says that the jacket was handed to the courier on 13 November."),
            Checks = [Pass("ORD-1", "The order belongs to the customer", null, "chat"), Pass("AGE-1", "Within 60 days", "22 days"), NotRun("RET-1", "The goods are back", "The returns system did not answer.")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the customer",
                    Says("customer", "11-19 12:05", $"I sent the Fell jacket from {order} back last Friday and still no refund?"),
                    Says("assistant", "11-19 12:06", "Thank you, I see the return label RT-55019. I will take care of it.")) with { Required = true, Role = "original" },
            ],
        };
    }

    private static ReviewRequest NorthOfTheBorder(Occasion o)
    {
        var (who, order) = (o.Person(14), $"AO-{o.Number(118144)}");
        return new()
        {
            Source = Agent(o, 20436),
            Kind = "refund",
            Title = "Refund 184.00 for the returned boots",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "184.00", "original_payment", "changed_mind"),
            Impact = new() { Amount = new("184.00", "USD"), Reversible = false, ExternallyVisible = true, Consequence = "184.00 USD go back to the card." },
            Signals = [new("model", 0.96, "self-reported"), new("self-consistency", 1.0, "four of four runs")],
            Checks = [Pass("ORD-1", "The order belongs to the customer"), Pass("RET-1", "The goods are back", "scanned 11-17"), Pass("AMT-1", "Amount equals the price paid", "184.00", "order")],
            Evidence =
            [
                Evidence.KeyValue("order", $"Order {order}", ("Customer", who.Name), ("Ship to", "2290 Rue Cartier, Montréal QC H2K 4G1"), ("Article", "Ridge boots, 41, brown"), ("Charged", "184.00 CAD"), ("Card", "Visa •••• 7731"), ("Returned", "2026-11-17, condition A")) with { Required = true },
                Evidence.Text("rate", "Rate of the day", "1 CAD = 0.7214 USD (17 November 2026)") with { Origin = new("treasury", "rates/2026-11-17") },
            ],
        };
    }

    private static ReviewRequest FifteenDollars(Occasion o)
    {
        var (who, order) = (o.Person(15), $"AO-{o.Number(118190)}");
        return new()
        {
            Source = Agent(o, 20440),
            Kind = "refund",
            Title = "Fifteen dollars of credit for a missing pair of laces",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "15.00", "store_credit", "part_missing"),
            Impact = new() { Amount = new("15.00", "USD"), Reversible = true, Consequence = "15.00 USD of store credit; it can be withdrawn until it is used." },
            Signals = [new("model", 0.98, "self-reported"), new("self-consistency", 1.0, "four of four runs")],
            Checks = [Pass("ORD-1", "The order belongs to the customer"), Pass("LIM-1", "Within the limit for goodwill", "15.00 of 250.00")],
            Evidence = [Evidence.Text("note", "The customer's note in the returns form", "Boots are great, but the spare laces from the picture were not in the box.") with { Role = "original" }],
        };
    }

    private static ReviewRequest SlippedPoint(Occasion o)
    {
        var (who, order) = (o.Person(4), $"AO-{o.Number(118211)}");
        return new()
        {
            Source = Agent(o, 20444),
            Kind = "refund",
            Title = "Pay back the price drop of 95.50",
            Subject = new(who.Id, who.Name),
            Action = Refund(order, who, "955.00", "original_payment", "price_drop"),
            Impact = new() { Amount = new("95.50", "USD"), Reversible = false, ExternallyVisible = true, Consequence = "95.50 USD go back to the card." },
            Signals = [new("model", 0.94, "self-reported")],
            Checks = [Pass("ORD-1", "The order belongs to the customer"), Pass("PRICE-2", "Price fell within 14 days", "286.50 to 191.00", "prices")],
            Evidence =
            [
                Evidence.Table("prices", "Price of the Lee 1P tent", ["From", "Price"], ["2026-11-02", 286.50], ["2026-11-12", 191.00]) with { Required = true },
                Evidence.KeyValue("order", $"Order {order}", ("Customer", who.Name), ("Ordered", "2026-11-05"), ("Article", "Lee 1P tent"), ("Paid", "286.50 USD")),
            ],
        };
    }
}
