using System.Globalization;

namespace ReviewConsole.Core.Gate;

/// <summary>What is wrong in a policy file. <paramref name="Line"/> and <paramref name="Column"/> are 1-based, <paramref name="Path"/> like <c>rules[3].then.risk</c>.</summary>
public sealed record PolicyError(int Line, int Column, string Path, string Detail)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}, {Path}: {Detail}");
}

/// <summary>Either a policy or all that is wrong with its file.</summary>
internal sealed record PolicyReading(GatePolicy? Policy, IReadOnlyList<PolicyError> Errors);
