using System.Collections.Frozen;
using System.Globalization;

namespace SmartClients.Naming;

/// <summary>
/// One replica's address and what is known of it beforehand. Immutable; two endpoints are the same replica when host and port are
/// the same, whatever else changes.
/// </summary>
public sealed record Endpoint
{
    const int MostPriority = 65535;

    /// <summary>An endpoint at a host and port.</summary>
    /// <param name="host">A host name or an IP address, without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    /// <exception cref="ArgumentException">The host is empty or holds a character no host has, or the port is out of range.</exception>
    public Endpoint(string host, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new ArgumentException($"'{host}' is not a host name or an IP address.", nameof(host));
        if (port is < 1 or > 65535)
            throw new ArgumentException($"Port {port.ToString(CultureInfo.InvariantCulture)} of '{host}' is out of range: 1 to 65535.", nameof(port));
        Host = host.ToLowerInvariant();
        Port = port;
        Address = Host.Contains(':') ? $"[{Host}]:{port}" : $"{Host}:{port}";
    }

    /// <summary>Host name (in lower case) or IP address, without brackets.</summary>
    public string Host { get; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; }

    /// <summary><c>host:port</c>, with brackets around an IPv6 address: the replica's identity.</summary>
    public string Address { get; }

    /// <summary>Where the replica stands; <see langword="null"/> when unknown.</summary>
    public string? Zone { get; init; }

    /// <summary>Capacity relative to the others.</summary>
    /// <value>Above 0; the default is 1.</value>
    public double Weight
    {
        get;
        init => field = value is > 0 and <= 1e6 ? value
            : throw new ArgumentException($"Weight {value.ToString(CultureInfo.InvariantCulture)} of {Address} is out of range: above 0, to 1,000,000.");
    } = 1;

    /// <summary>How much it is preferred, lower numbers first (as in RFC 2782): a replica takes requests only while none with a lower
    /// number does.</summary>
    /// <value>0 to 65535; the default is 0.</value>
    public int Priority
    {
        get;
        init => field = value is >= 0 and <= MostPriority ? value
            : throw new ArgumentException($"Priority {value.ToString(CultureInfo.InvariantCulture)} of {Address} is out of range: 0 to 65535.");
    }

    /// <summary>
    /// The name that the replica answers to, where it is not its address: the HTTP Host header and the TLS server name.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>Anything else that its source says of it.</summary>
    public FrozenDictionary<string, string> Metadata { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The same replica: host and port are equal.</summary>
    public bool Equals(Endpoint? other) => other is not null && Address == other.Address;

    /// <summary>The same replica, and the same said of it.</summary>
    internal bool IsAlike(Endpoint other) =>
        Address == other.Address && Zone == other.Zone && Weight == other.Weight && Priority == other.Priority && Authority == other.Authority
        && Metadata.Count == other.Metadata.Count && Metadata.All(item => other.Metadata.TryGetValue(item.Key, out var value) && value == item.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode(StringComparison.Ordinal);

    /// <summary>The address.</summary>
    public override string ToString() => Address;

    /// <summary>Reads <c>host:port</c>, <c>[ipv6]:port</c> or, where a default port is given, the host alone.</summary>
    /// <exception cref="FormatException">It is none of these; the message says what is wrong.</exception>
    public static Endpoint Parse(string text, int? defaultPort = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var (host, port) = Split(trimmed);
        if (host.Length == 0) throw new FormatException($"'{text}' is not an address: write host:port.");
        if (port is null && defaultPort is null) throw new FormatException($"'{text}' has no port: write host:port.");
        var number = defaultPort ?? 0;
        if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65535))
            throw new FormatException($"'{port}' in '{text}' is not a port: a number from 1 to 65535.");
        try
        {
            return new Endpoint(host, number);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"'{host}' in '{text}' is not a host name or an IP address.");
        }
    }

    static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']');
            if (close < 0) throw new FormatException($"'{text}' has no ']': write [ipv6]:port.");
            var rest = text[(close + 1)..];
            if (rest.Length > 0 && rest[0] != ':') throw new FormatException($"'{text}' is not an address: write [ipv6]:port.");
            return (text[1..close], rest.Length > 0 ? rest[1..] : null);
        }
        var colon = text.IndexOf(':');
        if (colon < 0) return (text, null);
        if (text.IndexOf(':', colon + 1) >= 0) throw new FormatException($"'{text}' looks like an IPv6 address: write [address]:port.");
        return (text[..colon], text[(colon + 1)..]);
    }
}
