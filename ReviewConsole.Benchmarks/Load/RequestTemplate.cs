using System.Globalization;
using System.Text;

namespace ReviewConsole.Benchmarks.Load;

/// <summary>A POST of fixed length in which a 12-digit number, different in each request, stands wherever the text had <c>############</c>.</summary>
internal sealed class RequestTemplate
{
    private const string Mark = "############";
    private readonly byte[] _bytes;
    private readonly int[] _places;

    public RequestTemplate(string path, string authority, string body, string? key)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        _bytes = Encoding.UTF8.GetBytes(head + (key is null ? "" : $"Authorization: Bearer {key}\r\n") + "\r\n" + body);
        var places = new List<int>();
        var mark = Encoding.ASCII.GetBytes(Mark);
        for (var at = 0; _bytes.AsSpan(at).IndexOf(mark) is var next and >= 0; at += next + Mark.Length)
        {
            places.Add(at + next);
        }

        _places = [.. places];
    }

    /// <summary>A copy to be numbered again and again by one connection.</summary>
    public byte[] Copy() => [.. _bytes];

    public void Number(byte[] copy, long number)
    {
        Span<byte> digits = stackalloc byte[Mark.Length];
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (number % 10));
            number /= 10;
        }

        foreach (var place in _places)
        {
            digits.CopyTo(copy.AsSpan(place));
        }
    }
}
