using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

internal static class StoreServices
{
    /// <summary>The Writer and the ways to read. All are made at their first use, which <see cref="Composition.OpenCoreAsync"/> is.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, DataFolder data)
    {
        services.AddCheckedOptions<LedgerOptions>();
        services.AddSingleton<Changes>();
        services.AddSingleton(new ReadDatabase(data.Database));
        services.AddSingleton(provider => new BlobFolder(data.Blobs, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<LedgerOptions>();
            return LedgerSigner.OpenOrCreate(options.KeyFileIn(data), options.Origin ?? KnownOrigin(data));
        });
        services.AddSingleton(provider => Writer.Open(
            data.Database, provider.GetRequiredService<LedgerSigner>(), provider.GetRequiredService<Changes>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>The name that the log has had so far, which another key does not change.</summary>
    private static string? KnownOrigin(DataFolder data)
    {
        if (!data.HasDatabase)
        {
            return null;
        }

        try
        {
            using var connection = new ReadDatabase(data.Database).Open();
            using var reader = new LedgerReader(connection);
            return reader.Newest()?.Origin;
        }
        catch (SqliteException)
        {
            // No ledger in it, or no database at all: opening it for writing says which, in words.
            return null;
        }
    }
}
