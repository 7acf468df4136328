using System.Security.Cryptography;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// One part that can be erased without touching the tree: UTF-8 for text, RFC 8785 for JSON. Its salt is drawn and its commitment computed where the part is made: for
/// a submit on the request's thread, before the Writer.
/// </summary>
internal sealed class SealedPart
{
    private const int SaltBytes = 32;

    /// <param name="name">Its name in the entry's <c>sealed</c> object, such as <c>rationale</c>.</param>
    /// <param name="bytes">The bytes that the commitment covers, after the salt.</param>
    public SealedPart(string name, byte[] bytes)
    {
        (Name, Bytes) = (name, bytes);
        Salt = RandomNumberGenerator.GetBytes(SaltBytes);
        Commitment = Ledger.Commitment.Of(Salt, bytes);
    }

    public string Name { get; }

    public byte[] Bytes { get; }

    public byte[] Salt { get; }

    /// <summary>As the entry holds it.</summary>
    public string Commitment { get; }
}
