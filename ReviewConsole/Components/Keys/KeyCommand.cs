namespace ReviewConsole.Components.Keys;

/// <summary>What a key asks for. The browser sends the name, never the keystroke (wwwroot-assets/js/keys.js).</summary>
public enum KeyCommand
{
    Help,
    Palette,
    Search,
    GoQueue,
    GoEscalations,
    GoHistory,
    GoPolicies,
    Close,

    /// <summary>Done in the browser; the server hears <see cref="KeyScope.OnRow"/> 150 ms later.</summary>
    RowNext,

    /// <inheritdoc cref="RowNext"/>
    RowPrevious,

    Open,
    ClaimNext,
    ClaimToggle,
    Assign,
    StopLine,
    Filter,
    Load,

    Approve,
    Correct,
    Reject,
    Escalate,
    Return,
    Edit,
    DiffMode,
    NextChange,
    PreviousChange,
    NextItem,
    PreviousItem,
    NextEvidence,
    PreviousEvidence,
    FieldOrBox,
    NextField,
    PreviousField,
    ZoomIn,
    ZoomOut,
    Fit,
    Turn,
    Extend,
    Skip,
    Reasoning,
    Note,
    Recall,

    Choice1,
    Choice2,
    Choice3,
    Choice4,
    Choice5,
    Choice6,
    Choice7,
    Choice8,
    Choice9,
    Commit,
    Write,
    Save,
}
