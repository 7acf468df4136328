using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// A policy file to a <see cref="GatePolicy"/>, strictly: unknown keys are refused, and every error names its line and path. The format is explained in the
/// policy that ships, <c>default-policy.yaml</c>. A file that begins with <c>extends: default</c> holds only what differs.
/// </summary>
internal static class PolicyReader
{
    private const int LongestName = 60;

    private static readonly Lazy<GatePolicy> s_default = new(ReadDefault);

    /// <summary>The policy that ships.</summary>
    public static GatePolicy Default => s_default.Value;

    /// <summary>The most rules that a policy may have.</summary>
    public const int MaxRules = 2_000;

    /// <summary>Reads a file no further than a policy may be long.</summary>
    public static PolicyReading Read(Stream file)
    {
        var errors = new List<PolicyError>();
        return PolicyText.Read(file, errors) is { } text ? Read(text) : new PolicyReading(null, errors);
    }

    /// <param name="shipped">What <c>extends: default</c> means; null for the default policy of this program.</param>
    public static PolicyReading Read(string text, string? shipped = null)
    {
        var errors = new List<PolicyError>();
        var root = PolicyNode.Parse(text, errors);
        if (root is null)
        {
            return new PolicyReading(null, errors);
        }

        GatePolicy? under = null;
        if (root["extends"].Text() is { } name)
        {
            under = name != "default" ? null : shipped is null ? Default : Read(shipped).Policy;
            if (under is null)
            {
                root["extends"].Fail(name != "default" ? "Only the policy “default” can be extended." : "This program cannot read what “default” meant when this was saved; save it anew.");
                return new PolicyReading(null, errors);
            }
        }

        var policy = Read(root, text, under);
        return errors.Count == 0 ? new PolicyReading(policy, []) : new PolicyReading(null, errors);
    }

    private static GatePolicy Read(PolicyNode root, string text, GatePolicy? under)
    {
        root.Only("extends", "policy", "version", "currency", "timezone", "hold", "claim", "expiry", "validity", "pickup", "sla", "queues", "windows", "automation", "rules", "catalogue", "reasons");
        var expiry = root["expiry"].Only("after", "outcome");
        var queues = Queues(root, under);
        var windows = WindowReader.Read(root["windows"], under?.Windows);
        var reasons = Reasons(root["reasons"], under);
        var queueNames = queues.Select(queue => queue.Name).ToFrozenSet(StringComparer.Ordinal);
        var name = root["policy"].Required().Text() ?? "";
        if (name.Length > LongestName || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            root["policy"].Fail($"Must be at most {LongestName} letters (A to Z, a to z), digits, “.”, “_” and “-”: every entry of the ledger names it.");
        }

        var hold = Needed(root["hold"], under?.HoldSeconds, root["hold"].Seconds());
        if (hold > 120)
        {
            root["hold"].Fail("Must be at most 120 s.");
        }

        var leaves = new LeafTable();
        var rules = Rules(root["rules"], under, queueNames, windows, reasons);
        return new GatePolicy
        {
            Identity = new PolicyIdentity(name, root["version"].Required().Whole(1, int.MaxValue) ?? 1, DigestOf(text, under)),
            Text = text,
            Base = under?.Text,
            Currency = Currency(root, under),
            Zone = Zone(root["timezone"], under),
            HoldSeconds = hold,
            ClaimMinutes = Needed(root["claim"], under?.ClaimMinutes, root["claim"].Minutes()),
            ExpiryMinutes = Needed(expiry["after"], under?.ExpiryMinutes, expiry["after"].Minutes()),
            ExpiryOutcome = Needed(expiry["outcome"], under?.ExpiryOutcome, expiry["outcome"].Choice(WireNames.ExpiryOutcomes)),
            ValidMinutes = Needed(root["validity"], under?.ValidMinutes, root["validity"].Minutes()),
            PickupMinutes = Needed(root["pickup"], under?.PickupMinutes, root["pickup"].Minutes()),
            DueMinutes = Due(root["sla"].Only("high", "medium", "low"), under),
            QueueList = queues,
            Windows = windows,
            Automation = AutomationReader.Limits(root["automation"], under?.Automation),
            Leaves = leaves,
            Rules = [.. rules.Select(rule => rule with { When = leaves.Place(rule.When) })],
            Catalogue = CatalogueReader.Read(root["catalogue"], under?.Catalogue, rules.Sum(static rule => PatternWeight.Of(rule.When))),
            ReasonCodes = reasons,
        };
    }

    private static T Needed<T>(PolicyNode node, T? under, T? read) where T : struct
    {
        if (!node.Exists && under is null)
        {
            node.Fail("Is required.");
        }

        return read ?? under ?? default;
    }

    private static string Currency(PolicyNode root, GatePolicy? under)
    {
        var node = root["currency"];
        var currency = node.Text() ?? under?.Currency;
        if (currency is null || !PartReader.IsCurrency(currency))
        {
            node.Fail("Must be a currency code of three capital letters, like USD.");
        }

        return currency ?? "";
    }

    private static TimeZoneInfo Zone(PolicyNode node, GatePolicy? under)
    {
        var name = node.Text();
        if (name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        if (name is not null)
        {
            node.Fail($"This machine knows no time zone “{name}”. Write one like Europe/Berlin, or leave it out for UTC.");
        }

        return under?.Zone ?? TimeZoneInfo.Utc;
    }

    private static FrozenDictionary<Risk, int> Due(PolicyNode sla, GatePolicy? under) => Enum.GetValues<Risk>().ToFrozenDictionary(
        risk => risk, risk => Needed(sla[risk.Wire()], under?.DueMinutes[risk], sla[risk.Wire()].Minutes()));

    private static List<PolicyQueue> Queues(PolicyNode root, GatePolicy? under)
    {
        var queues = new List<PolicyQueue>(under?.QueueList ?? []);
        foreach (var (name, node) in root["queues"].Map())
        {
            node.Only("kinds", "default", "escalations");
            var kinds = node["kinds"].Items().Select(kind => kind.Text() ?? "").ToList();
            var queue = new PolicyQueue(name, kinds, node["default"].Flag() ?? false, node["escalations"].Flag() ?? false);

            // A kind, and each special part, belongs to one queue: that of the file that speaks last.
            for (var i = 0; i < queues.Count; i++)
            {
                queues[i] = queues[i] with
                {
                    Kinds = [.. queues[i].Kinds.Except(kinds, StringComparer.Ordinal)],
                    Default = queues[i].Default && !queue.Default,
                    Escalations = queues[i].Escalations && !queue.Escalations,
                };
            }

            Replace(queues, queue, old => old.Name == name, atEnd: true);
        }

        if (queues.Count(queue => queue.Default) != 1 || queues.Count(queue => queue.Escalations) != 1)
        {
            root["queues"].Fail("Exactly one queue is the default one, and exactly one takes escalations.");
        }

        return queues;
    }

    private static List<PolicyRule> Rules(PolicyNode node, GatePolicy? under, FrozenSet<string> queues, IReadOnlyList<PolicyWindow> windows,
        FrozenDictionary<string, IReadOnlyList<PolicyReason>> reasons)
    {
        var rules = new List<PolicyRule>(under?.Rules ?? []);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var automations = new List<(PolicyNode Item, PolicyRule Rule)>();
        var place = 0;
        var weight = rules.Sum(static rule => PatternWeight.Of(rule.When));
        if (node.Count > MaxRules)
        {
            node.Fail(string.Create(CultureInfo.InvariantCulture, $"Has {node.Count:N0} rules; {MaxRules:N0} are the most."));
            return rules;
        }

        foreach (var item in node.Items())
        {
            if (RuleReader.Read(item, queues, windows, reasons) is not { } rule)
            {
                continue;
            }

            var weighed = weight;
            weight += PatternWeight.Of(rule.When);
            if (weight > PatternWeight.MostInFile && weighed <= PatternWeight.MostInFile)
            {
                item.Fail(PatternWeight.TooMuch("rule"));
            }

            if (!seen.Add(rule.Name))
            {
                item.Fail($"There are two rules “{rule.Name}”.");
            }

            if (rule.Automation is not null)
            {
                automations.Add((item, rule));
            }

            var old = rules.FindIndex(known => known.Name == rule.Name);
            if (old >= 0)
            {
                rules[old] = rule;
            }
            else
            {
                rules.Insert(place++, rule);
            }
        }

        foreach (var (item, rule) in automations)
        {
            AutomationReader.Check(item["automation"], rule.Automation!, rules);
        }

        if (rules.Count == 0)
        {
            node.Fail("A policy without rules would send everything to a person; write at least one.");
        }

        return rules;
    }

    private static FrozenDictionary<string, IReadOnlyList<PolicyReason>> Reasons(PolicyNode node, GatePolicy? under)
    {
        node.Only(PolicyReason.Decisions);
        return PolicyReason.Decisions.ToFrozenDictionary(decision => decision, decision => Codes(node[decision], under?.Reasons(decision)), StringComparer.Ordinal);
    }

    private static IReadOnlyList<PolicyReason> Codes(PolicyNode node, IReadOnlyList<PolicyReason>? under)
    {
        if (!node.Exists && under is not null)
        {
            return under;
        }

        var codes = node.Required().Map().Select(entry => new PolicyReason(entry.Key, entry.Value.Text() ?? "")).ToList();
        if (node.Exists && codes.Count is 0 or > 9)
        {
            node.Fail("Must have one to nine codes; more cannot be picked by one key.");
        }

        return codes;
    }

    private static void Replace<T>(List<T> list, T item, Predicate<T> same, bool atEnd)
    {
        var index = list.FindIndex(same);
        if (index >= 0)
        {
            list[index] = item;
        }
        else
        {
            list.Insert(atEnd ? list.Count : 0, item);
        }
    }

    private static string DigestOf(string text, GatePolicy? under) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(under is null ? text : $"{under.Digest}\n{text}")));

    private static GatePolicy ReadDefault()
    {
        using var stream = typeof(PolicyReader).Assembly.GetManifestResourceStream("default-policy.yaml")
            ?? throw new InvalidOperationException("The default policy is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var reading = Read(reader.ReadToEnd());
        return reading.Policy ?? throw new InvalidDataException("The default policy: " + string.Join("; ", reading.Errors));
    }
}
