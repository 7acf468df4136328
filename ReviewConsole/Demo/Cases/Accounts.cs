using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Changes of customers' and suppliers' accounts.</summary>
internal static class Accounts
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("new-address-at-night", "account-agent", "accountChange", NewAddressAtNight)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "Minutes before the chat somebody signed in from another country after six wrong codes, and switched the second factor off: a takeover.",
        },
        new("married-name", "account-agent", "accountChange", MarriedName),
        new("wrong-larch", "account-agent", "accountChange", WrongLarch)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The credit report is about another company with almost the same name: its registration number differs.",
        },
        new("locked-out", "account-agent", "accountChange", LockedOut),
        new("new-owner", "account-agent", "accountChange", NewOwner)
        {
            Flaw = Flaw.HiddenCharacters,
            Truth = "The new owner's address has a Cyrillic letter and a zero-width joiner; it is not the address that the customer typed.",
        },
        new("close-the-newsletter", "account-agent", "accountChange", CloseTheNewsletter)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The customer wants the newsletter to end, not the account.",
            Better = static r => r with { Action = ProposedAction.Of("change_account", new { account = r.Action.Arguments.GetProperty("account").GetString(), change = "newsletter", from = "weekly", to = "none", reason = "customer_request" }), Impact = new() { Reversible = true } },
        },
        new("payout-details", "account-agent", "accountChange", PayoutDetails)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The mail headers show a failed SPF check and a Reply-To on another domain: not the supplier.",
        },
    ];

    private static Source Agent(Occasion o, int run) => new("account-agent") { Agent = "steward", Version = "1.14.0", RunId = $"ac-{o.Number(run)}" };

    private static ProposedAction Change(string account, string change, object? from, object? to, string reason)
        => ProposedAction.Of("change_account", new { account, change, from, to, reason });

    private static ReviewRequest NewAddressAtNight(Occasion o)
    {
        var (who, account) = (o.Person(8), $"AC-{o.Number(30440)}");
        return new()
        {
            Source = Agent(o, 5101),
            Kind = "accountChange",
            CaseId = account,
            Title = "Change the customer's e-mail address",
            Subject = new(account, who.Name),
            Action = Change(account, "email", who.Email, $"{who.First.ToLowerInvariant()}.new@fastbox.example", "customer_request"),
            Impact = new() { Reversible = true, ExternallyVisible = true, AffectsTrust = true, Consequence = "Password resets go to the new address from now on. The old address gets one notice." },
            Signals = [new("model", 0.92, "self-reported")],
            Reasoning = new("The customer is signed in, named the last order and answered the security question. Nothing else is required by ACC-2."),
            Checks = [Pass("AUTH-1", "The person is signed in", "session 9f1c"), Pass("KBA-1", "Security question answered", "first try", "chat"), Pass("FORM-1", "The new address can receive mail")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat in the customer's account",
                    Says("customer", "11-21 02:14", "need to change my email, old one is gone"),
                    Says("assistant", "11-21 02:14", "Of course. Which article did you order last, and what was your first pet called?"),
                    Says("customer", "11-21 02:15", "Tarn 35. Biscuit."),
                    Says("assistant", "11-21 02:15", "Thank you, that matches.")) with { Required = true, Role = "original" },
                Evidence.Table("signins", "Sign-ins and security events, 24 hours", ["At (UTC)", "Event", "From", "Device"],
                    ["11-20 18:40", "signed in", "Eugene OR, US", "known phone"], ["11-21 02:02", "wrong code ×6", "Port Louis, MU", "new"], ["11-21 02:09", "signed in with password", "Port Louis, MU", "new"], ["11-21 02:11", "second factor switched off", "Port Louis, MU", "new"]) with
                {
                    Role = "history",
                    Origin = new("identity", $"accounts/{account}/events", At("11-21 02:16")),
                    Required = true,
                },
            ],
        };
    }

    private static ReviewRequest MarriedName(Occasion o)
    {
        var account = $"AC-{o.Number(30118)}";
        return new()
        {
            Source = Agent(o, 5105),
            Kind = "accountChange",
            CaseId = account,
            Title = "Change the name on the account after a marriage",
            Subject = new(account, "Nils Aaberg"),
            Action = Change(account, "legal_name", "Nils Aaberg", "Nils Aaberg-Quist", "marriage"),
            Impact = new() { Reversible = true, ExternallyVisible = true, Consequence = "Invoices and the warranty register carry the new name." },
            Signals = [new("model", 0.9, "self-reported"), new("document-match", 0.97, "name and date against the extract")],
            Checks = [Pass("DOC-1", "Extract of a public registry", "entry 2026-0418", "extract"), Pass("NAME-1", "Former name is that of the account")],
            Evidence =
            [
                Evidence.File("extract", "Registry extract", DemoPictures.Blob("registry-extract.csv"), "registry-extract.csv") with { MediaType = "text/csv", Required = true },
                Evidence.KeyValue("before", "Account now", ("Name", "Nils Aaberg"), ("Warranties", 3), ("Open orders", 0)) with { Role = "before" },
                Evidence.KeyValue("after", "Account after the change", ("Name", "Nils Aaberg-Quist"), ("Warranties", 3), ("Open orders", 0)) with { Role = "after" },
            ],
        };
    }

    private static ReviewRequest WrongLarch(Occasion o)
    {
        var account = $"B2B-AC-{o.Number(418)}";
        return new()
        {
            Source = Agent(o, 5109),
            Initiator = new("dana.whitlock@alderway.example", "Dana Whitlock"),
            Kind = "accountChange",
            CaseId = account,
            Title = "Raise the credit line of Larch & Lake Stores to 25,000 USD",
            Subject = new(account, "Larch & Lake Stores LLC"),
            Action = ProposedAction.Of("change_account", new { account, change = "limit", from = "5000.00", to = "25000.00", reason = "growth", amount = "20000.00", currency = "USD" }),
            Impact = new() { Amount = new("20000.00", "USD"), Reversible = true, ExternallyVisible = true, Consequence = "The shop may order for 20,000.00 USD more on account from today. A default costs up to 25,000.00 USD." },
            Signals = [new("model", 0.87, "self-reported"), new("score", 0.91, "credit score 91 of 100")],
            Reasoning = new("Revenue doubled, all invoices were paid early, and the bureau gives 91 of 100."),
            Checks = [Pass("PAY-1", "Invoices paid in time", "14 of 14", "payments"), Pass("BUR-1", "Bureau score of at least 80", "91", "bureau"), Pass("EXP-1", "Total exposure below 2 % of equity")],
            Evidence =
            [
                Evidence.Json("bureau", "Credit bureau report", new { subject = "Larch and Lakes Stores Inc.", registration = "OR-2209188-91", score = 91, delinquencies = 0, asOf = "2026-11-10" }) with { Required = true, Origin = new("westbureau", "reports/77120", At("11-18 09:00")) },
                Evidence.KeyValue("account", "Account now", ("Company", "Larch & Lake Stores LLC"), ("Registration", "OR-1187420-55"), ("Credit line", "5,000.00 USD"), ("Highest balance", "4,870.00 USD")) with { Required = true, Role = "before" },
                Evidence.Table("payments", "Invoices of 12 months", ["Quarter", "Invoices", "Amount", "Days early"], ["Q4 2025", 3, 4120.00, 4], ["Q1 2026", 3, 5890.00, 6], ["Q2 2026", 4, 8210.00, 5], ["Q3 2026", 4, 9755.00, 6]) with { Role = "history" },
            ],
        };
    }

    private static ReviewRequest LockedOut(Occasion o)
    {
        var (who, account) = (o.Person(11), $"AC-{o.Number(30502)}");
        return new()
        {
            Source = Agent(o, 5113),
            Kind = "accountChange",
            Title = "Unlock after five wrong passwords",
            Subject = new(account, who.Name),
            Action = Change(account, "unlock", "locked", "open", "passkey_confirmed"),
            Impact = new() { Reversible = true, ExternallyVisible = false, LegallySensitive = false, AffectsTrust = false, Consequence = "The customer can sign in again." },
            Signals = [new("model", 0.99, "self-reported")],
            Checks = [Pass("KEY-1", "Confirmed with the registered passkey", "2026-11-21 10:20"), Pass("GEO-1", "From the usual place", "Tacoma WA")],
            Evidence = [Evidence.Text("log", "Security log", "10:17 five wrong passwords, Tacoma WA, known laptop\n10:18 account locked\n10:20 passkey of the known laptop confirmed")],
        };
    }

    private static ReviewRequest NewOwner(Occasion o)
    {
        var (who, next, account) = (o.Person(12), o.Person(13), $"TEAM-{o.Number(77)}");
        var disguised = next.Email.Replace("a", "\u0430", StringComparison.Ordinal).Insert(2, "\u200D");
        return new()
        {
            Source = Agent(o, 5118),
            Kind = "accountChange",
            CaseId = account,
            Title = $"Make {next.Name} owner of the team account",
            Subject = new(account, "Cascade Climbing Club"),
            Action = Change(account, "owner", who.Email, disguised, "handover"),
            Impact = new() { Reversible = false, ExternallyVisible = true, AffectsTrust = true, Consequence = "The new owner sees all orders and payment cards of 41 members and can remove everybody." },
            Signals = [new("model", 0.9, "self-reported")],
            Checks = [Pass("OWN-1", "Asked for by the present owner", null, "chat"), Pass("MAIL-1", "Address typed by the owner", next.Email, "chat")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the present owner",
                    Says("customer", "11-19 19:02", $"I'm stepping down as treasurer of the climbing club. Please make {next.Email} the owner."),
                    Says("assistant", "11-19 19:02", "Gladly. The new owner must accept within seven days."),
                    Says("customer", "11-19 19:03", "Perfect, thanks.")) with { Required = true, Role = "original", Highlights = [new(next.Email, "as the owner typed it")] },
                Evidence.KeyValue("team", "Team account", ("Name", "Cascade Climbing Club"), ("Members", 41), ("Cards", 6), ("Owner", who.Email)) with { Role = "before" },
            ],
        };
    }

    private static ReviewRequest CloseTheNewsletter(Occasion o)
    {
        var (who, account) = (o.Person(16), $"AC-{o.Number(30333)}");
        return new()
        {
            Source = Agent(o, 5122),
            Kind = "accountChange",
            CaseId = account,
            Title = "Close the account and erase its data, as requested",
            Subject = new(account, who.Name),
            Action = Change(account, "close", "open", "erased", "erasure_request"),
            Impact = new() { Reversible = false, ExternallyVisible = true, LegallySensitive = true, AffectsTrust = true, Consequence = "Account, order history, 5 warranties and a balance of 62.00 USD are erased for good." },
            Signals = [new("model", 0.84, "self-reported"), new("intent", 0.79, "classifier: erasure request")],
            Reasoning = new("The customer asks us to delete and to stop. The law gives 30 days; closing at once is safest."),
            Checks = [Pass("AUTH-2", "Sent from the address of the account", null, "mail"), Pass("LEGAL-1", "No open dispute or legal hold"), Pass("ORD-2", "No open order")],
            Evidence =
            [
                Evidence.Email("mail", "The request", new(who.Email, ["care@alderway.example"], "Please delete", At("11-18 21:33"))
                {
                    Text = "Hello! I get your weekly mail three times, I must have signed up on several lists. Please delete me from all of them, I really do not want the newsletter any more. I still love the boots, so keep my warranties safe :)",
                }) with { Required = true, Role = "original" },
                Evidence.KeyValue("account", "Account now", ("Newsletter", "weekly, 3 lists"), ("Warranties", 5), ("Gift card balance", "62.00 USD")) with { Role = "before" },
            ],
            Alternatives = [new(Change(account, "pause", "open", "paused", "erasure_request"), "Pause for 30 days, then ask")],
        };
    }

    private static ReviewRequest PayoutDetails(Occasion o)
    {
        var account = $"SUP-{o.Number(1190)}";
        return new()
        {
            Source = Agent(o, 5126),
            Kind = "accountChange",
            CaseId = account,
            Title = "Update the bank account of Harbour Paper & Packaging",
            Subject = new(account, "Harbour Paper & Packaging LLC"),
            Action = Change(account, "bank_details", "•••• 8255", "•••• 3014", "supplier_request"),
            Impact = new() { Reversible = true, ExternallyVisible = false, AffectsTrust = true, Consequence = "The next payment run (27 November, 1,284.60 USD) goes to the new account." },
            Signals = [new("model", 0.93, "self-reported")],
            Checks = [Pass("SENDER-1", "Sender is on file", "billing@harbourpaper.example", "mail"), Pass("FORM-2", "Routing number exists", "Prairie Direct Bank")],
            Evidence =
            [
                Evidence.Email("mail", "The supplier's mail", new("billing@harbourpaper.example", ["ap@alderway.example"], "New bank details from today", At("11-20 15:47"))
                {
                    Cc = ["finance@harbourpaper.example"],
                    Text = "Dear partner,\n\nplease use our new account at Prairie Direct Bank, routing 104000029, account 6620 1188 3014 from today. Our former account is under audit, so kindly do not phone the old office line.\n\nBest regards\nBilling, Harbour Paper",
                    Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Received-SPF"] = "fail (sender IP is 203.0.113.77)", ["Reply-To"] = "billing@harbour-paper.example.net", ["DKIM-Signature"] = "none" },
                }) with { Required = true, Role = "original" },
                Evidence.Markdown("rule", "SUP-3 Bank details of suppliers", "1. Call the number **on file**, never one from the request.\n2. Two people confirm.\n3. The change waits for the next month's run.") with { Role = "policy" },
            ],
        };
    }
}
