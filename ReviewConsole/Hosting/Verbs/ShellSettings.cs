using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>The settings that a reading verb needs, from the same places as the server's: appsettings.json beside the program, environment variables.</summary>
internal static class ShellSettings
{
    public static LedgerOptions Ledger()
    {
        var configuration = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
        return configuration.GetSection(LedgerOptions.Section).Get<LedgerOptions>() ?? new LedgerOptions();
    }

    /// <summary>The public half of the folder's ledger key; null when there is no key yet. Never makes one.</summary>
    /// <exception cref="StartRefusedException">The key file cannot be read.</exception>
    public static VerifierKey? VerifierKeyOf(DataFolder data)
    {
        var options = Ledger();
        var file = options.KeyFileIn(data);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var signer = LedgerSigner.OpenOrCreate(file, options.Origin ?? StoreServices.KnownOrigin(data));
            return signer.Key;
        }
        catch (Exception fault) when (fault is LedgerKeyException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(fault.Message);
        }
    }

    /// <summary>Heads that were written to the folder's anchor file.</summary>
    public static IReadOnlyList<Checkpoint> AnchorsOf(DataFolder data)
    {
        try
        {
            return new AnchorFile(Ledger().AnchorFileIn(data)).Read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(fault.Message);
        }
    }
}
