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
        services.AddSingleton(provider => ReadDatabaseOf(provider, data));
        services.AddSingleton(provider => new BlobFolder(data.Blobs, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<LedgerOptions>();
            return LedgerSigner.OpenOrCreate(options.KeyFileIn(data), options.Origin ?? KnownOrigin(data));
        });
        services.AddSingleton(provider => new AnchorFile(provider.GetRequiredService<LedgerOptions>().AnchorFileIn(data)));
        services.AddSingleton(provider =>
        {
            var signer = provider.GetRequiredService<LedgerSigner>();
            data.MakeDatabaseFile();
            return Writer.Open(
                data.Database, signer, provider.GetRequiredService<Changes>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Writer>>());
        });
        return services;
    }

    /// <summary>Made after the Writer, because services are disposed in the opposite order and readers must close before it.</summary>
    private static ReadDatabase ReadDatabaseOf(IServiceProvider provider, DataFolder data)
    {
        _ = provider.GetRequiredService<Writer>();
        return new ReadDatabase(data.Database);
    }

    /// <summary>The name that the log has had so far, which another key does not change.</summary>
    public static string? KnownOrigin(DataFolder data)
    {
        if (!data.HasDatabase)
        {
            return null;
        }

        try
        {
            using var database = new ReadDatabase(data.Database);
            using var connection = database.Open();
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
