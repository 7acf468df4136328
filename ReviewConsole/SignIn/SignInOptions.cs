using System.Collections.Frozen;
using ReviewConsole.Core.Identity;
using ReviewConsole.Hosting;

namespace ReviewConsole.SignIn;

/// <summary>Section <c>SignIn</c>.</summary>
internal sealed class SignInOptions : ICheckedOptions
{
    public static string Section => "SignIn";

    /// <summary>By skill, who has it: e-mail addresses, or what the identity provider calls people. Like a role it counts from the next sign-in.</summary>
    public IDictionary<string, string[]> Skills { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Compares as <c>initiator.id</c> is compared: ignoring case.</summary>
    public FrozenSet<string> SkillsOf(string subject, string email) =>
        Skills.Where(skill => skill.Value.Any(who => Is(who, subject) || Is(who, email))).Select(static skill => skill.Key).ToFrozenSet(StringComparer.Ordinal);

    public IEnumerable<string> Faults()
    {
        foreach (var (skill, people) in Skills)
        {
            if (!Skill.IsOne(skill))
            {
                yield return $"SignIn:Skills has '{skill}', which is no skill: a lower-case letter, then letters, digits and hyphens, at most {Skill.MostLetters}";
            }

            if (people.Length == 0 || people.Any(string.IsNullOrWhiteSpace))
            {
                yield return $"SignIn:Skills:{skill} must list e-mail addresses or subjects of people";
            }
        }
    }

    private static bool Is(string who, string person) => string.Equals(who, person, StringComparison.OrdinalIgnoreCase);
}
