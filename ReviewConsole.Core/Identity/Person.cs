using System.Collections.Frozen;
using System.Globalization;

namespace ReviewConsole.Core.Identity;

/// <summary>Somebody who may sign in. <paramref name="Number"/> gives the pseudonym <c>p7</c> that enters the ledger; the rest stays out of it.</summary>
/// <param name="Subject">What the identity provider calls the person; unique.</param>
internal sealed record Person(long Number, string Subject, string Email, string Name, FrozenSet<Role> Roles, bool Active)
{
    public string Id => IdOf(Number);

    public FrozenSet<string> Skills { get; init; } = FrozenSet<string>.Empty;

    public FrozenSet<Permission> Permissions { get; } = Roles.SelectMany(role => role.Grants()).ToFrozenSet();

    public static string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");

    public PersonActor Actor(string? session) => new(Id, Subject, Email, Name, Roles, Permissions, session) { Skills = Skills };
}

/// <summary>One sign-in of a person. Times are Unix milliseconds; a session that was ended is not kept.</summary>
internal sealed record PersonSession(string Id, string Person, long Started, long Expires);
