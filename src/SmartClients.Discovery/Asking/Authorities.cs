using System.Globalization;

namespace SmartClients.Discovery.Asking;

/// <summary>What replicas are called that were found by a name: as a client would call them that knew nothing but that name.</summary>
internal static class Authorities
{
    /// <summary>The port is part of it, unless it is the one that http or https have by themselves.</summary>
    public static string Of(string host, int port) =>
        port is 80 or 443 ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
