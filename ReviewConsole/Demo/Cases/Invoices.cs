using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Invoices that a reader extracted from scans. Boxes are pixels of the pictures as build/demo-pictures/draw.sh measured them.</summary>
internal static class Invoices
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("short-delivery", "invoice-reader", "extraction", ShortDelivery)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "600 boxes are charged, 480 arrived: the goods receipt says so. 153.60 USD too much.",
        },
        new("october-power", "invoice-reader", "extraction", OctoberPower),
        new("account-activity", "invoice-reader", "extraction", AccountActivity)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The total was read from 'account activity this quarter'; the bill is for 642.00 USD.",
            Better = static r => Total(r, "642.00", [699, 399, 53, 25]),
        },
        new("new-bank-details", "invoice-reader", "extraction", NewBankDetails)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The account on the invoice is not the supplier's account on file, and its holder has another name.",
        },
        new("tent-poles", "invoice-reader", "extraction", TentPoles),
        new("blurred-date", "invoice-reader", "extraction", BlurredDate),
    ];

    private static Source Reader(Occasion o, int run) => new("invoice-reader") { Agent = "layout-reader", Version = "7.1", RunId = $"inv-{o.Number(run)}" };

    private static ProposedAction Post(string document, string supplier, string amount, string currency) => ProposedAction.Of("post_invoice", new { document, supplier, amount, currency });

    private static Impact Pays(string amount, string currency, string consequence)
        => new() { Amount = new(amount, currency), Reversible = true, ExternallyVisible = false, LegallySensitive = false, AffectsTrust = false, Consequence = consequence };

    private static Evidence Scan(string picture) => Evidence.Image("scan", "Scan", DemoPictures.Blob(picture), picture) with { Required = true, Role = "original", Origin = new("mailroom", $"scans/{picture}", At("11-20 08:00")) };

    private static ReviewRequest Total(ReviewRequest r, string amount, double[] box) => r with
    {
        Action = Post(r.Action.Arguments.GetProperty("document").GetString()!, r.Action.Arguments.GetProperty("supplier").GetString()!, amount, "USD"),
        Impact = r.Impact! with { Amount = new(amount, "USD") },
        Fields = [.. r.Fields!.Where(static f => f.Name != "total"), Read("total", "Total", "money", amount, 0.93, "scan", box)],
    };

    private static ReviewRequest ShortDelivery(Occasion o) => new()
    {
        Source = Reader(o, 7301),
        Kind = "extraction",
        CaseId = "PO-7745",
        Title = "Post Harbour Paper HP-20931, three-way match complete",
        Subject = new("harbour-paper", "Harbour Paper & Packaging LLC"),
        Action = Post($"DOC-{o.Number(61020)}", "harbour-paper", "1284.60", "USD"),
        Impact = Pays("1284.60", "USD", "1,284.60 USD are paid with the run of 27 November. A credit note can be asked for later."),
        Signals = [new("lowest-field", 0.91, "confidence of the weakest field")],
        Reasoning = new("Order, invoice and prices agree."),
        Checks = [Pass("SUM-1", "Lines add up to the total", "1,191.00 + 93.60", "scan"), Pass("PO-1", "Order exists and prices agree", "PO-7745", "receipt"), Pass("DUP-1", "Not posted before")],
        Fields =
        [
            Read("vendor", "Supplier", "text", "Harbour Paper & Packaging LLC", 0.99, "scan", 54, 49, 298, 25), Read("invoice_number", "Invoice number", "text", "HP-20931", 0.98, "scan", 659, 156, 67, 20),
            Read("invoice_date", "Invoice date", "date", "2026-10-28", 0.97, "scan", 659, 176, 84, 20), Read("due_date", "Due", "date", "2026-11-27", 0.97, "scan", 659, 197, 87, 20),
            Read("purchase_order", "Purchase order", "text", "PO-7745", 0.96, "scan", 659, 217, 60, 20), Read("total", "Total", "money", "1284.60", 0.95, "scan", 680, 518, 59, 20),
            Read("bank_account", "Account", "text", "4470 0182 55", 0.91, "scan", 498, 670, 90, 20),
        ],
        Evidence =
        [
            Scan("invoice-harbour.png"),
            Evidence.Table("receipt", "Goods receipt for PO-7745", ["Article", "Ordered", "Received", "Price"], ["Mailer box 40 × 30 × 12", 600, 480, 1.28], ["Paper tape 66 m", 60, 60, 4.15], ["Honeycomb wrap", 12, 12, 14.50]) with
            {
                Required = true,
                Origin = new("warehouse", "receipts/PO-7745", At("11-02 14:20")),
            },
        ],
    };

    private static ReviewRequest OctoberPower(Occasion o) => new()
    {
        Source = Reader(o, 7305),
        Kind = "extraction",
        Title = "Post Lumen Valley Electric for October",
        Subject = new("lumen-valley", "Lumen Valley Electric"),
        Action = Post($"DOC-{o.Number(61031)}", "lumen-valley", "86.40", "USD"),
        Impact = Pays("86.40", "USD", "86.40 USD are booked to storage unit 9; the amount is debited automatically."),
        Signals = [new("lowest-field", 0.96, "confidence of the weakest field")],
        Checks = [Pass("SUM-1", "Lines add up to the total", "69.26 + 12.00 + 5.14"), Pass("RANGE-1", "Within the usual range", "58 to 104 USD"), Pass("DUP-1", "Not posted before")],
        Fields =
        [
            Read("vendor", "Supplier", "text", "Lumen Valley Electric", 0.99, "scan", 42, 26, 257, 50), Read("invoice_number", "Statement", "text", "LV-118-40276", 0.98, "scan", 105, 250, 85, 22),
            Read("invoice_date", "Date", "date", "2026-11-02", 0.98, "scan", 73, 274, 69, 22), Read("due_date", "Due", "date", "2026-11-23", 0.97, "scan", 498, 227, 69, 22), Read("total", "Total", "money", "86.40", 0.96, "scan", 496, 181, 74, 43),
        ],
        Evidence = [Scan("invoice-lumen.png")],
    };

    private static ReviewRequest AccountActivity(Occasion o) => new()
    {
        Source = Reader(o, 7309),
        Kind = "extraction",
        Title = "Post freight bill KR-55812",
        Subject = new("kestrel-freight", "Kestrel Regional Freight Co-op"),
        Action = Post($"DOC-{o.Number(61044)}", "kestrel-freight", "1926.00", "USD"),
        Impact = Pays("1926.00", "USD", "1,926.00 USD are paid on 21 November."),
        Signals = [new("lowest-field", 0.88, "confidence of the weakest field")],
        Reasoning = new("The boxed amount at the end of the page is the total."),
        Checks = [Pass("DUP-1", "Not posted before"), Pass("VEND-1", "Supplier is active", "00771"), Pass("FORM-3", "All required fields were read")],
        Fields =
        [
            Read("vendor", "Supplier", "text", "Kestrel Regional Freight Co-op", 0.98, "scan", 218, 46, 364, 27), Read("invoice_number", "Freight bill", "text", "KR-55812", 0.97, "scan", 675, 133, 69, 19),
            Read("invoice_date", "Bill date", "date", "2026-11-06", 0.97, "scan", 667, 154, 85, 19), Read("due_date", "Due", "date", "2026-11-21", 0.97, "scan", 667, 175, 85, 19), Read("total", "Total", "money", "1926.00", 0.88, "scan", 664, 535, 69, 25),
        ],
        Evidence = [Scan("invoice-kestrel.png"), Evidence.Table("history", "Bills of this supplier", ["Bill", "Date", "Amount", "Paid"], ["KR-55102", "2026-09-08", 598.00, true], ["KR-55371", "2026-10-07", 686.00, true]) with { Role = "history" }],
    };

    private static ReviewRequest NewBankDetails(Occasion o) => new()
    {
        Source = Reader(o, 7313),
        Initiator = new("tom.acheson@alderway.example", "Tom Acheson"),
        Kind = "extraction",
        CaseId = "PO-7702",
        Title = "Post Summit & Sorrel SST-0417-26, canvas for spring",
        Subject = new("summit-sorrel", "Summit & Sorrel Textiles"),
        Action = Post($"DOC-{o.Number(61052)}", "summit-sorrel", "12480.00", "USD"),
        Impact = Pays("12480.00", "USD", "12,480.00 USD are paid to the account on the invoice. Money that went to a wrong account is rarely seen again."),
        Signals = [new("lowest-field", 0.94, "confidence of the weakest field"), new("document-match", 0.98, "order, receipt and invoice")],
        Checks = [Pass("SUM-1", "Lines add up to the total", "6,720 + 5,040 + 720"), Pass("PO-1", "Order exists and prices agree", "PO-7702"), Pass("REC-1", "Goods received", "560 m"), Pass("BANK-1", "Account number has a valid form", "9920 4471 8806", "scan")],
        Fields =
        [
            Read("vendor", "Supplier", "text", "Summit & Sorrel Textiles", 0.99, "scan", 58, 57, 312, 37), Read("invoice_number", "Invoice number", "text", "SST-0417-26", 0.97, "scan", 652, 55, 90, 21),
            Read("invoice_date", "Invoice date", "date", "2026-11-12", 0.96, "scan", 610, 78, 132, 21), Read("due_date", "Due", "date", "2026-12-12", 0.96, "scan", 612, 101, 130, 21), Read("total", "Total", "money", "12480.00", 0.97, "scan", 650, 434, 84, 26),
            Read("bank_account", "Account", "text", "9920 4471 8806", 0.94, "scan", 138, 587, 108, 21),
        ],
        Evidence =
        [
            Scan("invoice-summit.png"),
            Evidence.KeyValue("master", "Supplier on file", ("Name", "Summit & Sorrel Textiles"), ("Bank", "Blue Ridge Community Bank"), ("Account", "2017 0455 1190"), ("Holder", "Summit & Sorrel Textiles"), ("Last changed", "2021-02-11")) with { Required = true, Origin = new("erp", "suppliers/summit-sorrel") },
        ],
    };

    private static ReviewRequest TentPoles(Occasion o) => new()
    {
        Source = Reader(o, 7317),
        Kind = "extraction",
        Title = "Rechnung 2026-1107 von Atelier Brandt buchen",
        Subject = new("atelier-brandt", "Atelier Brandt GmbH"),
        Action = Post($"DOC-{o.Number(61060)}", "atelier-brandt", "940.00", "EUR"),
        Impact = Pays("940.00", "EUR", "940.00 EUR are paid on 5 December at the rate of the day."),
        Signals = [new("lowest-field", 0.82, "confidence of the weakest field")],
        Checks = [Pass("SUM-1", "Lines add up to the total", "740 + 120 + 80"), Warn("DISC-1", "Cash discount", "2 % until 12 November has passed", "scan"), Pass("DUP-1", "Not posted before")],
        Fields =
        [
            Read("vendor", "Supplier", "text", "Atelier Brandt GmbH", 0.98, "scan", 62, 58, 263, 42), Read("invoice_number", "Invoice number", "text", "2026-1107", 0.95, "scan", 251, 283, 100, 26),
            Read("invoice_date", "Invoice date", "date", "2026-11-05", 0.82, "scan", 664, 282, 74, 20), Read("due_date", "Due", "date", "2026-12-05", 0.84, "scan", 135, 544, 74, 20), Read("total", "Total", "money", "940.00", 0.96, "scan", 660, 492, 78, 25),
            Read("bank_account", "IBAN", "text", "DE00 6800 0000 0044 1207 19", 0.9, "scan", 95, 726, 178, 18),
        ],
        Evidence = [Scan("invoice-brandt.png"), Evidence.Text("ocr", "Text as read", "Rechnung / Invoice 2026-1107\nDatum 05.11.2026\nGesamt 940,00 €\nZahlbar bis 05.12.2026 ohne Abzug. 2 % Skonto bei Zahlung bis 12.11.2026.") with { Highlights = [new("05.11.2026", "day first")] }],
    };

    private static ReviewRequest BlurredDate(Occasion o) => new()
    {
        Source = Reader(o, 7321),
        Kind = "extraction",
        Title = "Post the catering receipt 1180-B",
        Subject = new("bramble-street", "Bramble Street Catering"),
        Action = Post($"DOC-{o.Number(61066)}", "bramble-street", "447.22", "USD"),
        Impact = Pays("447.22", "USD", "447.22 USD are paid back to an employee."),
        Signals = [new("lowest-field", 0.31, "confidence of the weakest field")],
        Checks = [Fail("FORM-3", "All required fields were read", "date missing", "scan"), Pass("SUM-1", "Lines add up to the total", "379.00 + 68.22", "scan"), Warn("EXPENSE-2", "Head count given", "22 lunches, no list of guests", "claim")],
        Fields =
        [
            Read("vendor", "Supplier", "text", "Bramble Street Catering", 0.95, "scan", 126, 59, 239, 28), Read("invoice_number", "Receipt", "text", "1180-B", 0.9, "scan", 181, 111, 127, 26),
            Read("invoice_date", "Date", "date", null, 0.31, "scan", 160, 136, 168, 26), Read("total", "Total", "money", "447.22", 0.92, "scan", 325, 349, 80, 37), Read("service", "Service", "money", "68.22", 0.74, "scan", 350, 324, 56, 31),
        ],
        Evidence = [Scan("receipt-bramble.png"), Evidence.KeyValue("claim", $"Expense claim EX-{o.Number(3308)}", ("Employee", o.Person(9).Name), ("Purpose", "Kick-off, spring collection"), ("Entered", "2026-11-20"))],
    };
}
