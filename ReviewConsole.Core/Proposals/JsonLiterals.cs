using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>JSON values that stand for something missing.</summary>
internal static class JsonLiterals
{
    public static readonly JsonElement Null = JsonElement.Parse("null"u8);
    public static readonly JsonElement EmptyArray = JsonElement.Parse("[]"u8);
}
