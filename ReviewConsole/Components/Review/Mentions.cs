using ReviewConsole.Core.Identity;

namespace ReviewConsole.Components.Review;

/// <summary>Who a note speaks to: <c>@</c> and a person's name, or the part of their e-mail address before its own <c>@</c>; upper and lower case are the same.</summary>
internal static class Mentions
{
    private const int MostSuggested = 5;

    public static IReadOnlyList<Person> In(string text, IReadOnlyList<Person> colleagues) =>
        [.. colleagues.Where(person => Speaks(text, person.Name) || Speaks(text, HandleOf(person)))];

    public static string HandleOf(Person person) => person.Email.Split('@')[0];

    /// <summary>Who the name that is being written at the end of the text may become, and where its <c>@</c> stands.</summary>
    public static (int At, IReadOnlyList<Person> People) Suggested(string text, IReadOnlyList<Person> colleagues)
    {
        var at = text.LastIndexOf('@');
        if (at < 0 || (at > 0 && !char.IsWhiteSpace(text[at - 1])) || In(text[at..], colleagues).Count > 0)
        {
            return (at, []);
        }

        var begun = text[(at + 1)..];
        return (at, [.. colleagues.Where(person => Begins(person.Name, begun) || Begins(HandleOf(person), begun)).Take(MostSuggested)]);
    }

    private static bool Begins(string name, string begun) => name.StartsWith(begun, StringComparison.OrdinalIgnoreCase);

    private static bool Speaks(string text, string name)
    {
        if (name.Length == 0)
        {
            return false;
        }

        for (var at = text.IndexOf("@" + name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("@" + name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + 1 + name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
