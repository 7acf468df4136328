using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Tests.Support;

internal static class PeopleStoreExtensions
{
    /// <summary>Signs somebody in who has no skill.</summary>
    public static Task<(Person Person, PersonSession Session)?> SignInAsync(
        this PeopleStore people, string subject, string email, string name, IReadOnlyCollection<Role> roles, TimeSpan length, CancellationToken cancellation) =>
        people.SignInAsync(subject, email, name, roles, new HashSet<string>(), length, cancellation);
}
