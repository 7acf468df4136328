using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Escalations;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Escalations;

/// <summary>The dialog that stops or limits a line, without a browser.</summary>
public sealed class LineDialogTests : IDisposable
{
    private readonly ConsoleTestContext _context = new();

    public void Dispose() => _context.Dispose();

    [Fact]
    public void A_kind_that_a_source_made_up_shows_what_it_hides_and_a_known_one_is_the_consoles_own_word()
    {
        var dialog = Render(static (_, _) => false);

        var options = dialog.FindAll("option[value='refund'], option[value^='re\u202E']");
        Assert.Equal(["Refund", "re⟨U+202E⟩dnuf"], options.Select(static option => option.TextContent));
        Assert.Equal([null, "source"], options.Select(static option => option.GetAttribute("data-text")));
        var shared = _context.Services.GetRequiredService<IStringLocalizer<SharedWords>>();
        Assert.Equal(("b⟨U+202E⟩ot", "re⟨U+202E⟩dnuf"), (LineNames.System("b\u202Eot"), LineNames.Kind(shared, "re\u202Ednuf")));
    }

    [Fact]
    public void A_milder_mode_for_a_line_that_is_stopped_says_that_the_stop_goes_on()
    {
        var dialog = Render(static (system, kind) => system == "bot" && kind is null);
        dialog.Find($"input[value={LineMode.TwoPerson}]").Change(true);
        Assert.Empty(dialog.FindAll("p[role=status]"));

        dialog.FindAll("select")[0].Change("bot");
        Assert.Contains("stays so", dialog.Find("p[role=status]").TextContent, StringComparison.Ordinal);
        dialog.Find($"input[value={LineMode.Stopped}]").Change(true);
        Assert.Empty(dialog.FindAll("p[role=status]"));
    }

    private IRenderedComponent<LineDialog> Render(Func<string?, string?, bool> isStopped) => _context.Render<LineDialog>(p => p
        .Add(d => d.Systems, ["bot"]).Add(d => d.Kinds, ["refund", "re\u202Ednuf"]).Add(d => d.IsStopped, isStopped).Add(d => d.Write, static _ => Task.FromResult<string?>(null)));
}
