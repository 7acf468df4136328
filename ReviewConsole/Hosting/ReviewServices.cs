using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

internal static partial class ReviewServices
{
    /// <summary>The gate with its policy, the desks that change reviews and the readers that show them.</summary>
    public static IServiceCollection AddReviews(this IServiceCollection services, DataFolder data)
    {
        services.AddCheckedOptions<PolicyOptions>();
        services.AddPooledDbContextFactory<ReadContext>(
            (provider, options) => options.UseSqlite(provider.GetRequiredService<ReadDatabase>().ConnectionString));
        services.AddSingleton<LineBoard>();
        services.AddSingleton<PolicyBoard>();
        services.AddSingleton<ContentReader>();
        services.AddSingleton<ReviewRunner>();
        services.AddSingleton(provider => new Gatekeeper(
            provider.GetRequiredService<PolicyBoard>(), SampleSecret(data), provider.GetRequiredService<LineBoard>(), provider.GetRequiredService<Calibration>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SourceDesk>();
        services.AddSingleton<Corrections>();
        services.AddSingleton<ReviewerDesk>();
        services.AddSingleton<NoteDesk>();
        services.AddSingleton<ClockDesk>();
        services.AddSingleton<LineDesk>();
        services.AddSingleton<PolicyDesk>();
        services.AddSingleton<KnownFindings>();
        services.AddSingleton<PolicyBench>();
        services.AddSingleton<DraftDesk>();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<LineReader>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<ReviewReader>();
        services.AddSingleton<ReplayReader>();
        services.AddSingleton<PrecedentReader>();
        services.AddSingleton<PastReviews>();
        services.AddSingleton<Calibration>();
        services.AddSingleton<CalibrationReader>();
        services.AddSingleton<PaymentReader>();
        services.AddSingleton<ShellReader>();
        services.AddSingleton<LedgerRebuild>();
        return services;
    }

    /// <summary>Settles which policy is in force, and reads the modes of lines, before anything is asked.</summary>
    /// <exception cref="StartRefusedException">The policy file cannot be read or is wrong.</exception>
    public static async Task OpenReviewsAsync(this IServiceProvider services, CancellationToken cancellation)
    {
        await services.GetRequiredService<PolicyDesk>().OpenAsync(Policy(services.GetRequiredService<PolicyOptions>()), cancellation).ConfigureAwait(false);
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(PolicyBoard));
        foreach (var policy in services.GetRequiredService<PolicyBoard>().Unread)
        {
            Unread(log, policy.Name, policy.Version, policy.Digest);
        }

        _ = services.GetRequiredService<Gatekeeper>();
        using var connection = services.GetRequiredService<ReadDatabase>().Open();
        services.GetRequiredService<LineBoard>().Load(connection);
    }

    [LoggerMessage(
        EventId = 5300, Level = LogLevel.Warning,
        Message = "The published policy {Name} {Version} ({Digest}) cannot be read by this program. What it judged can be looked at and not decided: start the program that published it, or have it sent again.")]
    private static partial void Unread(ILogger logger, string name, int version, string digest);

    private static GatePolicy? Policy(PolicyOptions options)
    {
        if (options.File is not { } file)
        {
            return null;
        }

        PolicyReading reading;
        try
        {
            using var stream = File.OpenRead(file);
            reading = PolicyReader.Read(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Policy:File cannot be read ({fault.Message.TrimEnd('.')}): name a file that is there, or leave it out for what was in force before.");
        }

        return reading.Policy
            ?? throw new StartRefusedException($"{file} is no policy: {string.Join("; ", reading.Errors.Select(static error => error.ToString()))}. Mend it, or leave Policy:File out for what was in force before.");
    }

    /// <summary>The key of the sample draw, made at the first start: nobody outside can compute which proposals are sampled.</summary>
    private static byte[] SampleSecret(DataFolder data)
    {
        var file = Path.Join(data.Keys, "sample.key");
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
            DataFolder.MakePrivateFile(file);
        }

        return File.ReadAllBytes(file);
    }
}

/// <summary>Section <c>Policy</c>.</summary>
internal sealed class PolicyOptions : ICheckedOptions
{
    public static string Section => "Policy";

    /// <summary>A policy file (YAML) that is in force while it is named here, and locks policies against changes by people; it may extend the default one.</summary>
    public string? File { get; init; }

    public IEnumerable<string> Faults() => [];
}
