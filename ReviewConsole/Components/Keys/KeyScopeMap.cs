using System.Text.Json;

namespace ReviewConsole.Components.Keys;

/// <summary>
/// The keys of one part of the console. <paramref name="Modal"/> hides the scopes below while it is on the stack; <paramref name="Anywhere"/> outlives the page;
/// in a <paramref name="Writing"/> one somebody writes: no other key is held for later while it is declared.
/// While one is <paramref name="Alone"/> a single character runs no command of another scope: it was meant as text.
/// </summary>
public sealed record KeyScopeMap(string Name, bool Modal, KeyBinding[] Bindings, bool Anywhere = false, bool Writing = false, bool Alone = false)
{
    /// <summary>The bindings as the browser reads them.</summary>
    internal string Declaration { get; } = JsonSerializer.Serialize(
        Bindings.Select(binding => new { command = binding.Command.ToString(), keys = binding.Keys, local = binding.Local, live = binding.Live }));
}
