using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Terms that a reader found in contracts. Boxes in PDF are points from the top left of the page.</summary>
internal static class Contracts
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("notice-period", "contract-reader", "extraction", NoticePeriod)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "30 days is the notice for a breach (clause 10); the term is ended with 180 days' notice (clause 9).",
            Better = static r => r with { Fields = [.. r.Fields!.Where(static f => f.Name != "notice_period"), OnPage(Read("notice_period", "Notice to end the term", "text", "180 days", 0.9, "contract", 65, 165, 466, 32), 2)] },
        },
        new("forecast-nda", "contract-reader", "extraction", ForecastNda)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "Our signature line is empty, and clause 4 lets the other side keep models trained on our data.",
        },
        new("lease-amendment", "contract-reader", "extraction", LeaseAmendment),
        new("processor-terms", "contract-reader", "extraction", ProcessorTerms),
    ];

    private static Source Reader(Occasion o, int run) => new("contract-reader") { Agent = "clause-reader", Version = "2.4", RunId = $"con-{o.Number(run)}" };

    private static ProposedAction File(string document, string counterparty) => ProposedAction.Of("file_contract_fields", new { document, counterparty });

    private static Impact Legal(string consequence) => new() { Reversible = true, ExternallyVisible = false, LegallySensitive = true, Consequence = consequence };

    private static Field OnPage(Field field, int page) => field with { Page = page };

    private static ReviewRequest NoticePeriod(Occasion o) => new()
    {
        Source = Reader(o, 411),
        Kind = "extraction",
        CaseId = "contract-tamarack",
        Title = "File the terms of the Boise warehouse contract",
        Subject = new("tamarack", "Tamarack Storage Partners LLC"),
        Action = File($"DOC-{o.Number(61101)}", "tamarack"),
        Impact = Legal("The reminder to end the contract is set from the notice period. Missing it extends the contract by a year: 220,800 USD."),
        Signals = [new("lowest-field", 0.84, "confidence of the weakest field")],
        Checks = [Pass("PARTY-1", "Counterparty is in the register", "Tamarack Storage Partners LLC", "contract"), Pass("FORM-3", "All required fields were read"), Pass("PAGES-1", "All pages were read", "2 of 2")],
        Fields =
        [
            OnPage(Read("counterparty", "Counterparty", "text", "Tamarack Storage Partners LLC", 0.99, "contract", 313, 111, 160, 15), 1), OnPage(Read("effective_date", "Effective date", "date", "2026-12-01", 0.98, "contract", 190, 111, 82, 15), 1),
            OnPage(Read("monthly_fee", "Monthly fee", "money", "18400.00", 0.97, "contract", 290, 211, 72, 15), 1), OnPage(Read("initial_term", "Initial term", "text", "36 months", 0.96, "contract", 190, 253, 100, 15), 1),
            OnPage(Read("notice_period", "Notice to end the term", "text", "30 days", 0.84, "contract", 65, 207, 466, 32), 2), OnPage(Read("liability_cap", "Limit of liability", "text", "fees of the last 12 months", 0.88, "contract", 65, 65, 466, 32), 2),
            OnPage(Read("governing_law", "Law", "text", "Idaho", 0.97, "contract", 300, 249, 83, 15), 2),
        ],
        Evidence = [Evidence.Pdf("contract", "Warehouse services agreement, signed", DemoPictures.Blob("contract-warehouse.pdf"), "tamarack-warehouse-services.pdf") with { Required = true, Role = "original" }],
    };

    private static ReviewRequest ForecastNda(Occasion o) => new()
    {
        Source = Reader(o, 415),
        Kind = "extraction",
        CaseId = "contract-quillfeather",
        Title = "File the signed NDA with Quillfeather",
        Subject = new("quillfeather", "Quillfeather Analytics B.V."),
        Action = File($"DOC-{o.Number(61105)}", "quillfeather"),
        Impact = Legal("Purchasing may send sales data as soon as the NDA is filed as signed."),
        Signals = [new("lowest-field", 0.86, "confidence of the weakest field")],
        Reasoning = new("Standard mutual NDA. Both parties are named and the signature block is present."),
        Checks = [Pass("PARTY-1", "Counterparty is in the register"), Pass("TEMPLATE-1", "Similar to the standard NDA", "91 %", "standard"), Pass("SIGN-1", "Signature block found", null, "nda")],
        Fields =
        [
            OnPage(Read("counterparty", "Counterparty", "text", "Quillfeather Analytics B.V.", 0.99, "nda", 65, 110, 134, 15), 1), OnPage(Read("effective_date", "Date", "date", "2026-11-09", 0.97, "nda", 65, 126, 86, 15), 1),
            OnPage(Read("confidentiality_term", "Confidential for", "text", "5 years after disclosure", 0.93, "nda", 234, 191, 127, 15), 1), OnPage(Read("governing_law", "Law", "text", "Netherlands", 0.95, "nda", 76, 337, 49, 15), 1),
            Read("signed_by_both", "Signed by both", "boolean", "yes", 0.86, "nda"),
        ],
        Evidence =
        [
            Evidence.Pdf("nda", "NDA as received", DemoPictures.Blob("contract-nda.pdf"), "quillfeather-nda.pdf") with { Required = true, Role = "original" },
            Evidence.Markdown("standard", "Our standard, clause 4", "4. The receiver may show it to employees and advisers who need it. **Nobody else, and nothing derived from it may be kept.**") with { Role = "policy" },
        ],
    };

    private static ReviewRequest LeaseAmendment(Occasion o)
    {
        const string Before = "3.1 The monthly rent is USD 6,250.00, payable on the first working day.\n3.2 The Tenant may extend the lease once by three years.\n";
        const string After = "3.1 The monthly rent is USD 6,480.00 from 1 January 2027, payable on the first working day.\n3.2 The Tenant may extend the lease twice by three years each.\n";
        return new()
        {
            Source = Reader(o, 419),
            Kind = "extraction",
            CaseId = "contract-pier-18",
            Title = "File the second amendment of the Pier Road lease",
            Subject = new("pier-18", "Pier Road Holdings LP"),
            Action = File($"DOC-{o.Number(61109)}", "pier-18"),
            Impact = Legal("The rent in the payment plan rises by 230.00 USD a month."),
            Signals = [new("lowest-field", 0.93, "confidence of the weakest field")],
            Checks = [Pass("PARTY-1", "Counterparty is in the register"), Pass("SIGN-1", "Signed by both", "2026-11-16"), Pass("CHAIN-1", "First amendment is on file")],
            Fields = [Read("rent", "Monthly rent", "money", "6480.00", 0.96, "diff"), Read("rent_from", "Rent from", "date", "2027-01-01", 0.95, "diff"), Read("extensions", "Extensions", "text", "2 × 3 years", 0.93, "diff")],
            Evidence =
            [
                Evidence.Diff("diff", "Clause 3, before and after", Before, After) with { Required = true },
                Evidence.Markdown("letter", "Covering letter", "As agreed on **12 November**, please find both copies of the second amendment. *The first copy is for your files.*\n\nPier Road Holdings LP") with { Role = "original" },
            ],
        };
    }

    private static ReviewRequest ProcessorTerms(Occasion o) => new()
    {
        Source = Reader(o, 423),
        Kind = "extraction",
        CaseId = "contract-postwise",
        Title = "File the data processing terms of Postwise",
        Subject = new("postwise", "Postwise Mailing Inc."),
        Action = File($"DOC-{o.Number(61113)}", "postwise"),
        Impact = Legal("The register of processors and the deletion calendar are filled from these fields."),
        Signals = [new("lowest-field", 0.72, "confidence of the weakest field")],
        Reasoning = new("The retention is given in two places; I took the one in the annex. Details of my reading are not for display.", SafeToShow: false),
        Checks = [Warn("CONS-1", "Statements agree", "24 months in § 4, 'two years' in annex 1", "terms"), Pass("PARTY-1", "Counterparty is in the register"), NotRun("SUB-1", "Sub-processors are known", "The register could not be reached.")],
        Fields = [Read("retention", "Data kept for", "text", "24 months", 0.91, "terms"), Read("breach_notice", "Notice of a breach within", "text", "48 hours", 0.94, "terms"), Read("sub_processors", "Sub-processors", "text", "Ledgerly Print Co.", 0.72, "terms")],
        Evidence =
        [
            Evidence.Html("terms", "Terms as published", """
                <h1>Data processing terms</h1><h2>§ 4 Retention</h2><p>Postwise deletes addresses <b>24 months</b> after the last mailing.</p>
                <h2>§ 6 Breach</h2><p>Postwise reports a breach within <b>48 hours</b>.</p><h2>Annex 1</h2><table><tr><th>Data</th><th>Kept</th></tr><tr><td>Addresses</td><td>two years</td></tr></table>
                <h2>Annex 2</h2><p>Sub-processors: Ledgerly Print Co., Reno.</p>
                """) with { Required = true, Role = "original" },
        ],
    };
}
