using System.Buffers;
using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Api;

/// <summary>Members that several calls of people have.</summary>
internal static class Members
{
    private static readonly SearchValues<char> s_idCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

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

    /// <summary>The caller's operation id. It stands in the ledger's entries in the open, so that it has the alphabet of an id and not that of a sentence.</summary>
    public static string? Operation(MemberReader member, JsonProperty m)
    {
        if (member.Word(m, Place.Root, ProposalLimits.Default.Ids) is not { } id)
        {
            return null;
        }

        if (!id.AsSpan().ContainsAnyExcept(s_idCharacters))
        {
            return id;
        }

        member.Errors.Invalid(Place.Root.At(m.Name), "Must be an id of letters A to Z and a to z, digits and the characters . _ : - alone, such as a UUID.");
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
