using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ReviewConsole.Rendering;

namespace ReviewConsole.Components.Shared;

/// <summary>
/// Words of a source in one line: isolated from the text around them, hidden characters drawn as chips. Use it wherever a title,
/// a name or an id of somebody else is shown.
/// </summary>
public sealed class SafeText : ComponentBase
{
    [Parameter, EditorRequired] public string? Value { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "bdi");
        builder.AddAttribute(1, "data-text", "source");
        builder.AddContent(2, HiddenText.Markup(Value).Html);
        builder.CloseElement();
    }
}
