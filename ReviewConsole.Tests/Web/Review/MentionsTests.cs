using System.Collections.Frozen;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.Tests.Web.Review;

public sealed class MentionsTests
{
    private static readonly Person[] s_people = [Of(1, "Priya Nair", "priya"), Of(2, "Ann", "ann.o"), Of(3, "Anna Berg", "reviewer2")];

    [Theory]
    [InlineData("Is this hers, @Priya Nair?", "Priya Nair")]
    [InlineData("@priya @REVIEWER2: look", "Priya Nair|Anna Berg")]
    [InlineData("@Ann", "Ann")]
    [InlineData("@Annabel and ann@priya.example", "")]
    [InlineData("write to mia@ann", "")]
    [InlineData("@nobody", "")]
    public void A_note_speaks_to_whom_it_names(string note, string names) =>
        Assert.Equal(names, string.Join('|', Mentions.In(note, s_people).Select(static person => person.Name)));

    [Theory]
    [InlineData("What about @", "Priya Nair|Ann|Anna Berg")]
    [InlineData("@an", "Ann|Anna Berg")]
    [InlineData("@rev", "Anna Berg")]
    [InlineData("@Priya Nair", "")]
    [InlineData("mia@an", "")]
    [InlineData("no one", "")]
    public void The_name_that_is_begun_is_offered_whole(string note, string names) =>
        Assert.Equal(names, string.Join('|', Mentions.Suggested(note, s_people).People.Select(static person => person.Name)));

    private static Person Of(long number, string name, string handle) => new(number, handle, handle + "@example.org", name, new[] { Role.Reviewer }.ToFrozenSet(), true);
}
