using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using ReviewConsole.Client;

namespace ReviewConsole.Demo;

/// <summary>The bytes that cases refer to: drawn documents (build/demo-pictures) and small text files. Uploaded by the sources before they submit.</summary>
internal static class DemoPictures
{
    private static readonly FrozenDictionary<string, byte[]> s_byName = Load();
    private static readonly FrozenDictionary<string, string> s_nameBySha = s_byName.ToFrozenDictionary(static p => Sha(p.Value), static p => p.Key, StringComparer.Ordinal);

    /// <summary>The blob of a picture, as the console will know it.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public static Blob Blob(string name) => new(Sha(s_byName[name]), s_byName[name].Length);

    /// <summary>The bytes behind a blob that a case refers to.</summary>
    public static (byte[] Bytes, string MediaType) Bytes(string sha256)
    {
        var name = s_nameBySha[sha256];
        return (s_byName[name], MediaType(name));
    }

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string MediaType(string name) => Path.GetExtension(name) switch
    {
        ".png" => "image/png",
        ".pdf" => "application/pdf",
        _ => "text/csv",
    };

    private static FrozenDictionary<string, byte[]> Load()
    {
        const string Prefix = "demo/";
        var assembly = typeof(DemoPictures).Assembly;
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["registry-extract.csv"] = Encoding.UTF8.GetBytes("entry,date,former_name,present_name,registrar\n2026-0418,2026-09-19,Nils Aaberg,Nils Aaberg-Quist,Multnomah County\n"),
        };
        foreach (var resource in assembly.GetManifestResourceNames().Where(static n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            all[resource[Prefix.Length..]] = copy.ToArray();
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
