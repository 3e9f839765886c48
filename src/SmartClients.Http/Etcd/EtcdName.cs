using System.Collections.Immutable;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>What follows <c>etcd:</c> in a name: <c>SERVICE@host:port,host:port</c>.</summary>
/// <param name="Service">The service's plain name.</param>
/// <param name="Nodes">etcd's own endpoints.</param>
internal sealed record EtcdName(string Service, ImmutableArray<Endpoint> Nodes)
{
    public const string Form = "etcd";

    const int DefaultPort = 2379;

    /// <summary>Reads a whole name, with its form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong and what to write.</exception>
    public static EtcdName ParseWhole(string text)
    {
        var name = ServiceName.Parse(text);
        if (name.Form != Form || name.Path.Length > 0)
            throw new FormatException($"'{text}' is no place to register: write etcd:SERVICE@host:port,host:port.");
        return Parse(name.Value);
    }

    /// <summary>Reads what follows the form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong and what to write.</exception>
    public static EtcdName Parse(string value)
    {
        var at = value.IndexOf('@');
        if (at <= 0) throw new FormatException($"'etcd:{value}' does not say which service, and where etcd is: write etcd:SERVICE@host:port,host:port.");
        var nodes = value[(at + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (nodes.Length == 0) throw new FormatException($"'etcd:{value}' does not say where etcd is: write etcd:SERVICE@host:port,host:port.");
        return new EtcdName(ServiceName.OfService(value[..at]).Value, [.. nodes.Select(node => Endpoint.Parse(node, DefaultPort))]);
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{Form}:{Service}@{string.Join(',', Nodes.Select(node => node.Address))}";
}
