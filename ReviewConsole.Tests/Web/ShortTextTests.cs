using ReviewConsole.Components.Shared;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web;

/// <summary>What is kept of a long text is whole characters: one half of a pair would be shown as something that a source hides.</summary>
public sealed class ShortTextTests
{
    [Theory]
    [InlineData("four", "four")]
    [InlineData("fives", "five…")]
    [InlineData("thr😀s", "thr…")]
    [InlineData("😀😀", "😀😀")]
    [InlineData("😀😀😀", "😀😀…")]
    public void No_pair_is_torn(string text, string kept)
    {
        Assert.Equal(kept, ShortText.Of(text, 4));
        Assert.Equal(0, HiddenText.Count(ShortText.Of(text, 4)));
    }
}
