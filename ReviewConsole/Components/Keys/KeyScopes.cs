using System.Globalization;

namespace ReviewConsole.Components.Keys;

/// <summary>The catalogue of keys (SCREENS.md §0): what a scope binds, what the help lists.</summary>
public static class KeyScopes
{
    public static readonly KeyScopeMap Everywhere = new("everywhere", Modal: false,
    [
        new(KeyCommand.Help, ["?", "F1"]),
        new(KeyCommand.Palette, ["Ctrl+k"], Local: true),
        new(KeyCommand.Search, ["/"]),
        new(KeyCommand.GoQueue, ["g q"]),
        new(KeyCommand.GoEscalations, ["g e"]),
        new(KeyCommand.GoHistory, ["g h"]),
        new(KeyCommand.GoPolicies, ["g p"]),
    ], Anywhere: true);

    public static readonly KeyScopeMap Held = new("held", Modal: false, [new(KeyCommand.Recall, ["z"])], Anywhere: true);

    public static readonly KeyScopeMap Queue = new("queue", Modal: false,
    [
        new(KeyCommand.RowNext, ["j", "ArrowDown"], Local: true),
        new(KeyCommand.RowPrevious, ["k", "ArrowUp"], Local: true),
        new(KeyCommand.Open, ["Enter"]),
        new(KeyCommand.ClaimNext, ["Shift+n"]),
        new(KeyCommand.ClaimToggle, ["c"]),
        new(KeyCommand.Filter, ["f"]),
        new(KeyCommand.Load, ["r"]),
        new(KeyCommand.Close, ["Escape"]),
    ]);

    public static readonly KeyScopeMap Escalations = new("escalations", Modal: false,
    [
        new(KeyCommand.RowNext, ["j", "ArrowDown"], Local: true),
        new(KeyCommand.RowPrevious, ["k", "ArrowUp"], Local: true),
        new(KeyCommand.Open, ["Enter"]),
        new(KeyCommand.Assign, ["a"]),
        new(KeyCommand.StopLine, ["!"]),
        new(KeyCommand.Load, ["r"]),
        new(KeyCommand.Close, ["Escape"]),
    ]);

    public static readonly KeyScopeMap History = new("history", Modal: false,
    [
        new(KeyCommand.RowNext, ["j", "ArrowDown"], Local: true),
        new(KeyCommand.RowPrevious, ["k", "ArrowUp"], Local: true),
        new(KeyCommand.Open, ["Enter"]),
    ]);

    public static readonly KeyScopeMap Workspace = new("workspace", Modal: false,
    [
        new(KeyCommand.Approve, ["1"]),
        new(KeyCommand.Correct, ["2"]),
        new(KeyCommand.Reject, ["3"]),
        new(KeyCommand.Escalate, ["4"]),
        new(KeyCommand.Return, ["5"]),
        new(KeyCommand.Edit, ["e", "F2"]),
        new(KeyCommand.DiffMode, ["d"], Local: true),
        new(KeyCommand.NextChange, ["n", "F7"], Local: true),
        new(KeyCommand.PreviousChange, ["p", "Shift+F7"], Local: true),
        new(KeyCommand.NextItem, ["j"]),
        new(KeyCommand.PreviousItem, ["k"]),
        new(KeyCommand.ClaimNext, ["Shift+n"]),
        new(KeyCommand.NextEvidence, ["]", "F8"]),
        new(KeyCommand.PreviousEvidence, ["[", "Shift+F8"]),
        new(KeyCommand.FieldOrBox, ["b"]),
        new(KeyCommand.NextField, [".", "F9"]),
        new(KeyCommand.PreviousField, [",", "Shift+F9"]),
        new(KeyCommand.ZoomIn, ["+"]),
        new(KeyCommand.ZoomOut, ["-"]),
        new(KeyCommand.Fit, ["0"]),
        new(KeyCommand.Turn, ["r"]),
        new(KeyCommand.Note, ["m"]),
        new(KeyCommand.Extend, ["l"]),
        new(KeyCommand.Skip, ["u"]),
        new(KeyCommand.Reasoning, ["w"]),
    ]);

    /// <summary>The decision sheet: digits are reasons, so the five decisions lose theirs.</summary>
    public static readonly KeyScopeMap Sheet = new("sheet", Modal: false,
    [
        .. Enumerable.Range(0, 9).Select(digit => new KeyBinding(KeyCommand.Choice1 + digit, [(digit + 1).ToString(CultureInfo.InvariantCulture)])),
        new(KeyCommand.Commit, ["Ctrl+Enter"], Live: true),
        new(KeyCommand.Close, ["Escape"]),
    ], Writing: true, Alone: true);

    /// <summary>Somebody writes to colleagues.</summary>
    public static readonly KeyScopeMap Note = new("note", Modal: false,
    [
        new(KeyCommand.Write, ["Ctrl+Enter"], Live: true),
        new(KeyCommand.Close, ["Escape"]),
    ], Writing: true, Alone: true);

    /// <summary>Somebody passes a review on: digits are the reasons.</summary>
    public static readonly KeyScopeMap Skip = new("skip", Modal: false,
    [
        .. Enum.GetValues<Core.Reviews.SkipReason>().Select(static (_, i) => new KeyBinding(KeyCommand.Choice1 + i, [(i + 1).ToString(CultureInfo.InvariantCulture)])),
        new(KeyCommand.Close, ["Escape"]),
    ], Alone: true);

    /// <summary>Somebody writes a policy.</summary>
    public static readonly KeyScopeMap Policy = new("policy", Modal: false,
    [
        new(KeyCommand.Save, ["Ctrl+Enter"], Live: true),
        new(KeyCommand.RowNext, ["j", "ArrowDown"], Local: true),
        new(KeyCommand.RowPrevious, ["k", "ArrowUp"], Local: true),
        new(KeyCommand.Open, ["Enter"]),
    ], Writing: true);

    /// <summary>How a policy differs from the one in force.</summary>
    public static readonly KeyScopeMap PolicyChanges = new("policy-changes", Modal: false,
    [
        new(KeyCommand.DiffMode, ["d"], Local: true),
        new(KeyCommand.NextChange, ["n", "F7"], Local: true),
        new(KeyCommand.PreviousChange, ["p", "Shift+F7"], Local: true),
    ]);

    /// <summary>In the order of the help.</summary>
    public static readonly KeyScopeMap[] All = [Everywhere, Held, Queue, Workspace, Sheet, Note, Skip, Escalations, History, Policy, PolicyChanges];
}
