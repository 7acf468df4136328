using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Emails;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Drafts about orders: delays, quotes, presents, copies of invoices, exchanges.</summary>
internal static class OrderEmails
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("storm-delay", "service-writer", "email", StormDelay),
        new("forty-headlamps", "service-writer", "email", FortyHeadlamps)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "40 headlamps at 18.50 make 740.00 USD; the draft quotes 640.00.",
            Better = static r => Instead(r, "640.00", "740.00"),
        },
        new("surprise-parcel", "service-writer", "email", SurpriseParcel)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The order is a present with a note not to tell: the draft tells the person who is to get it what is inside.",
            Better = static r => Instead(r, "a Kestrel 45 pack in fern and a pair of gaiters, ordered by your partner,", "a parcel for you"),
        },
        new("invoice-copy", "service-writer", "email", InvoiceCopy)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The invoice that the draft names and attaches belongs to another customer; the customer's own stands in the line below.",
        },
        new("one-size-up", "service-writer", "email", OneSizeUp),
    ];

    private static ReviewRequest StormDelay(Occasion o)
    {
        var who = o.Person(2);
        return Reply(o, who, 40301, "Your parcel is delayed", "Tell the customer about the delay",
            $"""
            Hello {who.First},

            your parcel is held in Boise: the pass is closed because of the storm. The carrier now expects to deliver on 26 November.

            You need not do anything. If it does not come by the 28th, reply to this message and we send another one or your money back, as you like.

            Alderway Customer Care
            """,
            """
            Hello {first name},

            your parcel is delayed. The carrier now expects to deliver on {date}.

            You need not do anything. If it does not come within two days after that, reply to this message and we send another one or your money back, as you like.

            Alderway Customer Care
            """) with
        {
            Impact = Mail("The customer waits until this date."),
            Signals = [new("model", 0.95, "self-reported")],
            Checks = [Pass("FACT-1", "Dates occur in the sources", "26 November", "carrier"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Table("carrier", "Tracking", ["When", "Where", "What"], ["11-19 06:12", "Salt Lake City", "left the hub"], ["11-20 02:40", "Boise", "held: road closed"], ["11-20 09:15", "Boise", "new date: 2026-11-26"]) with { Required = true, Highlights = [new("new date: 2026-11-26", "the date in the draft")] },
                Evidence.Conversation("chat", "The question", Says("customer", "11-20 10:02", "Tracking hasn't moved since yesterday. Is it lost?")) with { Role = "original" },
            ],
        };
    }

    private static ReviewRequest FortyHeadlamps(Occasion o)
    {
        var who = o.Person(12);
        return Reply(o, who, 40306, "Your quote for 40 headlamps", "Send the quote to the outdoor school",
            $"""
            Dear {who.Name},

            thank you for thinking of us for your spring course. For 40 Glint headlamps at the school price we can offer 640.00 USD, delivered to your door. The offer stands until 31 December 2026.

            Kind regards,
            Alderway Customer Care
            """,
            """
            Dear {name},

            thank you for thinking of us. For {quantity} {product} at the school price we can offer {total} USD, delivered to your door. The offer stands until {date}.

            Kind regards,
            Alderway Customer Care
            """) with
        {
            Impact = Mail("The school may accept; we are bound to the price until the end of the year."),
            Signals = [new("model", 0.92, "self-reported")],
            Checks = [Pass("PRICE-1", "The school price is in the list", "18.50 USD", "prices"), Pass("STOCK-1", "In stock", "212 pieces"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Email("mail", "The school's message", new(who.Email, ["care@alderway.example"], "Headlamps for our course", At("11-18 15:20")) { Text = "Hello, we need 40 Glint headlamps for our spring night-navigation course. Is there a price for schools, and until when would it hold?" }) with { Required = true, Role = "original", Highlights = [new("40 Glint headlamps", "the quantity")] },
                Evidence.Table("prices", "Price list, schools", ["Article", "Shop", "School", "From"], ["Glint headlamp", "24.90", "18.50", "20 pieces"], ["Glint headlamp", "24.90", "16.00", "100 pieces"]) with { Required = true },
            ],
        };
    }

    private static ReviewRequest SurpriseParcel(Occasion o)
    {
        var (who, order) = (o.Person(8), $"AO-{o.Number(118377)}");
        return Reply(o, who, 40311, "A parcel is on its way to you", "Answer the question about the unexpected parcel",
            $"""
            Hello {who.First},

            good news: a Kestrel 45 pack in fern and a pair of gaiters, ordered by your partner, will reach you on 24 November between 9 and 12.

            Kind regards,
            Alderway Customer Care
            """,
            """
            Hello {first name},

            good news: {contents} will reach you on {date} between {time}.

            Kind regards,
            Alderway Customer Care
            """) with
        {
            Impact = Mail("The recipient reads what is in the parcel and who ordered it."),
            Signals = [new("model", 0.96, "self-reported")],
            Reasoning = new("The writer is the recipient on the label, so the contents and the sender may be named."),
            Checks = [Pass("ID-1", "The writer is the recipient on the label", order, "order"), Pass("FACT-1", "The date occurs in the sources", "24 November", "order"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Conversation("chat", "The question", Says("customer", "11-20 18:31", "I got a text that a parcel from you is coming. I haven't ordered anything. What is it?")) with { Required = true, Role = "original" },
                Evidence.KeyValue("order", $"Order {order}", ("Deliver to", who.Name), ("When", "2026-11-24, 9–12"), ("Contents", "Kestrel 45, fern; gaiters M"), ("Wrapped", "yes"), ("Note of the buyer", "Birthday on the 25th. Please do not tell what it is, not even if asked!")) with { Required = true },
            ],
        };
    }

    private static ReviewRequest InvoiceCopy(Occasion o)
    {
        var (who, own, other) = (o.Person(3), $"R-2026-{o.Number(7786)}", $"R-2026-{o.Number(7768)}");
        return Reply(o, who, 40316, "Copy of your invoice", "Send the copy of the invoice that was asked for",
            $"""
            Dear {who.Name},

            here is the copy of your invoice {other}, as you asked.

            Kind regards,
            Alderway Customer Care
            """,
            """
            Dear {name},

            here is the copy of your invoice {number}, as you asked.

            Kind regards,
            Alderway Customer Care
            """) with
        {
            Impact = Mail("An invoice with name, address and purchases goes to this address."),
            Signals = [new("model", 0.97, "self-reported")],
            Checks = [Pass("DOC-1", "The invoice exists", other), Pass("ID-1", "The writer's address belongs to a customer", who.Email, "mail"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Email("mail", "The customer's message", new(who.Email, ["care@alderway.example"], "invoice copy", At("11-19 08:44")) { Text = "Could you mail me the invoice for my boots from September again? My tax adviser needs it." }) with { Required = true, Role = "original" },
                Evidence.Table("invoices", "Invoices of September, boots", ["Invoice", "Customer", "Article", "Total"], [other, o.Person(11).Name, "Scree GTX 44", "219.00"], [own, who.Name, "Scree GTX 42", "219.00"]) with { Required = true },
            ],
        };
    }

    private static ReviewRequest OneSizeUp(Occasion o)
    {
        var who = o.Person(6);
        return Reply(o, who, 40321, "Your exchange", "Confirm the exchange for one size up",
            $"""
            Hello {who.First},

            gladly: your Fell jacket in L leaves Portland today. Put the M into the same box and use the label below; it costs you nothing.

            Label: shop.alderway.example/label/{o.Number(90412)}

            Alderway Customer Care
            """,
            """
            Hello {first name},

            gladly: your {product} in {size} leaves Portland today. Put the {old size} into the same box and use the label below; it costs you nothing.

            Label: {label}

            Alderway Customer Care
            """) with
        {
            Impact = Mail("A jacket (189.00 USD) leaves before the other one is back."),
            Signals = [new("model", 0.94, "self-reported")],
            Checks = [Pass("STOCK-1", "The other size is in stock", "L: 14", "stock"), Pass("TIME-1", "Within 60 days", "bought on 2 November", "chat"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the customer", Says("customer", "11-20 12:10", "My Fell jacket from 2 November is too tight in M. Tags are on. Can I get an L?"), Says("assistant", "11-20 12:10", "Of course. I'll send the details by e-mail.")) with { Required = true, Role = "original" },
                Evidence.Table("stock", "Fell jacket, slate", ["Size", "Portland"], ["S", 3], ["M", 0], ["L", 14], ["XL", 6]),
            ],
        };
    }
}
