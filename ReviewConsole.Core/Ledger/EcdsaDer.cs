namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The one DER form of an ECDSA P-256 signature that the ledger writes and takes: <c>SEQUENCE { INTEGER r, INTEGER s }</c>, shortest lengths,
/// 0 &lt; r &lt; n, 0 &lt; s ≤ n/2. ECDSA signatures are malleable (n − s verifies as well); with low s there is one text for one signature.
/// </summary>
internal static class EcdsaDer
{
    /// <summary>Bytes of r and of s.</summary>
    public const int Half = 32;

    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];

    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8,
    ];

    /// <summary>DER of r ‖ s, with s made low.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> fixedField)
    {
        var s = fixedField[Half..].ToArray();
        if (s.AsSpan().SequenceCompareTo(HalfOrder) > 0)
        {
            Negate(s);
        }

        Span<byte> body = stackalloc byte[2 * (Half + 3)];
        var length = Integer(fixedField[..Half], body);
        length += Integer(s, body[length..]);
        return [0x30, (byte)length, .. body[..length]];
    }

    /// <summary>r ‖ s of a signature in exactly this form, otherwise false.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> der, Span<byte> fixedField)
    {
        fixedField.Clear();
        if (der.Length < 2 || der[0] != 0x30 || der[1] != der.Length - 2)
        {
            return false;
        }

        var rest = der[2..];
        if (!Take(ref rest, fixedField[..Half]) || !Take(ref rest, fixedField[Half..]) || !rest.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> r = fixedField[..Half], s = fixedField[Half..];
        return r.ContainsAnyExcept((byte)0) && s.ContainsAnyExcept((byte)0)
            && r.SequenceCompareTo(Order) < 0 && s.SequenceCompareTo(HalfOrder) <= 0
            && Encode(fixedField).AsSpan().SequenceEqual(der);
    }

    // s := n − s
    private static void Negate(Span<byte> s)
    {
        var borrow = 0;
        for (var i = Half - 1; i >= 0; i--)
        {
            var digit = Order[i] - s[i] - borrow;
            borrow = digit < 0 ? 1 : 0;
            s[i] = (byte)digit;
        }
    }

    private static int Integer(ReadOnlySpan<byte> value, Span<byte> to)
    {
        value = value.TrimStart((byte)0);
        var sign = value.IsEmpty || value[0] >= 0x80 ? 1 : 0;
        to[0] = 0x02;
        to[1] = (byte)(sign + value.Length);
        to[2] = 0;
        value.CopyTo(to[(2 + sign)..]);
        return 2 + sign + value.Length;
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, Span<byte> to)
    {
        if (rest.Length < 2 || rest[0] != 0x02 || rest[1] > rest.Length - 2)
        {
            return false;
        }

        var value = rest.Slice(2, rest[1]).TrimStart((byte)0);
        rest = rest[(2 + rest[1])..];
        if (value.Length > Half)
        {
            return false;
        }

        value.CopyTo(to[(Half - value.Length)..]);
        return true;
    }
}
