namespace ReviewConsole.Hosting;

/// <summary>Development or not, for the server and for a verb alike: nobody having said anything, the published program is Production.</summary>
internal static class EnvironmentName
{
    public static string Settle(string? said, bool demo) => said
        ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? (demo ? Environments.Development : Environments.Production);
}
