using System.Collections.Frozen;

namespace ReviewConsole.Core.Identity;

/// <summary>Who gives a command. <see cref="Id"/> is the pseudonym that enters the ledger.</summary>
internal abstract record Actor(string Id)
{
    /// <summary>The console itself: time passing, start-up, the command line.</summary>
    public static readonly Actor System = new SystemActor();
}

internal sealed record SystemActor() : Actor("console");

/// <summary>A calling AI system, known by its key. Ids look like <c>k3</c>; <paramref name="Owner"/> is the pseudonym of whose key it is, like <c>o2</c>.</summary>
internal sealed record SourceActor(string Id, string Owner, FrozenSet<string> Systems, FrozenSet<string> Scopes) : Actor(Id);

/// <summary>A person as the session and the people table know them at this moment. Ids look like <c>p7</c>.</summary>
internal sealed record PersonActor(
    string Id, string Subject, string Email, string Name, FrozenSet<Role> Roles, FrozenSet<Permission> Permissions, string? Session) : Actor(Id)
{
    public FrozenSet<string> Skills { get; init; } = FrozenSet<string>.Empty;

    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>The most specific role, as outcomes name it.</summary>
    public string RoleName => Roles.Count == 0 ? "none" : Roles.Max().Name();
}
