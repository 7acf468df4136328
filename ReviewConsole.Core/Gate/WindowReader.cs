namespace ReviewConsole.Core.Gate;

/// <summary>
/// Windows of a policy file, read by conditions as <c>windows/refunds-today.count</c> and <c>windows/refunds-today.amount</c>:
/// <code>
/// windows:
///   refunds-today: { over: subject, kind: refund, period: 24 h }      # over: subject, recipient, source or action; kind and action may be left out
/// </code>
/// </summary>
internal static class WindowReader
{
    private const int MaxWindows = 20;
    private static readonly Dictionary<string, WindowOver> s_overs =
        Enum.GetValues<WindowOver>().ToDictionary(over => over.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static IReadOnlyList<PolicyWindow> Read(PolicyNode node, IReadOnlyList<PolicyWindow>? under)
    {
        var windows = new List<PolicyWindow>(under ?? []);
        foreach (var (name, item) in node.Map())
        {
            item.Only("over", "kind", "action", "period");
            var minutes = item["period"].Required().Minutes();
            if (minutes > PolicyWindow.MaxMinutes)
            {
                item["period"].Fail("Must be at most 30 d.");
            }

            windows.RemoveAll(old => old.Name == name);
            windows.Add(new PolicyWindow(name, item["over"].Required().Choice(s_overs) ?? default, item["kind"].Text(), item["action"].Text(), minutes ?? 1));
        }

        if (windows.Count > MaxWindows)
        {
            node.Fail($"Has more than {MaxWindows} windows; make fewer of them.");
        }

        return windows;
    }

    /// <summary>Windows that a condition looks at.</summary>
    public static IEnumerable<string> Names(Condition condition) => condition switch
    {
        AllCondition all => all.Parts.SelectMany(Names),
        AnyCondition any => any.Parts.SelectMany(Names),
        NotCondition not => Names(not.Part),
        FieldCondition { Field.Window: { } window } => [window],
        ChangedCondition { Field.Window: { } window } => [window],
        _ => [],
    };

    /// <summary>
    /// The first that is asked for its opposite, null for none. What has no part in a window has no value there: the opposite of a comparison would hold for it, and so would “missing”.
    /// </summary>
    public static string? Turned(Condition condition) => condition switch
    {
        AllCondition all => all.Parts.Select(Turned).FirstOrDefault(static turned => turned is not null),
        AnyCondition any => any.Parts.Select(Turned).FirstOrDefault(static turned => turned is not null),
        NotCondition not => Names(not.Part).FirstOrDefault() is { } window ? $"windows/{window}" : null,
        FieldCondition { Field: { Window: not null } field, Comparison.Op: "missing" } => field.Name,
        _ => null,
    };
}
