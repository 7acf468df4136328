namespace ReviewConsole.Components.Policies;

/// <summary>A point of the frontier as it is drawn and read out.</summary>
/// <param name="Name">From which value of the signal on.</param>
/// <param name="Words">All its figures in one sentence.</param>
/// <param name="Share">What proceeds, 0 to 1.</param>
/// <param name="Wrong">Errors to expect among that, with the ends of their interval; null where nobody can know.</param>
public sealed record FrontierMark(string Name, string Words, double Share, double? Wrong, double Low, double High);
