using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>Saves what a shell has read from a file as a draft of the person it names.</summary>
internal sealed class PolicyImportHandler(PolicyDesk policies, PeopleDirectory people) : IVerbHandler
{
    public string Verb => "policy import";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var by = command.Text("by")!;
        if (people.All().Where(person => person.Subject == by || string.Equals(person.Email, by, StringComparison.OrdinalIgnoreCase)).ToArray() is not [var author])
        {
            output.Error($"'{by}' is the e-mail or subject of nobody here, or of several: name one person, who has signed in before.");
            return 1;
        }

        var result = await policies.ImportAsync(author, command.Text("text")!, cancellation).ConfigureAwait(false);
        switch (result.Refusal)
        {
            case null when result.Value is { } imported:
                output.Line(FormattableString.Invariant($"{imported.Policy.Name} {imported.Policy.Version}, {imported.Policy.Digest}: {Word(imported)} {imported.Policy.Id}"));
                return 0;
            case Refusal.NotPermitted:
                output.Error($"'{by}' may not draft policies, or is no longer active: name somebody with the role author.");
                return 1;
            case Refusal.PolicyMalformed malformed:
                output.Error($"It is no policy for this server: {malformed.Errors.Count} errors, first {malformed.Errors[0]}");
                return PolicyFileReader.Invalid;
            case Refusal.Invalid invalid:
                output.Error(invalid.Detail);
                return 1;
            default:
                throw new InvalidOperationException($"An import does not end in {result.Refusal?.GetType().Name}.");
        }
    }

    private static string Word(ImportedPolicy imported) => imported switch
    {
        { IsNew: true } => "draft",
        { Policy.State: PolicyState.Published } => "in force already,",
        _ => "there already, draft",
    };
}
