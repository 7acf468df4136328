using ReviewConsole.Components.Keys;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What goes on between colleagues: notes, opinions, and passing a review on. Never beside an open decision sheet.</summary>
public sealed partial class ReviewPage
{
    private enum Aside
    {
        None,
        Note,
        Skip,
    }

    private Aside _aside;
    private NoteSheet? _note;
    private bool _writing;
    private bool _attentive;

    private bool AnySheetIsOpen => SheetIsOpen || JudgementIsOpen || _aside != Aside.None;

    private async Task OpenNoteAsync()
    {
        if (_work is not { } work || SheetIsOpen || JudgementIsOpen)
        {
            return;
        }
        if (!work.State.IsOpen || work.Me?.May(Permission.ReviewsClaim) != true)
        {
            _problem = T[work.State.IsOpen ? "Refusal.NotPermitted" : "Note.Closed"];
            Announcer.Say(_problem);
            return;
        }
        await ShowAsync(Aside.Note, "note");
    }

    private Task OpenSkipAsync() => _work?.Standing == Standing.Mine ? ShowAsync(Aside.Skip, "skip-sheet") : NextAsync();

    private async Task ShowAsync(Aside aside, string focus)
    {
        (_aside, _problem) = (aside, null);
        StateHasChanged();
        await Task.Yield();
        await ScriptAsync(FocusScript, focus);
    }

    private async Task CloseAsideAsync()
    {
        await (_note?.FlushAsync() ?? Task.CompletedTask);
        (_aside, _problem) = (Aside.None, null);
        await SaveAsync();
    }

    private async Task ObeyNoteAsync(KeyCommand command) => await (command == KeyCommand.Write ? WriteNoteAsync() : CloseAsideAsync());

    private Task ObeySkipAsync(KeyCommand command) => KeyBinding.Choice(command) is var digit and > 0 ? SkipAsync(digit) : CloseAsideAsync();

    private Task WriteNoteAsync() => SayAsync(async () =>
    {
        if (_writing || _work is not { } work || await Person.FindAsync() is not { } me)
        {
            return;
        }
        _writing = true;
        try
        {
            await (_note?.FlushAsync() ?? Task.CompletedTask);
            if (work.Form.Note.Trim().Length == 0)
            {
                _problem = T["Note.WriteSomething"];
                await ScriptAsync(FocusScript, "note");
                return;
            }
            var told = Mentions.In(work.Form.Note, work.Colleagues);
            var written = await Notes.WriteAsync(me, Id, work.Form.Note.Trim(), [.. told.Select(static person => person.Id)], work.Form.NoteAsks && told.Count > 0, _gone.Token);
            Explain(written.Refusal);
            if (written.Refusal is not null)
            {
                return;
            }
            (work.Form.Note, work.Form.NoteAsks, _aside) = ("", false, Aside.None);
            await SaveAsync();
            Reread(me);
            Announcer.Say(T["Say.Noted"]);
        }
        finally
        {
            _writing = false;
        }
    });

    // Gives the claim back and takes the next one.
    private Task SkipAsync(int digit) => SayAsync(async () =>
    {
        if (await Person.FindAsync() is not { } me)
        {
            return;
        }
        if (_work is not { Standing: Standing.Mine, State.Claim: { } claim })
        {
            // It has ended while the reasons stood there: there is nothing to give back.
            await NextAsync();
            return;
        }
        await SaveAsync();
        var skipped = await Desk.SkipAsync(me, Id, claim.Token, (SkipReason)(digit - 1), _gone.Token);
        Explain(skipped.Refusal);
        if (skipped.Refusal is null)
        {
            _aside = Aside.None;
            await NextAsync();
        }
    });

    // What a colleague writes while the review is open is said.
    private void SayNewNote(ReviewDetail detail)
    {
        if (_work is { } work && detail.Timeline.Skip(work.Detail.Timeline.Count).LastOrDefault(static entry => entry.Event is Noted) is { } note && note.By != work.Me?.Id)
        {
            Announcer.Say(T["Say.NoteOf", work.NameOf(note.By)]);
        }
    }

    private async Task AttendAsync(bool attentive)
    {
        _attentive = attentive;
        if (attentive && !_gone.IsCancellationRequested)
        {
            await HearAsync(await Person.FindAsync());
        }
    }

    // A page in the background follows too, but nobody has heard what only it was told.
    private Task HearAsync(PersonActor? me) => me is null || !_attentive ? Task.CompletedTask : Notes.LookedAsync(me, Id, _gone.Token);
}
