using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Gate;

internal enum GateValueKind
{
    /// <summary>There is none, and that is known.</summary>
    Missing,

    /// <summary>Nobody can say.</summary>
    Unknown,
    Flag,
    Number,
    Money,
    Text,
    List,
}

/// <summary>A value that a condition compares: a flag, a number, money in the policy's currency, a text or a list of them.</summary>
internal readonly record struct GateValue(GateValueKind Kind, decimal Number = 0, string? Text = null, IReadOnlyList<GateValue>? Items = null)
{
    public static readonly GateValue Missing = new(GateValueKind.Missing);
    public static readonly GateValue Unknown = new(GateValueKind.Unknown);

    public bool Flag => Number != 0;

    public static GateValue Of(bool flag) => new(GateValueKind.Flag, flag ? 1 : 0);

    public static GateValue Of(bool? flag) => flag is { } known ? Of(known) : Unknown;

    public static GateValue Of(decimal number) => new(GateValueKind.Number, number);

    public static GateValue Money(decimal number) => new(GateValueKind.Money, number);

    public static GateValue Of(string? text) => text is null ? Missing : new(GateValueKind.Text, 0, text);

    public static GateValue Of(IReadOnlyList<GateValue> items) => new(GateValueKind.List, 0, null, items);

    /// <summary>Writes the value as JSON: money as text with its decimals, missing and unknown as null.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case GateValueKind.Flag:
                writer.WriteBooleanValue(Flag);
                break;
            case GateValueKind.Number:
                writer.WriteNumberValue(Number);
                break;
            case GateValueKind.Money:
                writer.WriteStringValue(Number.ToString("0.00######", CultureInfo.InvariantCulture));
                break;
            case GateValueKind.Text:
                writer.WriteStringValue(Text);
                break;
            case GateValueKind.List:
                writer.WriteStartArray();
                foreach (var item in Items!)
                {
                    item.Write(writer);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
