using Microsoft.EntityFrameworkCore;

namespace ReviewConsole.Core.Store;

/// <summary>The read side's view of the tables: never tracked, never written. A test compares it with the schema.</summary>
internal sealed class ReadContext(DbContextOptions<ReadContext> options) : DbContext(options)
{
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    public DbSet<MentionRow> Mentions => Set<MentionRow>();

    public DbSet<SkippedRow> Skipped => Set<SkippedRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ReviewRow>().ToTable("review").HasKey(static row => row.Id);
        modelBuilder.Entity<MentionRow>().ToTable("mention").HasKey(static row => new { row.Person, row.Review });
        modelBuilder.Entity<SkippedRow>().ToTable("skipped").HasKey(static row => new { row.Person, row.Review });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(static entity => entity.GetProperties()))
        {
            property.SetColumnName(Snake(property.Name));
        }
    }

    private static string Snake(string name) =>
        string.Concat(name.Select(static (c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>Somebody is spoken to in a note of an open review.</summary>
internal sealed class MentionRow
{
    public required string Person { get; init; }

    public required string Review { get; init; }

    /// <summary>1 when their opinion was asked, else 0.</summary>
    public required int Asks { get; init; }
}

/// <summary>Somebody has passed a revision on.</summary>
internal sealed class SkippedRow
{
    public required string Person { get; init; }

    public required string Review { get; init; }

    public required int Revision { get; init; }
}

/// <summary>One row of the table <c>review</c>, without the state: what lists read.</summary>
internal sealed class ReviewRow
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required int Revision { get; init; }

    public required string Status { get; init; }

    /// <summary>1 or 0. A number, so that a query says <c>open = 1</c> as the partial indexes do; a bare <c>open</c> would not use them.</summary>
    public required int Open { get; init; }

    public required int Approvals { get; init; }

    public required int Risk { get; init; }

    public required string Queue { get; init; }

    public required long SubmittedAt { get; init; }

    public required long DueAt { get; init; }

    public required long ExpiresAt { get; init; }

    public string? ClaimBy { get; init; }

    public required long ClaimUntil { get; init; }

    public string? AssignedTo { get; init; }

    public required long ReleasesAt { get; init; }

    public long? EscalatedAt { get; init; }

    public string? Decision { get; init; }

    public long? DecidedAt { get; init; }

    public string? Execution { get; init; }

    /// <summary>JSON of who has said what they think; null where nobody is asked.</summary>
    public string? Judged { get; init; }

    /// <summary>JSON of what it asks of whoever works on it; null for nothing.</summary>
    public string? Skills { get; init; }

    public required long ChangedSeq { get; init; }

    public required string System { get; init; }

    public string? Version { get; init; }

    public string? ExternalId { get; init; }

    public string? CaseId { get; init; }

    public required string Kind { get; init; }

    public required string Action { get; init; }

    public required string Headline { get; init; }

    public string? Title { get; init; }

    public string? Subject { get; init; }

    public string? Amount { get; init; }

    public string? Currency { get; init; }

    public double? Confidence { get; init; }

    public required string Checks { get; init; }
}
