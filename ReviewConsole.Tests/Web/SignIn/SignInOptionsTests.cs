using ReviewConsole.SignIn;

namespace ReviewConsole.Tests.Web.SignIn;

public sealed class SignInOptionsTests
{
    [Fact]
    public void A_skill_is_granted_by_mail_address_or_subject_whatever_the_case()
    {
        var options = new SignInOptions { Skills = new Dictionary<string, string[]> { ["german"] = ["Jonas@example.org", "00u7"], ["medical"] = ["00U7"] } };

        Assert.Empty(options.Faults());
        Assert.Equal(["german"], options.SkillsOf("jonas", "jonas@example.org"));
        Assert.Equal(["german", "medical"], options.SkillsOf("00u7", "mia@example.org").Order());
        Assert.Empty(options.SkillsOf("mia", "mia@example.org"));
    }

    [Theory]
    [InlineData("German", "jonas", "which is no skill")]
    [InlineData("", "jonas", "which is no skill")]
    [InlineData("sworn translator", "jonas", "which is no skill")]
    [InlineData("german", " ", "must list")]
    [InlineData("german", null, "must list")]
    public void A_skill_that_no_rule_could_ask_for_or_that_nobody_has_is_a_fault(string skill, string? who, string said) =>
        Assert.Contains(said, Assert.Single(new SignInOptions { Skills = new Dictionary<string, string[]> { [skill] = who is null ? [] : [who] } }.Faults()), StringComparison.Ordinal);
}
