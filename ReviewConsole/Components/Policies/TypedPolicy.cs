using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>What somebody types, read as a policy: once for each text, and beside the thread that draws the page. One at the limit takes a while.</summary>
internal sealed class TypedPolicy
{
    private string? _text;

    /// <summary>The policy, or null where the text is none, or nobody typed one.</summary>
    public Task<GatePolicy?> Reading { get; private set; } = Task.FromResult<GatePolicy?>(null);

    /// <param name="text">Null where nothing is typed.</param>
    public Task<GatePolicy?> ReadAsync(string? text)
    {
        if (text != _text)
        {
            _text = text;
            Reading = text is null ? Task.FromResult<GatePolicy?>(null) : Task.Run(() => PolicyReader.Read(text).Policy);
        }

        return Reading;
    }
}
