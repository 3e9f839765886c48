using System.Security.Cryptography;
using SmartClients.Naming;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>
/// Whether a host is who it was: a key that is known is good, a host that was never met is written down and believed
/// (<c>StrictHostKeyChecking accept-new</c>), any other key ends it.
/// </summary>
internal sealed class HostCheck(KnownHosts hosts, Endpoint endpoint)
{
    readonly IReadOnlyList<KnownKey> known = hosts.Of(endpoint.Host, endpoint.Port);

    /// <summary>The kinds of key that the host is known by; empty when it is unknown.</summary>
    public IReadOnlyCollection<string> Kinds => [.. known.Where(key => !key.Revoked).Select(key => key.Kind).Distinct()];

    /// <summary>Why the host is not believed.</summary>
    public FileException? Refused { get; private set; }

    /// <summary>Judges the key that the host shows.</summary>
    public bool Accepts(byte[] key)
    {
        Refused = Problem(key);
        return Refused is null;
    }

    FileException? Problem(byte[] key)
    {
        var text = Convert.ToBase64String(key);
        var print = $"{HostKeys.KindOf(key)} SHA256:{Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=')}";
        if (known.Any(one => one.Revoked && one.Key == text)) return new FileException(FileProblem.Untrusted, $"the host key is revoked: {print}");
        if (known.Any(one => one.Key == text)) return null;
        if (Kinds.Count > 0)
            return new FileException(FileProblem.Untrusted,
                $"the host key has changed to {print}: somebody may be in between; if it is right, remove the old one with ssh-keygen -R {Name}");
        try
        {
            hosts.Add(endpoint.Host, endpoint.Port, key);
            return null;
        }
        catch (FileException error)
        {
            return error;
        }
    }

    string Name => endpoint.Port == 22 ? endpoint.Host : $"'[{endpoint.Host}]:{endpoint.Port}'";
}
