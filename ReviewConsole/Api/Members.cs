using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Api;

/// <summary>Members that several calls of people have.</summary>
internal static class Members
{
    /// <summary>A token or id of ours; null and an error for what is none.</summary>
    public static Guid? Id(MemberReader member, JsonProperty m)
    {
        if (m.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (m.Value.ValueKind == JsonValueKind.String && Guid.TryParseExact(m.Value.GetString(), "D", out var id))
        {
            return id;
        }

        member.Errors.Invalid(Place.Root.At(m.Name), "Must be the token that the claim answered.");
        return null;
    }

    /// <summary><c>to: {person?, queue?}</c>.</summary>
    public static (string? Person, string? Queue) To(MemberReader member, JsonProperty m, bool withPerson)
    {
        var at = Place.Root.At(m.Name);
        string? person = null, queue = null;
        foreach (var part in member.Object(m.Value, at))
        {
            switch (part.Name)
            {
                case "person" when withPerson: person = member.Word(part, at, ProposalLimits.Default.Ids); break;
                case "queue": queue = member.Word(part, at, ProposalLimits.Default.Ids); break;
                default: member.Unknown(part, at, withPerson ? "person, queue" : "queue"); break;
            }
        }

        return (person, queue);
    }
}
