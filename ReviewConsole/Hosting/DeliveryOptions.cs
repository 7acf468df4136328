using System.Net;

namespace ReviewConsole.Hosting;

/// <summary>Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions : ICheckedOptions
{
    public static string Section => "Delivery";

    /// <summary>
    /// Networks beyond the public internet that webhooks may reach, such as <c>10.20.0.0/16</c>. Link-local addresses and the clouds' metadata services stay closed whatever
    /// stands here.
    /// </summary>
    public IList<string> AllowedNetworks { get; init; } = [];

    public IEnumerable<string> Faults() => AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _))
        .Select(network => $"Delivery:AllowedNetworks has '{network}', which is not a network such as 10.20.0.0/16");
}
