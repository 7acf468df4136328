using System.Text;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>Valid bodies, and ways to damage them: bits, cuts, repeats, foreign values in place of right ones.</summary>
internal static class DamagedBodies
{
    private static readonly string[] s_tokens =
    [
        "null", "true", "[]", "{}", "\"\"", "-0", "1e400", "9007199254740993", "\"\\ud800\"", "\"\\udc00x\"", "[[[[[[[[[[", "]]]", "}", "{\"a\":1,\"a\":2}", "\u0000", "\"x-\"", ",", ":",
        "1.5", "\"\\u0000\"", "\uFEFF", "//", "NaN", "\"9999-99-99T99:99:99Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"-99999999999999999.99999999\"",
    ];

    public static byte[][] Whole() =>
        [.. RealBodies.Airline.Take(5).Concat(RealBodies.Receipts.Take(3)).Append(SampleBody.Full).Append(SampleBody.Minimal).Select(Encoding.UTF8.GetBytes)];

    public static byte[] Damage(byte[] body, Random random)
    {
        if (random.Next(2) == 0)
        {
            return Encoding.UTF8.GetBytes(ReplaceValue(Encoding.UTF8.GetString(body), random));
        }

        var bytes = body.ToList();
        for (var edits = random.Next(1, 4); edits > 0 && bytes.Count > 1; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_tokens[random.Next(s_tokens.Length)]));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 50), bytes.Count - at)));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    // Keeps the JSON well formed most of the time: the value after some colon becomes another one.
    private static string ReplaceValue(string body, Random random)
    {
        var at = body.IndexOf("\":", random.Next(body.Length), StringComparison.Ordinal) + 2;
        if (at < 2 || at >= body.Length)
        {
            return body;
        }

        var end = at;
        var depth = 0;
        var text = false;
        for (; end < body.Length; end++)
        {
            var c = body[end];
            text ^= c == '"' && body[end - 1] != '\\';
            depth += text ? 0 : c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            if (!text && (depth < 0 || (depth == 0 && c == ',')))
            {
                break;
            }
        }

        return body[..at] + s_tokens[random.Next(s_tokens.Length)] + body[end..];
    }
}
