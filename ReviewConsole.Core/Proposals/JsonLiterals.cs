using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>JSON values that stand for something missing or empty.</summary>
internal static class JsonLiterals
{
    public static readonly JsonElement Null = JsonElement.Parse("null"u8);
    public static readonly JsonElement True = JsonElement.Parse("true"u8);
    public static readonly JsonElement False = JsonElement.Parse("false"u8);
    public static readonly JsonElement EmptyText = JsonElement.Parse("\"\""u8);
    public static readonly JsonElement EmptyArray = JsonElement.Parse("[]"u8);
    public static readonly JsonElement EmptyObject = JsonElement.Parse("{}"u8);
}
