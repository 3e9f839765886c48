using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.AspNetCore;

/// <summary>What a server registers itself as: an address that others can reach it by.</summary>
internal static class AdvertisedAddress
{
    /// <summary>The endpoint that the options and the server's own addresses give.</summary>
    /// <param name="options">What the program says.</param>
    /// <param name="listening">What the server listens on: <c>http://127.0.0.1:5000</c>.</param>
    /// <exception cref="InvalidOperationException">They give none that anybody could connect to.</exception>
    /// <exception cref="FormatException">The option cannot be read.</exception>
    /// <exception cref="ArgumentException">The weight is out of range.</exception>
    public static Endpoint Find(RegistrationOptions options, IEnumerable<string> listening)
    {
        var own = listening.Select(BindingAddress.Parse).FirstOrDefault(address => !address.IsUnixPipe && !address.IsNamedPipe && address.Port > 0);
        var endpoint = options.Address is { } given ? Endpoint.Parse(given, own?.Port) : Listening(own);
        if (IPAddress.TryParse(endpoint.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            throw new InvalidOperationException(
                $"{endpoint} is every address of this machine, and tells nobody how to reach it: set RegistrationOptions.Address to what clients reach this server by.");
        return endpoint with
        {
            Weight = options.Weight,
            Zone = options.Zone,
            Authority = options.Authority,
            Metadata = options.Metadata.ToFrozenDictionary(),
        };
    }

    static Endpoint Listening(BindingAddress? own)
    {
        if (own is null)
            throw new InvalidOperationException("The server says of no port that it listens on it: set RegistrationOptions.Address to what clients reach it by.");
        // A host that is no address and no name that resolves stands for every interface.
        return new Endpoint(own.Host is "*" or "+" ? "0.0.0.0" : own.Host.Trim('[', ']'), own.Port);
    }
}
