using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// What runs: the action with the draft and fields it uses. As proposed or as corrected; a correction never changes the name.
/// Null <see cref="Fields"/> were not sent, empty ones were.
/// </summary>
internal sealed record EffectiveAction(string Name, JsonElement Arguments, Draft? Draft = null, IReadOnlyList<Field>? Fields = null);
