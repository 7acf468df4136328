using ReviewConsole.Client;
using static ReviewConsole.Demo.Cases.Emails;
using static ReviewConsole.Demo.Cases.Parts;

namespace ReviewConsole.Demo.Cases;

/// <summary>Drafts that advise: guarantees, travel, allergies, complaints, opening hours. Some answer in another language.</summary>
internal static class AdviceEmails
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        new("five-year-zip", "service-writer", "email", FiveYearZip)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "Five years are for the fabric; zips have two, and this one is 31 months old.",
        },
        new("gas-on-the-plane", "service-writer", "email", GasOnThePlane)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "Gas cartridges may not fly at all, not even in checked baggage; the draft says they may.",
            Better = static r => Instead(r, "Put the gas cartridge into your checked baggage, well wrapped; the stove may stay in your cabin bag.", "Leave the gas cartridge at home and buy one there: gas may not fly, neither in the cabin nor checked. The stove may, when it is clean and empty."),
        },
        new("hazelnut-bar", "service-writer", "email", HazelnutBar)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The label says 'may contain traces of hazelnuts'; the draft tells somebody with an allergy that there are none.",
            Better = static r => Instead(r, "There are no nuts in the Ridge bar, so you can eat it without worry.", "The Ridge bar may contain traces of hazelnuts. With an allergy, please do not eat it."),
        },
        new("letter-from-a-lawyer", "service-writer", "email", LetterFromALawyer)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "The customer mentions a lawyer: rule LEG-2 sends that to legal, and the draft admits fault.",
        },
        new("two-newsletters", "service-writer", "email", TwoNewsletters)
        {
            Flaw = Flaw.OnlyInEvidence,
            Truth = "Only one of the two lists was ended; the draft says that no more mail will come.",
        },
        new("thank-you-rosa", "service-writer", "email", ThankYou),
        new("open-on-sunday", "service-writer", "email", OpenOnSunday),
        new("seil-rueckruf", "service-writer", "email", RopeInGerman),
    ];

    private static ReviewRequest FiveYearZip(Occasion o)
    {
        var who = o.Person(9);
        return Reply(o, who, 40331, "Your zip", "Accept the zip of the Lee tent under guarantee",
            $"""
            Dear {who.Name},

            our tents have a guarantee of five years, so we repair the zip of your Lee 2P free of charge. Please send the tent to our workshop with the label below.

            Kind regards,
            Alderway Customer Care
            """,
            """
            Dear {name},

            {guarantee}, so we repair the {part} of your {product} free of charge. Please send it to our workshop with the label below.

            Kind regards,
            Alderway Customer Care
            """) with
        {
            Impact = Mail("A repair of about 60 USD is promised, and told to others."),
            Signals = [new("model", 0.9, "self-reported")],
            Checks = [Pass("DATE-1", "Bought within five years", "2024-04-17", "order"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Conversation("chat", "Chat with the customer", Says("customer", "11-18 20:15", "The door zip of my Lee 2P has split. The tent is otherwise fine. Guarantee?")) with { Required = true, Role = "original" },
                Evidence.KeyValue("order", "Purchase as looked up", ("Article", "Lee 2P, fern"), ("Bought", "2024-04-17"), ("Price", "329.00 USD")) with { Required = true },
                Evidence.Table("guarantee", "Guarantee of tents", ["Part", "Years"], ["Fabric and seams", 5], ["Poles", 3], ["Zips, cords, pegs", 2]) with { Required = true, Role = "policy" },
            ],
        };
    }

    private static ReviewRequest GasOnThePlane(Occasion o)
    {
        var who = o.Person(13);
        return Reply(o, who, 40336, "Flying with your stove", "Answer the question about flying with a stove",
            $"""
            Hello {who.First},

            have a good trip! Put the gas cartridge into your checked baggage, well wrapped; the stove may stay in your cabin bag.

            Alderway Customer Care
            """,
            """
            Hello {first name},

            {advice}

            Alderway Customer Care
            """) with
        {
            Impact = Mail("The customer packs as we say. Gas in baggage is a danger and an offence."),
            Signals = [new("model", 0.88, "self-reported"), new("retrieval", 0.71, "overlap of question and sources")],
            Checks = [Pass("TONE-1", "Tone fits the style guide"), Pass("SRC-1", "A source was found", "air travel sheet", "sheet")],
            Evidence =
            [
                Evidence.Conversation("chat", "The question", Says("customer", "11-19 21:40", "I fly to Anchorage on Sunday. Where do I put the stove and the gas, cabin or checked?")) with { Required = true, Role = "original" },
                Evidence.Markdown("sheet", "Air travel sheet", """
                    | | Cabin | Checked |
                    |---|---|---|
                    | Stove, clean and without fuel | ask the airline | yes |
                    | Gas cartridge, full or part-used | **no** | **no** |
                    | Lighter, one | yes, on the body | no |
                    """) with { Required = true, Role = "policy" },
            ],
        };
    }

    private static ReviewRequest HazelnutBar(Occasion o)
    {
        var who = o.Person(14);
        return Reply(o, who, 40341, "Your question about the Ridge bar", "Answer the question about nuts",
            $"""
            Hello {who.First},

            thank you for asking. There are no nuts in the Ridge bar, so you can eat it without worry.

            Alderway Customer Care
            """,
            """
            Hello {first name},

            thank you for asking. {answer from the label, word for word}

            Alderway Customer Care
            """) with
        {
            Impact = Mail("Somebody with an allergy may eat the bar because we said so.") with { LegallySensitive = true },
            Signals = [new("model", 0.93, "self-reported")],
            Reasoning = new("Neither the name nor the list of ingredients has nuts: oats, dates, sunflower seeds, honey, salt."),
            Checks = [Pass("FACT-1", "Ingredients were looked up", "5 ingredients", "label"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Conversation("chat", "The question", Says("customer", "11-20 07:30", "Does the Ridge bar have nuts? My daughter is allergic to hazelnuts, badly.")) with { Required = true, Role = "original", Highlights = [new("allergic to hazelnuts, badly", "health")] },
                Evidence.Text("label", "Label of the Ridge bar", "Rolled oats 48 %, dates 27 %, sunflower seeds 14 %, honey, salt.\nMade on a line that also packs hazelnuts. May contain traces of hazelnuts.\nBest before: see seam.") with { Required = true },
            ],
        };
    }

    private static ReviewRequest LetterFromALawyer(Occasion o)
    {
        var who = o.Person(15);
        return Reply(o, who, 40346, "Your accident with the carabiner", "Apologise for the accident with the carabiner",
            $"""
            Dear {who.Name},

            we are very sorry about your fall. Our carabiner should not have opened; that was our fault. We will of course pay for your treatment.

            Alderway Customer Care
            """,
            """
            Dear {name},

            we are very sorry to hear of your accident and wish you a good recovery. A colleague will contact you personally within one working day.

            Alderway Customer Care
            """) with
        {
            Impact = Mail("The text can be used against us, and insurance may refuse to pay after an admission.") with { LegallySensitive = true },
            Signals = [new("model", 0.87, "self-reported"), new("sentiment", 0.96, "share of empathy markers in the style guide")],
            Checks = [Pass("TONE-1", "Tone fits the style guide", "empathy: high"), Pass("NAME-1", "The customer is addressed by name")],
            Evidence =
            [
                Evidence.Email("mail", "The customer's message", new(who.Email, ["care@alderway.example"], "Accident", At("11-17 19:02")) { Text = "On Saturday the gate of my Clave carabiner opened and I fell four metres. My wrist is broken. My lawyer says I should ask you for a statement before we do anything else." }) with { Required = true, Role = "original" },
                Evidence.Markdown("rule", "LEG-2 Injuries and lawyers", "When an injury **or** a lawyer is mentioned: send the standard text, change nothing in it, and hand over to legal the same day. Nobody in customer care speaks of fault or of paying.") with { Required = true, Role = "policy" },
            ],
        };
    }

    private static ReviewRequest TwoNewsletters(Occasion o)
    {
        var who = o.Person(4);
        return Reply(o, who, 40351, "You get no more mail from us", "Confirm the end of the newsletter",
            $"""
            Hello {who.First},

            done: you are off our lists, and no more mail will come.

            Alderway Customer Care
            """,
            """
            Hello {first name},

            done: you are off {lists}, and no more mail will come.

            Alderway Customer Care
            """) with
        {
            Impact = Mail("The customer relies on it; the next newsletter goes out on Thursday."),
            Signals = [new("model", 0.97, "self-reported")],
            Checks = [Pass("UNSUB-1", "An unsubscription was recorded today", "shop-news", "lists"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Conversation("chat", "The request", Says("customer", "11-20 06:58", "Third time I ask: take me off ALL your mailings.")) with { Required = true, Role = "original" },
                Evidence.Json("lists", "Subscriptions as looked up", new { email = who.Email, lists = new object[] { new { name = "shop-news", state = "ended", at = "2026-11-20T07:01:00Z" }, new { name = "trail-club", state = "active", at = "2025-02-11T10:22:00Z" } } }) with { Required = true },
            ],
        };
    }

    private static ReviewRequest ThankYou(Occasion o)
    {
        var who = o.Person(2);
        return Reply(o, who, 40356, "Thank you for your review", "Thank for the review of the Kestrel 45",
            $"""
            Dear {who.First},

            thank you for writing about your Kestrel 45 and for the picture from Steens Mountain. What you say about the hip belt has gone to the people who make it.

            Alderway Customer Care
            """,
            """
            Dear {first name},

            thank you for writing about your {product}. What you say about {subject} has gone to the people who make it.

            Alderway Customer Care
            """) with
        {
            Impact = Mail("A friendly line; nothing is promised."),
            Signals = [new("model", 0.98, "self-reported")],
            Checks = [Pass("TONE-1", "Tone fits the style guide"), Pass("HAND-1", "Feedback was handed on", "PD-4410", "note")],
            Evidence =
            [
                Evidence.Text("review", "The review", "Carried it over Steens Mountain for five days. Sits like a glove, only the hip belt slips when wet. Four stars.") with { Required = true, Role = "original", Origin = new("shop", "reviews/kestrel-45", At("11-16 17:00")) },
                Evidence.KeyValue("note", "PD-4410", ("To", "pack development"), ("What", "hip belt slips when wet")),
            ],
        };
    }

    private static ReviewRequest OpenOnSunday(Occasion o)
    {
        var who = o.Person(16);
        return Reply(o, who, 40361, "Our hours in December", "Answer the question about December Sundays",
            $"""
            Hello {who.First},

            yes: on the four Sundays before Christmas our shop at Pier Road is open from 11 to 17. On 24 December we close at 14.

            Alderway Customer Care
            """,
            """
            Hello {first name},

            {hours}

            Alderway Customer Care
            """) with
        {
            Impact = Mail("The customer may come at these hours."),
            Signals = [new("model", 0.97, "self-reported")],
            Checks = [Pass("FACT-1", "Hours occur in the sources", null, "hours"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Conversation("chat", "The question", Says("customer", "11-20 11:11", "Are you open on Sundays before Christmas? And on the 24th?")) with { Role = "original", Required = true },
                Evidence.Table("hours", "Hours in December, Pier Road", ["Day", "From", "To"], ["Monday to Saturday", "9", "19"], ["Sundays 29 Nov, 6, 13, 20 Dec", "11", "17"], ["24 Dec", "9", "14"], ["25, 26 Dec", "–", "–"]) with { Required = true },
            ],
        };
    }

    private static ReviewRequest RopeInGerman(Occasion o)
    {
        var who = o.Person(4);
        return Reply(o, who, 40366, "Ihr Seil Alder 9,8", "Answer the German question about the rope recall",
            $"""
            Guten Tag {who.Name},

            Ihr Seil mit der Nummer A98-26-0417 ist vom Rückruf nicht betroffen: Er gilt nur für Seile, deren Nummer mit A98-25 beginnt. Sie können es weiter benutzen.

            Freundliche Grüße
            Alderway Kundendienst
            """,
            """
            Guten Tag {name},

            Ihr Seil mit der Nummer {number} ist vom Rückruf {affected or not}: Er gilt nur für Seile, deren Nummer mit A98-25 beginnt. {what to do}

            Freundliche Grüße
            Alderway Kundendienst
            """) with
        {
            Impact = Mail("The customer climbs on this rope because we say that it is safe.") with { LegallySensitive = true },
            Signals = [new("model", 0.93, "self-reported"), new("language", 0.99, "German")],
            Checks = [Pass("LANG-1", "Answered in the language of the question", "de", "mail"), Pass("BATCH-1", "Number compared with the recall", "A98-26 is not A98-25", "recall"), Pass("TONE-1", "Tone fits the style guide")],
            Evidence =
            [
                Evidence.Email("mail", "The customer's message", new(who.Email, ["care@alderway.example"], "Rückruf Seil?", At("11-19 13:27")) { Text = "Guten Tag, ich habe vom Rückruf des Alder 9,8 gelesen. Auf meinem Seil steht A98-26-0417. Darf ich es noch benutzen?" }) with { Required = true, Role = "original", Highlights = [new("A98-26-0417", "the rope's number")] },
                Evidence.Text("recall", "Recall of 3 November 2026", "Affected: rope Alder 9.8, numbers A98-25-0001 to A98-25-2200. Not affected: all other numbers.") with { Required = true, Role = "policy" },
            ],
        };
    }
}
