using Microsoft.AspNetCore.DataProtection;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

internal static class DeliveryServices
{
    private const string SecretPurpose = "ReviewConsole.WebhookSecrets";

    /// <summary>Endpoints and the outbox. Their secrets are protected with the folder's own keys, so a stolen database alone signs nothing.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DataFolder data)
    {
        services.AddCheckedOptions<DeliveryOptions>();
        services.AddDataProtection().SetApplicationName("ReviewConsole").PersistKeysToFileSystem(new DirectoryInfo(data.DataProtectionKeys));
        services.AddSingleton(static provider =>
        {
            var protector = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector(SecretPurpose);
            return new SecretBox(protector.Protect, protector.Unprotect);
        });
        services.AddSingleton(static provider => AddressRules.Create(provider.GetRequiredService<DeliveryOptions>().AllowedNetworks, IsDevelopment(provider)));
        services.AddSingleton<EndpointDirectory>();
        services.AddSingleton<EndpointStore>();
        services.AddSingleton<OutboxStore>();
        return services;
    }

    /// <summary>What sends: for the server alone, since a verb beside it must not send too.</summary>
    public static IServiceCollection AddDeliveryWorker(this IServiceCollection services)
    {
        services.AddSingleton<AddressGuard>();
        services.AddSingleton(static provider => new WebhookSender(
            provider.GetRequiredService<AddressGuard>().CreateClient(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<QuestionData>();
        services.AddSingleton<OutboxData>(static provider =>
        {
            var (reviews, questions) = (provider.GetRequiredService<ReviewReader>(), provider.GetRequiredService<QuestionData>());
            return row => row.Type == WebhookType.Returned ? questions.Of(row) : reviews.Outcome(row.Entry);
        });
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }

    // A verb that found no server has no place; then the shell's own environment says it, as it would for the server.
    private static bool IsDevelopment(IServiceProvider provider) => provider.GetService<HostPlace>() is { } place
        ? place.IsDevelopment
        : string.Equals(
            Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
            Environments.Development,
            StringComparison.OrdinalIgnoreCase);
}
