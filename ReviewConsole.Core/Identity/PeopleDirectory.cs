using System.Collections.Frozen;

namespace ReviewConsole.Core.Identity;

/// <summary>
/// People and their sessions in memory, replaced after each commit that touched them. A request or circuit asks it every time, so that taking a role away
/// or ending a session works at once; nothing about roles is in the cookie.
/// </summary>
internal sealed class PeopleDirectory
{
    private volatile Snapshot _now = new([], []);

    public void Replace(IEnumerable<Person> people, IEnumerable<PersonSession> sessions) => _now = new Snapshot(people, sessions);

    /// <summary>The person behind a session, as they may act at this moment; null when either has ended.</summary>
    public PersonActor? Find(string session, long now) =>
        _now.Sessions.TryGetValue(session, out var found) && now < found.Expires && _now.People.TryGetValue(found.Person, out var person) && person.Active
            ? person.Actor(session)
            : null;

    public Person? Person(string id) => _now.People.GetValueOrDefault(id);

    public Person? BySubject(string subject) => _now.People.Values.FirstOrDefault(person => string.Equals(person.Subject, subject, StringComparison.Ordinal));

    /// <summary>Everybody, also those who may no longer sign in, by name.</summary>
    public IReadOnlyList<Person> All() => [.. _now.People.Values.OrderBy(person => person.Name, StringComparer.Ordinal)];

    private sealed class Snapshot(IEnumerable<Person> people, IEnumerable<PersonSession> sessions)
    {
        public FrozenDictionary<string, Person> People { get; } = people.ToFrozenDictionary(person => person.Id, StringComparer.Ordinal);

        public FrozenDictionary<string, PersonSession> Sessions { get; } = sessions.ToFrozenDictionary(session => session.Id, StringComparer.Ordinal);
    }
}
