using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>
/// People and their sessions. The directory is replaced before a call returns, so that a change counts from that moment; a command in flight asks again
/// inside its own transaction (<see cref="Current"/>).
/// </summary>
internal sealed class PeopleStore(Writer writer, ReadDatabase database, PeopleDirectory directory)
{
    private const string Columns = "SELECT number, subject, email, name, roles, active, skills FROM person";
    private readonly Lock _refresh = new();

    /// <summary>
    /// Signs somebody in whom an identity provider (or the development page) vouches for: adds or updates the person, and starts a session. Null when the
    /// person was deactivated here.
    /// </summary>
    public async Task<(Person Person, PersonSession Session)?> SignInAsync(
        string subject, string email, string name, IReadOnlyCollection<Role> roles, IReadOnlySet<string> skills, TimeSpan length, CancellationToken cancellation)
    {
        var signedIn = await writer.RunAsync<(Person, PersonSession)?>(
            scope =>
            {
                var person = Ensure(scope, subject, email, name, roles.ToFrozenSet(), skills.ToFrozenSet(StringComparer.Ordinal));
                return person.Active ? (person, Start(scope, person, length)) : null;
            },
            cancellation).ConfigureAwait(false);
        Refresh();
        return signedIn;
    }

    /// <summary>Ends one session; a session that is not there is no fault.</summary>
    public async Task SignOutAsync(string session, CancellationToken cancellation)
    {
        await writer.RunAsync(
            scope =>
            {
                scope.Touch(ChangeSignal.People);
                return scope.Prepare("DELETE FROM person_session WHERE id = $id").With("$id", session).ExecuteNonQuery();
            },
            cancellation).ConfigureAwait(false);
        Refresh();
    }

    /// <summary>
    /// The person as they may act inside this write: roles, activity and session as the transaction sees them. Null when the session has ended or the
    /// person was deactivated since the request came in.
    /// </summary>
    public static PersonActor? Current(WriteScope scope, PersonActor claimed)
    {
        if (Active(scope, claimed.Id) is not { } person)
        {
            return null;
        }

        var live = claimed.Session is { } session && scope.Prepare("SELECT 1 FROM person_session WHERE id = $id AND person = $number AND expires > $now")
            .With("$id", session).With("$number", person.Number).With("$now", scope.Now).ExecuteScalar() is not null;
        return live ? person.Actor(claimed.Session) : null;
    }

    /// <summary>The person as this write finds them, signed in or not; null for one that was deactivated.</summary>
    public static Person? Active(WriteScope scope, string id) =>
        One(scope.Prepare(Columns + " WHERE number = $number").With("$number", long.Parse(id.AsSpan(1), CultureInfo.InvariantCulture))) is { Active: true } person ? person : null;

    /// <summary>Brings the directory to what is on disk; at start, and after each change. One at a time, so that an older reading never wins.</summary>
    public void Refresh()
    {
        lock (_refresh)
        {
            using var connection = database.Open();
            directory.Replace(People(connection), Sessions(connection));
        }
    }

    private static Person Ensure(WriteScope scope, string subject, string email, string name, FrozenSet<Role> roles, FrozenSet<string> skills)
    {
        var known = One(scope.Prepare(Columns + " WHERE subject = $subject").With("$subject", subject));
        if (known is not null && known.Roles.SetEquals(roles) && known.Skills.SetEquals(skills) && string.Equals(known.Email, email, StringComparison.Ordinal) && string.Equals(known.Name, name, StringComparison.Ordinal))
        {
            return known;
        }

        var number = (long)scope.Prepare(
            """
            INSERT INTO person (subject, email, name, roles, skills, active) VALUES ($subject, $email, $name, $roles, $skills, 1)
            ON CONFLICT (subject) DO UPDATE SET email = excluded.email, name = excluded.name, roles = excluded.roles, skills = excluded.skills
            RETURNING number
            """)
            .With("$subject", subject).With("$email", email).With("$name", name).With("$roles", Json(roles)).With("$skills", JsonSerializer.Serialize(skills.Order(StringComparer.Ordinal))).ExecuteScalar()!;
        var person = new Person(number, subject, email, name, roles, known?.Active ?? true) { Skills = skills };
        var data = new JsonObject { ["person"] = person.Id, ["roles"] = new JsonArray([.. Names(roles).Select(role => JsonValue.Create(role))]), ["active"] = person.Active };
        if (skills.Count > 0)
        {
            data["skills"] = new JsonArray([.. skills.Order(StringComparer.Ordinal).Select(skill => JsonValue.Create(skill))]);
        }

        var identity = new JsonObject { ["subject"] = subject, ["email"] = email, ["name"] = name };
        scope.Append(new EntryDraft(
            known is null ? "personAdded" : "personChanged", null, null, Actor.System.Id, "screen", null, data, [new SealedPart("person", CanonicalJson.Of(identity))]));
        scope.Touch(ChangeSignal.People);
        return person;
    }

    private static PersonSession Start(WriteScope scope, Person person, TimeSpan length)
    {
        scope.Prepare("DELETE FROM person_session WHERE expires <= $now").With("$now", scope.Now).ExecuteNonQuery();
        var id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(scope.Now)).ToString("D", CultureInfo.InvariantCulture);
        var session = new PersonSession(id, person.Id, scope.Now, scope.Now + (long)length.TotalMilliseconds);
        scope.Prepare("INSERT INTO person_session (id, person, started, expires) VALUES ($id, $person, $started, $expires)")
            .With("$id", id).With("$person", person.Number).With("$started", session.Started).With("$expires", session.Expires).ExecuteNonQuery();
        scope.Touch(ChangeSignal.People);
        return session;
    }

    private static List<Person> People(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Columns;
        using var rows = command.ExecuteReader();
        var people = new List<Person>();
        while (rows.Read())
        {
            people.Add(Row(rows));
        }

        return people;
    }

    private static List<PersonSession> Sessions(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, person, started, expires FROM person_session";
        using var rows = command.ExecuteReader();
        var sessions = new List<PersonSession>();
        while (rows.Read())
        {
            sessions.Add(new PersonSession(rows.GetString(0), Person.IdOf(rows.GetInt64(1)), rows.GetInt64(2), rows.GetInt64(3)));
        }

        return sessions;
    }

    private static Person? One(SqliteCommand command)
    {
        using var rows = command.ExecuteReader();
        return rows.Read() ? Row(rows) : null;
    }

    private static Person Row(SqliteDataReader rows) => new(
        rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3),
        JsonSerializer.Deserialize<string[]>(rows.GetString(4))!.Select(name => Enum.Parse<Role>(name, ignoreCase: true)).ToFrozenSet(), rows.GetBoolean(5))
    {
        Skills = JsonSerializer.Deserialize<string[]>(rows.GetString(6))!.ToFrozenSet(StringComparer.Ordinal),
    };

    private static IEnumerable<string> Names(IEnumerable<Role> roles) => roles.Order().Select(role => role.Name());

    private static string Json(IEnumerable<Role> roles) => JsonSerializer.Serialize(Names(roles));
}
