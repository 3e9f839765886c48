using System.Globalization;
using SmartClients.Naming;

namespace SmartClients.Terminals.Ssh;

/// <summary>Where ssh really goes for a machine, by the user's configuration.</summary>
/// <param name="Host">The name or address.</param>
/// <param name="Port">The port.</param>
/// <param name="Direct">Nothing is in between: it can be connected to from here.</param>
internal sealed record SshTarget(string Host, int Port, bool Direct)
{
    /// <summary>Reads what <c>ssh -G</c> says.</summary>
    public static SshTarget Read(Endpoint endpoint, string configuration)
    {
        var (host, port, direct) = (endpoint.Host, endpoint.Port, true);
        foreach (var line in configuration.Split('\n'))
        {
            var (name, value) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? (line[..at], line[(at + 1)..].Trim()) : (line, "");
            if (name == "hostname" && value.Length > 0) host = value;
            else if (name == "port" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) port = number;
            else if (name is "proxycommand" or "proxyjump" && value is not ("" or "none")) direct = false;
        }
        return new SshTarget(host, port, direct);
    }
}
