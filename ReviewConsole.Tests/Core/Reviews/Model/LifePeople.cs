using System.Collections.Frozen;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.Tests.Core.Reviews.Model;

/// <summary>The people of a random life, by number.</summary>
internal static class LifePeople
{
    public const int Initiator = 2;

    public const int Supervisor = 3;

    /// <summary>May read and nothing else.</summary>
    public const int Onlooker = 4;

    public static readonly PersonActor[] All =
    [
        Person("p0", "jonas", Role.Reviewer), Person("p1", "mia", Role.Reviewer), Person("p2", "ana", Role.Reviewer), Person("p3", "ruth", Role.Supervisor),
        Person("p4", "cora", Role.Compliance),
    ];

    public static int Count => All.Length;

    private static PersonActor Person(string id, string name, Role role) => new(
        id, name, $"{name}@example.org", name, new[] { role }.ToFrozenSet(), role.Grants(), $"session-{id}");
}

/// <summary>The amounts that a proposal or a correction may have. Two of them say something to the gate.</summary>
internal static class LifeAmounts
{
    public const int FourEyes = 3;

    public const int Blocked = 4;

    public static readonly string[] Text = ["100.00", "900.00", "1250.00", "20000.00", "66666.00"];

    public static int Count => Text.Length;
}
