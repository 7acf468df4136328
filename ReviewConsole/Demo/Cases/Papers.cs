using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Contracts and invoices that came as PDF. Boxes are points from the top left of the page, as build/demo-pictures/draw.sh measured them.</summary>
internal static class Papers
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("cleaning-notice", "contract-reader", "extraction", Cleaning)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The thirty days in clause 3 are for paying; notice is three months to the end of a quarter (clause 6).",
            Better = static r => Instead(r, "notice_period", Read("notice_period", "Notice", "text", "3 months to the end of a quarter", 0.9, "paper", 65, 346, 466, 32)),
        },
        new("photo-licence", "contract-reader", "extraction", Photos)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The licence lasts 24 months; perpetual is only offered, for a further 11,500 USD.",
            Better = static r => Instead(r, "term", Read("term", "Duration", "text", "24 months", 0.92, "paper", 379, 220, 113, 15)),
        },
        new("transit-policy", "contract-reader", "extraction", Insurance),
        new("climbing-youth", "contract-reader", "extraction", Sponsor),
        new("hamburg-freight", "invoice-reader", "extraction", Freight)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The invoice is in euro: 4,180.00 EUR, not US dollars.",
            Better = static r => r with
            {
                Action = ProposedAction.Of("post_invoice", new { document = r.Action.Arguments.GetProperty("document").GetString(), supplier = "nordkai", amount = "4180.00", currency = "EUR" }),
                Impact = r.Impact! with { Amount = new("4180.00", "EUR") },
            },
        },
        new("seams-came-back", "invoice-reader", "extraction", CreditNote)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "It is a credit note: 1,797.60 USD are in our favour, nothing is to be paid.",
            Better = static r => r with
            {
                Action = ProposedAction.Of("post_credit_note", new { document = r.Action.Arguments.GetProperty("document").GetString(), supplier = "farrow-pike", amount = "1797.60", currency = "USD" }),
                Impact = new() { Reversible = true, ExternallyVisible = false, Consequence = "1,797.60 USD are taken off the next payment to Farrow & Pike." },
            },
        },
    ];

    private static ReviewRequest Instead(ReviewRequest r, string name, Field field) => r with { Fields = [.. r.Fields!.Select(f => f.Name == name ? field with { Page = 1 } : f)] };

    private static Field[] OnPages(params (int Page, Field Field)[] fields) => [.. fields.Select(static f => f.Field with { Page = f.Page })];

    private static Evidence Paper(string file, string title) => Evidence.Pdf("paper", title, DemoPictures.Blob(file), file) with { Required = true, Role = "original", Origin = new("mailroom", $"post/{file}", At("11-20 08:10")) };

    private static ReviewRequest Contract(Occasion o, int number, string counterparty, string title, string party, string consequence) => new()
    {
        Source = new("contract-reader") { Agent = "clause-reader", Version = "2.4", RunId = $"con-{o.Number(number)}" },
        Kind = "extraction",
        CaseId = $"contract-{counterparty}",
        Title = title,
        Subject = new(counterparty, party),
        Action = ProposedAction.Of("file_contract_fields", new { document = $"DOC-{o.Number(61100 + number)}", counterparty }),
        Impact = new() { Reversible = true, ExternallyVisible = false, LegallySensitive = true, Consequence = consequence },
    };

    private static ReviewRequest Invoice(Occasion o, int number, string supplier, string title, string party, string amount, string consequence) => new()
    {
        Source = new("invoice-reader") { Agent = "layout-reader", Version = "7.1", RunId = $"inv-{o.Number(7300 + number)}" },
        Kind = "extraction",
        Title = title,
        Subject = new(supplier, party),
        Action = ProposedAction.Of("post_invoice", new { document = $"DOC-{o.Number(61000 + number)}", supplier, amount, currency = "USD" }),
        Impact = new() { Amount = new(amount, "USD"), Reversible = true, ExternallyVisible = false, LegallySensitive = false, AffectsTrust = false, Consequence = consequence },
    };

    private static ReviewRequest Cleaning(Occasion o) =>
        Contract(o, 423, "brightwater", "File the new cleaning contract", "Brightwater Facility Care, Inc.", "The reminder to end the contract is set from the notice period. Missing it costs up to a quarter: 9,420 USD.") with
        {
            Signals = [new("lowest-field", 0.88, "confidence of the weakest field")],
            Checks = [Pass("PARTY-1", "Counterparty is in the register"), Pass("FORM-3", "All required fields were read"), Pass("SIGN-1", "Signed by both", null, "paper")],
            Fields = OnPages(
                (1, Read("counterparty", "Counterparty", "text", "Brightwater Facility Care, Inc.", 0.99, "paper", 105, 111, 152, 15)), (1, Read("effective_date", "Start", "date", "2027-01-04", 0.97, "paper", 180, 195, 70, 15)),
                (1, Read("monthly_fee", "Monthly fee", "money", "3140.00", 0.98, "paper", 178, 220, 66, 15)), (1, Read("notice_period", "Notice", "text", "30 days", 0.88, "paper", 65, 220, 466, 32)),
                (1, Read("insurance", "Insured for", "text", "USD 2,000,000", 0.94, "paper", 369, 388, 73, 15))),
            Evidence = [Paper("contract-cleaning.pdf", "Cleaning services contract, signed")],
        };

    private static ReviewRequest Photos(Occasion o) =>
        Contract(o, 427, "juniper-lindgren", "File the licence of the winter photographs", "Juniper Lindgren Photography", "The picture archive lets everybody use the 42 photographs for as long as the licence lasts. Use beyond it is charged at twice the list.") with
        {
            Signals = [new("lowest-field", 0.86, "confidence of the weakest field")],
            Reasoning = new("Clause 3 names a perpetual licence and clause 5 its price, so the licence is perpetual."),
            Checks = [Pass("PARTY-1", "Counterparty is in the register"), Pass("FORM-3", "All required fields were read"), Pass("FEE-1", "Fee agrees with the order", "6,800.00", "order")],
            Fields = OnPages(
                (1, Read("counterparty", "Licensor", "text", "Juniper Lindgren Photography", 0.99, "paper", 109, 111, 150, 15)), (1, Read("effective_date", "From", "date", "2026-12-01", 0.97, "paper", 228, 220, 83, 15)),
                (1, Read("term", "Duration", "text", "perpetual", 0.86, "paper", 65, 236, 466, 32)), (1, Read("fee", "Fee", "money", "6800.00", 0.98, "paper", 182, 262, 66, 15)),
                (1, Read("governing_law", "Law", "text", "Oregon", 0.97, "paper", 101, 397, 36, 15))),
            Evidence = [Paper("contract-photos.pdf", "Photograph licence, signed"), Evidence.KeyValue("order", "Order of the brand team", ("Order", "BR-1182"), ("For", "catalogue and shop windows, winter 2026"), ("Price", "6,800.00 USD")) with { Role = "plan" }],
        };

    private static ReviewRequest Insurance(Occasion o) =>
        Contract(o, 431, "cascadia", "File the renewed transit policy", "Cascadia Mutual Marine & Transit", "Claims are filed under this number; the premium enters the budget of 2027.") with
        {
            Signals = [new("lowest-field", 0.95, "confidence of the weakest field")],
            Checks = [Pass("PARTY-1", "Counterparty is in the register"), Pass("GAP-1", "Begins where the old policy ends", "31 December 2026"), Warn("PREM-1", "Premium not above last year's by more than 3 %", "14,220.00 against 13,580.00: 4.7 %", "paper")],
            Fields = OnPages(
                (1, Read("counterparty", "Insurer", "text", "Cascadia Mutual Marine & Transit", 0.98, "paper", 101, 111, 169, 15)), (1, Read("policy_number", "Policy", "text", "CM-77-204118", 0.97, "paper", 98, 144, 71, 15)),
                (1, Read("effective_date", "From", "date", "2027-01-01", 0.98, "paper", 128, 211, 70, 15)), (1, Read("sum_insured", "Sum insured", "money", "750000.00", 0.96, "paper", 129, 237, 63, 15)),
                (1, Read("deductible", "Deductible", "money", "2500.00", 0.95, "paper", 121, 262, 52, 15)), (1, Read("premium", "Premium", "money", "14220.00", 0.97, "paper", 117, 288, 75, 15))),
            Evidence = [Paper("contract-insurance.pdf", "Renewal of the policy")],
        };

    private static ReviewRequest Sponsor(Occasion o) =>
        Contract(o, 435, "granite-hall", "File the sponsorship of the climbing youth", "Granite Hall Climbing Cooperative", "Twice 6,000 USD a year are planned for payment, in January and July.") with
        {
            Signals = [new("lowest-field", 0.9, "confidence of the weakest field")],
            Checks = [Pass("PARTY-1", "Counterparty is in the register"), Pass("PAGES-1", "All pages were read", "2 of 2"), Pass("SIGN-1", "Signed by both", null, "paper")],
            Fields = OnPages(
                (1, Read("counterparty", "Counterparty", "text", "Granite Hall Climbing Cooperative", 0.99, "paper", 107, 111, 180, 15)), (1, Read("yearly_fee", "A year", "money", "12000.00", 0.96, "paper", 191, 178, 72, 15)),
                (2, Read("indemnity", "Liability", "text", "Granite Hall holds Alderway free", 0.9, "paper", 65, 65, 466, 32)), (2, Read("end_date", "Ends", "date", "2028-12-31", 0.97, "paper", 211, 149, 87, 15)),
                (2, Read("governing_law", "Law", "text", "Oregon", 0.98, "paper", 101, 174, 36, 15))),
            Evidence = [Paper("contract-sponsor.pdf", "Sponsorship agreement, signed")],
        };

    private static ReviewRequest Freight(Occasion o) =>
        Invoice(o, 61, "nordkai", "Post Nordkai NK-26-11807, 4,180.00", "Nordkai Spedition GmbH", "4180.00", "4,180.00 USD are paid with the run of 11 December.") with
        {
            CaseId = "PO-7790",
            Signals = [new("lowest-field", 0.92, "confidence of the weakest field")],
            Checks = [Pass("SUM-1", "Lines add up to the total", "3,120 + 640 + 185 + 235", "paper"), Pass("PO-1", "Order exists", "PO-7790", "order"), Pass("IBAN-1", "Account number is well formed and on file")],
            Fields = OnPages(
                (1, Read("invoice_number", "Invoice number", "text", "NK-26-11807", 0.98, "paper", 101, 208, 64, 15)), (1, Read("invoice_date", "Invoice date", "date", "2026-11-13", 0.97, "paper", 88, 225, 52, 15)),
                (1, Read("due_date", "Due", "date", "2026-12-13", 0.97, "paper", 166, 225, 52, 15)), (1, Read("purchase_order", "Purchase order", "text", "PO-7790", 0.97, "paper", 115, 241, 43, 15)),
                (1, Read("total", "Total", "money", "4180.00", 0.96, "paper", 485, 413, 41, 15)), (1, Read("bank_account", "Account", "text", "DE89 3704 0044 0532 0130 00", 0.92, "paper", 125, 475, 141, 15))),
            Evidence =
            [
                Paper("invoice-freight.pdf", "Invoice as received"),
                Evidence.KeyValue("order", "PO-7790 as ordered", ("Supplier", "Nordkai Spedition GmbH"), ("Service", "40 ft container, Hamburg – Portland"), ("Agreed", "per contract, list of November")) with { Role = "plan" },
            ],
        };

    private static ReviewRequest CreditNote(Occasion o) =>
        Invoice(o, 65, "farrow-pike", "Post Farrow & Pike FP-C-3381, 1,797.60", "Farrow & Pike Textiles", "1797.60", "1,797.60 USD are paid with the run of 27 November.") with
        {
            CaseId = "PO-7702",
            Signals = [new("lowest-field", 0.93, "confidence of the weakest field")],
            Checks = [Pass("SUM-1", "Lines add up to the total", "1,027.20 + 770.40", "paper"), Pass("PO-1", "Order exists and prices agree", "PO-7702", "returns"), Pass("DUP-1", "Not posted before")],
            Fields = OnPages(
                (1, Read("vendor", "Supplier", "text", "Farrow & Pike Textiles", 0.99, "paper", 65, 62, 466, 27)), (1, Read("invoice_number", "Invoice number", "text", "FP-C-3381", 0.95, "paper", 116, 208, 52, 15)),
                (1, Read("invoice_date", "Invoice date", "date", "2026-11-16", 0.96, "paper", 88, 225, 53, 15)), (1, Read("purchase_order", "Purchase order", "text", "PO-7702", 0.97, "paper", 214, 225, 43, 15)),
                (1, Read("total", "Total", "money", "1797.60", 0.96, "paper", 485, 342, 41, 15))),
            Evidence =
            [
                Paper("invoice-creditnote.pdf", "Document as received"),
                Evidence.Table("returns", "Returns to suppliers, November", ["Order", "Article", "Sent back", "Why"], ["PO-7702", "Merino base layer, slate, L", 48, "open seams"], ["PO-7702", "Merino base layer, slate, M", 36, "open seams"]),
            ],
        };
}
