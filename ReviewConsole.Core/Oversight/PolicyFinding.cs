namespace ReviewConsole.Core.Oversight;

/// <summary>Something about a policy that reads well and does harm, or nothing.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="Rule">The rule that it is about; null for the policy as a whole.</param>
/// <param name="Detail">What is the matter and what to do.</param>
/// <param name="RefusesPublishing">True for what must not be published.</param>
internal sealed record PolicyFinding(string Code, string? Rule, string Detail, bool RefusesPublishing = false)
{
    public override string ToString() => Rule is null ? $"{Code}: {Detail}" : $"{Code}, rule “{Rule}”: {Detail}";
}

internal static class FindingCodes
{
    public const string NoAudit = "no-audit-sample";
    public const string Contradictory = "contradictory";
    public const string Unreachable = "unreachable";
    public const string Shadowed = "shadowed";
    public const string KindWithoutRule = "kind-without-rule";
}
