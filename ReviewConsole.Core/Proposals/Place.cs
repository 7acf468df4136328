using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReviewConsole.Core.Proposals;

/// <summary>A place in a body, kept as a chain so that its text is made only for an error.</summary>
internal sealed class Place
{
    public static readonly Place Root = new(null, null, 0);

    // RFC 3986 §3.5: what a fragment carries as it is. "~" and "/" are handled before (RFC 6901 §3).
    private static readonly SearchValues<byte> s_fragment =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?"u8);

    private readonly Place? _parent;
    private readonly string? _name;
    private readonly int _index;

    private Place(Place? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    public Place At(string name) => new(this, name, 0);

    public Place At(int index) => new(this, null, index);

    /// <summary>The JSON pointer as a URI fragment (RFC 6901 §6): <c>#/signals/0/value</c>; the body itself is <c>#</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        if (_parent is null)
        {
            text.Append('#');
            return;
        }

        _parent.Append(text);
        text.Append('/');
        if (_name is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{_index}");
            return;
        }

        var escaped = _name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        foreach (var b in Encoding.UTF8.GetBytes(escaped))
        {
            if (s_fragment.Contains(b))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }
    }
}
