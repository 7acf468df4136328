using AngleSharp.Dom;
using Bunit;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// Finds visible text that did not come through a localizer, in markup rendered with <c>new ConsoleTestContext(pseudo: true)</c>. Data is excepted where the
/// markup says so (<c>data-text="source"</c>), and so are key caps, code points without letters, and the product's name.
/// </summary>
internal static class Pseudo
{
    private static readonly string[] s_attributes = ["aria-label", "title", "placeholder", "alt", "aria-description"];

    /// <param name="data">Texts that the test itself gave as data.</param>
    public static void AssertLocalized(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> component, params string[] data) =>
        AssertLocalized(component.Nodes, data);

    public static void AssertLocalized(INodeList nodes, params string[] data)
    {
        var bare = nodes.SelectMany(Texts).Where(text => IsBare(text, data)).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(bare.Count == 0, "Visible text that came through no localizer: " + string.Join(" | ", bare));
    }

    private static IEnumerable<string> Texts(INode node)
    {
        if (node is IText text)
        {
            yield return text.Data;
            yield break;
        }

        if (node is not IElement element || element.LocalName is "script" or "style" or "kbd" or "code"
            || string.Equals(element.GetAttribute("data-text"), "source", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var name in s_attributes)
        {
            if (element.GetAttribute(name) is { } value)
            {
                yield return value;
            }
        }

        foreach (var inner in element.ChildNodes.SelectMany(Texts))
        {
            yield return inner;
        }
    }

    private static bool IsBare(string text, string[] data)
    {
        var depth = 0;
        var outside = new System.Text.StringBuilder();
        foreach (var character in text)
        {
            depth += character switch { '⟦' => 1, '⟧' => -1, _ => 0 };
            if (depth == 0 && character != '⟧')
            {
                outside.Append(character);
            }
        }

        var rest = data.Append("ReviewConsole").Aggregate(outside.ToString(), (left, known) => known.Length == 0 ? left : left.Replace(known, "", StringComparison.Ordinal));
        return rest.Any(char.IsLetter);
    }
}
