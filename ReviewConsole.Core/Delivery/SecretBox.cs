namespace ReviewConsole.Core.Delivery;

/// <summary>Keeps small secrets unreadable at rest. The host fills it with its data protection; Core knows nothing of where the keys lie.</summary>
internal sealed record SecretBox(Func<byte[], byte[]> Protect, Func<byte[], byte[]> Unprotect);
