using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What the ledger is told of policies.</summary>
internal static class PolicyEntries
{
    /// <summary>Names of what is sealed, beside a reason.</summary>
    public const string Text = "text", Base = "base";

    /// <param name="via">By which door, where it was not the screen.</param>
    public static void Drafted(WriteScope scope, PersonActor person, StoredPolicy policy, string? via)
    {
        var data = Identity(policy);
        data["authors"] = new JsonArray([.. policy.Authors]);
        Append(scope, "policyDrafted", person, data, Texts(policy), via);
    }

    public static void Shadowed(WriteScope scope, PersonActor person, StoredPolicy policy) =>
        Append(scope, "policyShadowed", person, new JsonObject { ["policy"] = policy.Id, ["digest"] = policy.Digest }, []);

    public static void Discarded(WriteScope scope, PersonActor person, StoredPolicy policy) =>
        Append(scope, "policyDiscarded", person, new JsonObject { ["policy"] = policy.Id }, []);

    /// <summary>Answers the act that puts it into force.</summary>
    /// <param name="isNew">Its text is sealed here; else an earlier entry has it.</param>
    public static PolicyAct Loaded(WriteScope scope, StoredPolicy policy, PolicyActKind kind, bool isNew)
    {
        var data = Identity(policy);
        data["from"] = PolicyAct.Word(kind);
        var seq = Append(scope, "policyLoaded", Actor.System, data, isNew ? Texts(policy) : []);
        return new PolicyAct(seq, kind, Actor.System.Id, scope.Now, scope.Now, policy.Number);
    }

    /// <inheritdoc cref="Loaded"/>
    public static PolicyAct PutIntoForce(WriteScope scope, PersonActor person, StoredPolicy policy, PolicyActKind kind, long effective, string reason)
    {
        var data = Identity(policy);
        data["effective"] = effective;
        var seq = Append(
            scope, kind == PolicyActKind.Published ? "policyPublished" : "policyRolledBack", person, data, [new SealedPart(SealedNames.Reason, Encoding.UTF8.GetBytes(reason))]);
        return new PolicyAct(seq, kind, person.Id, scope.Now, effective, policy.Number);
    }

    private static JsonObject Identity(StoredPolicy policy) =>
        new() { ["policy"] = policy.Id, ["name"] = policy.Name, ["version"] = policy.Version, ["digest"] = policy.Digest };

    private static SealedPart[] Texts(StoredPolicy policy) =>
    [
        new(Text, Encoding.UTF8.GetBytes(policy.Text)),
        .. policy.Base is { } text ? [new SealedPart(Base, Encoding.UTF8.GetBytes(text))] : Array.Empty<SealedPart>(),
    ];

    private static long Append(WriteScope scope, string type, Actor by, JsonObject data, IReadOnlyList<SealedPart> parts, string? via = null)
    {
        scope.Touch(ChangeSignal.Policies);
        return scope.Append(new EntryDraft(type, null, null, by.Id, via, null, data, parts));
    }
}
