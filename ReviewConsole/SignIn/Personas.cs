using System.Collections.Frozen;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>Somebody to sign in as without a password, on a developer's own machine. All of them see every default queue.</summary>
/// <param name="Key">What the form posts, and the subject of the person that it makes.</param>
internal sealed record Persona(string Key, string Name, Role Role)
{
    public string Email => Key + "@example.org";

    /// <summary>Beside what the settings grant.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];
}

internal static class Personas
{
    public static readonly IReadOnlyList<Persona> All =
    [
        new("reviewer", "Jonas Weber", Role.Reviewer) { Skills = ["german"] },
        new("reviewer2", "Priya Nair", Role.Reviewer),
        new("senior", "Helene Koch", Role.Senior) { Skills = ["german"] },
        new("supervisor", "Ruth Adeyemi", Role.Supervisor),
        new("compliance", "Viktor Braun", Role.Compliance),
        new("author", "Lucía Ortega", Role.Author),
        new("publisher", "Tomasz Zieliński", Role.Publisher),
        new("admin", "Noor Haddad", Role.Admin),
    ];

    private static readonly FrozenDictionary<string, Persona> s_byKey = All.ToFrozenDictionary(persona => persona.Key, StringComparer.Ordinal);

    public static Persona? Find(string key) => s_byKey.GetValueOrDefault(key);
}
