using System.Globalization;
using System.Text.Json;
using ReviewConsole.Client;

namespace ReviewConsole.Demo.Cases;

/// <summary>Short words for the parts that cases are written with.</summary>
internal static class Parts
{
    public static Check Pass(string id, string name, string? detail = null, params string[] evidence) => new(id, name, CheckResult.Pass, detail, Rests(evidence));

    public static Check Warn(string id, string name, string detail, params string[] evidence) => new(id, name, CheckResult.Warn, detail, Rests(evidence));

    public static Check Fail(string id, string name, string detail, params string[] evidence) => new(id, name, CheckResult.Fail, detail, Rests(evidence));

    public static Check NotRun(string id, string name, string detail) => new(id, name, CheckResult.NotRun, detail);

    /// <summary>A field with a text value, or none.</summary>
    public static Field Read(string name, string label, string type, string? value, double confidence, string evidence, params double[] box) => new(name, type)
    {
        Label = label,
        Value = value is null ? null : JsonSerializer.SerializeToElement(value),
        Confidence = confidence,
        Required = true,
        Evidence = evidence,
        Box = box.Length == 0 ? null : box,
    };

    /// <summary>A moment in the demonstration's autumn, UTC: <c>At("11-14 16:52")</c>.</summary>
    public static DateTimeOffset At(string monthDayTime)
        => DateTimeOffset.ParseExact($"2026-{monthDayTime}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Message Says(string from, string at, string text) => new(from, text, At(at));

    private static string[]? Rests(string[] evidence) => evidence.Length == 0 ? null : evidence;
}
