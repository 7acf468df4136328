namespace ReviewConsole.Components.Keys;

/// <summary>The keys of one part of the console. <paramref name="Modal"/> hides the scopes below while it is on the stack.</summary>
public sealed record KeyScopeMap(string Name, bool Modal, KeyBinding[] Bindings);
