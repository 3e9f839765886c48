using System.Text;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>The keys of one service's members: <c>smartclients/SERVICE/host:port</c>, one each.</summary>
internal sealed class EtcdKeys(string prefix, string service)
{
    /// <summary>What they all begin with.</summary>
    public string First { get; } = $"{prefix}{service}/";

    /// <summary>The first key after all of them.</summary>
    // The character after the slash is 0.
    public string End { get; } = $"{prefix}{service}0";

    public string Of(Endpoint member) => First + member.Address;

    /// <summary>The address that a key ends in.</summary>
    public string AddressIn(byte[] key) => Encoding.UTF8.GetString(key) is var text && text.StartsWith(First, StringComparison.Ordinal)
        ? text[First.Length..] : throw new FormatException($"etcd names the key '{text}', which does not begin with '{First}'");
}
