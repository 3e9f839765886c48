using System.Globalization;

namespace SmartClients.Kubernetes;

/// <summary>What follows <c>k8s:</c> in a name: <c>SERVICE.NAMESPACE</c>, perhaps with a port's number or name.</summary>
/// <param name="Service">The service.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Port">The port's number or name; <see langword="null"/> where the service has one only.</param>
internal sealed record KubernetesName(string Service, string Namespace, string? Port)
{
    public const string Form = "k8s";

    const int LongestLabel = 63;

    /// <summary>The port, where it is given by number: that of the pods, not that of the service.</summary>
    public int? PortNumber { get; } = int.TryParse(Port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads what follows the form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong and what to write.</exception>
    public static KubernetesName Parse(string value)
    {
        var colon = value.IndexOf(':');
        var (host, port) = colon < 0 ? (value, null) : (value[..colon], value[(colon + 1)..]);
        // quotes.shop.svc.cluster.local says no more than quotes.shop.
        var parts = host.Split('.');
        if (parts is not ([_, _] or [_, _, "svc", ..]) || !IsLabel(parts[0]) || !IsLabel(parts[1]))
            throw new FormatException($"'{Form}:{value}' is no service of a cluster: write {Form}:SERVICE.NAMESPACE or {Form}:SERVICE.NAMESPACE:PORT.");
        var name = new KubernetesName(parts[0], parts[1], port);
        if (port is not null && (name.PortNumber is { } number ? number is < 1 or > 65535 : !IsLabel(port) || !port.Any(char.IsAsciiLetterLower)))
            throw new FormatException($"'{port}' in '{Form}:{value}' is not a port: write its number, 1 to 65535, or its name.");
        return name;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{Form}:{Service}.{Namespace}{(Port is null ? "" : ":" + Port)}";

    static bool IsLabel(string text) =>
        text.Length is > 0 and <= LongestLabel && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
