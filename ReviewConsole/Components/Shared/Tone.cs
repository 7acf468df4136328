namespace ReviewConsole.Components.Shared;

/// <summary>What a message is about: whose turn it is, look before you go on, does not work or is stopped, verified.</summary>
public enum Tone
{
    Info,
    Look,
    Stop,
    Good,
}
