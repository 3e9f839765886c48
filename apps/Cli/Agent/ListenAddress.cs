using System.CommandLine.Parsing;
using System.Net;

namespace SmartClients.Cli.Agent;

/// <summary>Where a server listens: HOST:PORT with an IP address, <c>localhost</c> or <c>*</c> for every interface.</summary>
internal static class ListenAddress
{
    public static IPEndPoint? Parse(ArgumentResult result)
    {
        var text = result.Tokens is [{ Value: var value }] ? value : "";
        if (TryParse(text, out var endpoint)) return endpoint;
        result.AddError($"--listen '{text}' is not an address to listen on: write 127.0.0.1:9900, [::1]:9900 or *:9900");
        return null;
    }

    public static bool TryParse(string text, out IPEndPoint? endpoint)
    {
        endpoint = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port)) return false;
        var host = text[..colon];
        IPAddress? address = host switch { "localhost" => IPAddress.Loopback, "*" => IPAddress.IPv6Any, _ => null };
        // An IPv6 address needs its brackets: without them its last part would pass for the port.
        if (address is null && (host.Contains(':') != host.StartsWith('[') || !IPAddress.TryParse(host, out address))) return false;
        endpoint = new IPEndPoint(address, port);
        return true;
    }
}
