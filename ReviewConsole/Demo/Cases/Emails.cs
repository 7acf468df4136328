using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Drafts to customers, by the service writer of an invented outdoor shop.</summary>
internal static class Emails
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("gold-promise", "service-writer", "email", GoldPromise)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The customer says Gold, the profile says Basic: the draft promises what only Gold members get.",
            Better = static r => r with
            {
                Draft = r.Draft! with { Content = r.Draft.Content.Replace("As a Gold member you get a replacement by express delivery, free of charge, today.", "We will send a replacement as soon as the damaged stove has been scanned by the courier.", StringComparison.Ordinal) },
            },
        },
        new("restock-date", "service-writer", "email", RestockDate),
        new("helpful-cousin", "service-writer", "email", HelpfulCousin)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The reply with the delivery address goes to somebody else than the account's owner.",
        },
        new("sort-code-link", "service-writer", "email", RiskyEmails.LookAlikeLink)
        {
            Flaw = Flaw.HiddenCharacters,
            Truth = "The link in the draft has a Cyrillic letter in its host, and the customer's mail carries an instruction in invisible characters.",
        },
        new("stove-recall", "service-writer", "email", RiskyEmails.StoveRecall)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The draft drops the sentence 'Stop using the stove now', which the approved text and the recall page require.",
            Better = static r => r with { Draft = r.Draft! with { Content = r.Draft.Baseline! } },
        },
        new("late-father", "service-writer", "email", LateFather),
        new("price-match", "service-writer", "email", PriceMatch)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The page that the customer names sells the tent as 'used, good condition': no price match.",
        },
    ];

    public static Source Writer(Occasion o, int run) => new("service-writer") { Agent = "reply-writer", Version = "3.2", RunId = $"sw-{o.Number(run)}" };

    public static ProposedAction Send(DemoPerson to, string subject, string ticket) => ProposedAction.Of("send_email", new { to = to.Email, subject, @case = ticket });

    public static Impact Mail(string consequence) => new() { Reversible = false, ExternallyVisible = true, AffectsTrust = true, Consequence = consequence };

    /// <summary>A plain text in answer to a customer, beside the template that it was written from.</summary>
    public static ReviewRequest Reply(Occasion o, DemoPerson who, int number, string subject, string title, string draft, string template)
    {
        var ticket = $"T-{o.Number(number)}";
        return new()
        {
            Source = Writer(o, number + 48_000),
            Kind = "email",
            CaseId = ticket,
            Title = title,
            Subject = new(who.Id, who.Name),
            Action = Send(who, subject, ticket),
            Draft = new Draft("text", draft) { Baseline = template }.To(new { to = who.Email, subject }),
        };
    }

    /// <summary>The same proposal with other words in its draft.</summary>
    public static ReviewRequest Instead(ReviewRequest r, string was, string becomes) => r with { Draft = r.Draft! with { Content = r.Draft.Content.Replace(was, becomes, StringComparison.Ordinal) } };

    private static ReviewRequest GoldPromise(Occasion o)
    {
        var (who, ticket) = (o.Person(0), $"T-{o.Number(40218)}");
        const string Subject = "Your damaged stove";
        return new()
        {
            Source = Writer(o, 88213),
            Kind = "email",
            CaseId = ticket,
            Title = $"Reply to {who.Name} about the damaged stove",
            Subject = new(who.Id, who.Name),
            Action = Send(who, Subject, ticket),
            Draft = new Draft("text", $"""
                Dear {who.Name},

                I am sorry that your Ember 2 stove arrived with a bent burner. Thank you for the photos.

                As a Gold member you get a replacement by express delivery, free of charge, today. You need not send the damaged stove back.

                If anything else is amiss, simply reply to this message.

                Kind regards,
                Alderway Customer Care
                """)
            {
                Baseline = """
                Dear {name},

                I am sorry that your {product} arrived damaged. Thank you for the photos.

                We will send a replacement as soon as the damaged item has been scanned by the courier.

                If anything else is amiss, simply reply to this message.

                Kind regards,
                Alderway Customer Care
                """,
            }.To(new { to = who.Email, subject = Subject }),
            Impact = Mail("The customer gets this text at once and may rely on it. A promise that does not hold costs a stove (89.00 USD) or a complaint."),
            Signals = [new("model", 0.91, "self-reported")],
            Reasoning = new("The customer states Gold membership and attached photos. Policy DMG-4 gives Gold members an express replacement without return."),
            Checks = [Pass("TONE-1", "Tone fits the style guide"), Pass("PII-1", "No personal data of others in the draft"), Pass("PHOTO-1", "Photos were attached", "2 images", "chat")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the customer",
                    Says("customer", "11-18 09:12", "Hi, my Ember 2 came today and the burner is bent. I've attached two photos."),
                    Says("assistant", "11-18 09:12", "I'm sorry about that. May I have your order number?"),
                    Says("customer", "11-18 09:14", $"AO-{o.Number(118204)}. I'm a Gold member so I'd expect this sorted fast, we leave for the Wallowas on Saturday."),
                    Says("assistant", "11-18 09:14", "Understood. I'll arrange it and confirm by e-mail.")) with { Required = true, Role = "original" },
                Evidence.KeyValue("profile", "Customer profile as looked up",
                    ("Name", who.Name), ("Member since", "2024-03-02"), ("Tier", "Basic"), ("Points to Silver", 340), ("Orders in 12 months", 3)) with { Required = true },
                Evidence.Markdown("policy", "DMG-4 Damaged on arrival", """
                    # DMG-4 Damaged on arrival

                    | Tier | Replacement | Return |
                    |---|---|---|
                    | Basic, Silver | standard delivery, **after** the courier's scan | required |
                    | Gold | express, at once | not required |

                    Never name a tier that the profile does not show.
                    """) with { Role = "policy" },
            ],
            Tags = ["damaged", "photos"],
        };
    }

    private static ReviewRequest RestockDate(Occasion o)
    {
        var (who, ticket) = (o.Person(1), $"T-{o.Number(40233)}");
        const string Subject = "When the Tarn 35 is back";
        return new()
        {
            Source = Writer(o, 88220),
            Kind = "email",
            CaseId = ticket,
            Title = $"Tell {who.First} when the Tarn 35 is back",
            Subject = new(who.Id, who.Name),
            Action = Send(who, Subject, ticket),
            Draft = new Draft("text", $"""
                Hello {who.First},

                the Tarn 35 in slate is expected in our Portland warehouse on 4 December. If you reply with "hold", we keep one for you until 11 December, with no obligation to buy.

                Best wishes,
                Alderway Customer Care
                """)
            {
                Baseline = """
                Hello {first name},

                the {product} in {colour} is expected in our Portland warehouse on {date}.

                Best wishes,
                Alderway Customer Care
                """,
            }.To(new { to = who.Email, subject = Subject }),
            Impact = Mail("The customer may wait for this date. Dates from the purchase system were right in 93 of the last 100 restocks."),
            Signals = [new("model", 0.94, "self-reported"), new("retrieval", 0.88, "overlap of question and sources")],
            Checks = [Pass("TONE-1", "Tone fits the style guide"), Pass("FACT-1", "Dates occur in the sources", "4 December", "stock")],
            Evidence =
            [
                Evidence.Email("mail", "The customer's question", new(who.Email, ["care@alderway.example"], "Tarn 35 slate??", At("11-19 20:41"))
                {
                    Text = "Hi there, I've been watching the Tarn 35 in slate for weeks and it's always sold out. Any idea when it'll be back? Could you hold one?",
                }) with { Required = true, Role = "original" },
                Evidence.Table("stock", "Purchase orders for the Tarn 35", ["Colour", "Order", "Units", "Expected", "Supplier says"],
                    ["moss", "PO-7688", 80, "2026-12-18", "in production"], ["slate", "PO-7671", 120, "2026-12-04", "shipped 11-15"], ["rust", "–", 0, "–", "discontinued"]) with
                {
                    Origin = new("purchasing", "orders/PO-7671", At("11-19 21:02")),
                    Highlights = [new("shipped 11-15", "the basis of the date")],
                },
                Evidence.Link("page", "Product page", new Uri("https://shop.alderway.example/packs/tarn-35"), "Tarn 35"),
            ],
        };
    }

    private static ReviewRequest HelpfulCousin(Occasion o)
    {
        var (who, other, ticket) = (o.Person(2), o.Person(5), $"T-{o.Number(40240)}");
        const string Subject = "Your order and its delivery";
        return new()
        {
            Source = Writer(o, 88229),
            Kind = "email",
            CaseId = ticket,
            Title = "Answer the question where the parcel is",
            Subject = new(who.Id, who.Name),
            Action = Send(other, Subject, ticket),
            Draft = new Draft("text", $"""
                Hello,

                order AO-{o.Number(118377)} left our warehouse on 17 November and should arrive on 21 November between 14:00 and 18:00 at 41 Juniper Court, Apt 2, Boise ID 83702. A signature is not needed; the courier leaves it at the front desk.

                Kind regards,
                Alderway Customer Care
                """)
            {
                Baseline = """
                Dear {name},

                order {number} left our warehouse on {date} and should arrive on {date} at {address of the order}.

                Kind regards,
                Alderway Customer Care
                """,
            }.To(new { to = other.Email, subject = Subject }),
            Impact = Mail("The recipient learns address and delivery window. An e-mail cannot be called back."),
            Signals = [new("model", 0.93, "self-reported")],
            Reasoning = new("The sender names the order number and the family relation, so the request is plausible. All facts come from the order."),
            Checks = [Pass("TONE-1", "Tone fits the style guide"), Pass("FACT-1", "Facts occur in the sources", null, "order"), Pass("ORDER-1", "The order exists", null, "order")],
            Evidence =
            [
                Evidence.Email("mail", "The question", new(other.Email, ["care@alderway.example"], $"Order AO-{o.Number(118377)}", At("11-19 22:17"))
                {
                    Text = $"Hello, I'm helping my cousin {who.First} with a delivery, order AO-{o.Number(118377)}. Where will it be left, and when exactly? Nobody is home until evening. Please answer to this address, the other mailbox is full.",
                    Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authentication-Results"] = "spf=pass; dkim=pass", ["Reply-To"] = other.Email },
                }) with { Required = true, Role = "original" },
                Evidence.KeyValue("order", $"Order AO-{o.Number(118377)}",
                    ("Ordered by", who.Name), ("E-mail of the account", who.Email), ("Other contacts", "none"), ("Value", "412.00 USD"), ("Ship to", "41 Juniper Court, Apt 2, Boise ID 83702")) with { Required = true },
                Evidence.Text("rule", "PRIV-2 Who may hear what", "Order details go to the e-mail address of the account and to contacts that the customer has entered, to nobody else. Relatives are asked to write from the account.") with { Role = "policy" },
            ],
        };
    }

    private static ReviewRequest LateFather(Occasion o)
    {
        var (who, ticket) = (o.Person(6), $"T-{o.Number(40266)}");
        const string Subject = "Your father's account";
        return new()
        {
            Source = Writer(o, 88251),
            Kind = "email",
            CaseId = ticket,
            Title = "Reply about the account of a customer who died",
            Subject = new(who.Id, who.Name),
            Action = Send(who, Subject, ticket),
            Draft = new Draft("text", $"""
                Dear {who.Name},

                we are sorry for your loss. We have closed your father's account and stopped the catalogues. The remaining 45.00 USD of his gift card can be moved to an account of yours; just tell us which.

                You need not send us anything else.

                With sympathy,
                Alderway Customer Care
                """)
            {
                Baseline = """
                Dear {name},

                we are sorry for your loss. We have closed the account and stopped all mailings. What remains on gift cards can be moved to an account of yours; just tell us which.

                You need not send us anything else.

                With sympathy,
                Alderway Customer Care
                """,
            }.To(new { to = who.Email, subject = Subject }),
            Impact = Mail("A grieving person reads this. A wrong word hurts and is remembered."),
            Signals = [new("model", 0.58, "self-reported"), new("tone", 0.71, "classifier for sensitive matters")],
            Reasoning = new("The matter is sensitive. I followed the guide for bereavement and left out marketing."),
            Checks = [Warn("TONE-2", "Sensitive matter", "Bereavement: a person should read this before it goes.", "mail"), Pass("FACT-1", "Amounts occur in the sources", "45.00 USD", "account")],
            Evidence =
            [
                Evidence.Email("mail", "The message", new(who.Email, ["care@alderway.example"], "please stop the catalogues", At("11-17 13:20"))
                {
                    Text = "Dear all, my father Edmund passed away in October. Your catalogues still come to his house every week. Could you please stop them and close his account. He had a gift card from us with something left on it, I believe.",
                }) with { Required = true, Role = "original", Highlights = [new("passed away in October", "bereavement guide applies")] },
                Evidence.Json("account", "Account as looked up", new { account = "AC-30271", status = "closed", closedAt = "2026-11-17T13:31:00Z", giftCards = new[] { new { last4 = "7781", balance = "45.00", currency = "USD" } }, subscriptions = Array.Empty<string>() }),
            ],
        };
    }

    private static ReviewRequest PriceMatch(Occasion o)
    {
        var (who, ticket) = (o.Person(7), $"T-{o.Number(40270)}");
        const string Subject = "Good news: we match the price";
        return new()
        {
            Source = Writer(o, 88259),
            Kind = "email",
            CaseId = ticket,
            Title = "Confirm the price match for the Lee 2P tent",
            Subject = new(who.Id, who.Name),
            Action = Send(who, Subject, ticket),
            Draft = new Draft("html", $"""
                <p>Dear {who.Name},</p>
                <p>we checked the offer and match it: your <strong>Lee 2P tent</strong> is yours for <strong>219.00 USD</strong> instead of 329.00 USD. Use the code <code>MATCH-{o.Number(5521)}</code> within seven days.</p>
                <p>Alderway Customer Care</p>
                """)
            {
                Baseline = """
                <p>Dear {name},</p>
                <p>we checked the offer and match it: your <strong>{article}</strong> is yours for <strong>{their price}</strong> instead of {our price}. Use the code <code>{code}</code> within seven days.</p>
                <p>Alderway Customer Care</p>
                """,
            }.To(new { to = who.Email, subject = Subject }),
            Impact = Mail("The customer can order at 219.00 USD for seven days: 110.00 USD less than our price.") with { Amount = new("110.00", "USD") },
            Signals = [new("model", 0.9, "self-reported")],
            Checks = [Pass("PRICE-1", "The other price was found", "219.00 USD", "page"), Pass("STOCK-1", "The other shop has it in stock", "1 left", "page"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Html("page", "The other shop's page", """
                    <div class="offer"><h2>Lee 2P Tent, 2026, fern</h2><p class="price">USD 219.00</p><p class="small">Sold by Backtrail Exchange · <span>used, good condition</span> · 1 left</p>
                    <ul><li>Poles complete</li><li>Footprint included</li></ul></div>
                    """) with { Required = true, Origin = new("web", "https://backtrail-exchange.example/lee-2p", At("11-20 10:02")), Highlights = [new("USD 219.00", "the price to match")] },
                Evidence.Text("rule", "PM-1 Price match", "We match the price of another shop for the same new article in the same colour, in stock, delivered to the same state. Not for auctions, members' clubs, and used or returned goods.") with { Role = "policy", Required = true },
            ],
        };
    }
}
