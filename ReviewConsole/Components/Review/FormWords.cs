namespace ReviewConsole.Components.Review;

/// <summary>Words of the form that a schema makes.</summary>
internal sealed class FormWords;
