using Renci.SshNet;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>The order in which ciphers are offered.</summary>
internal static class Ciphers
{
    /// <summary>Those first that encrypt and authenticate in one pass, by the platform: the library's first is a counter mode with a hash
    /// beside it, which takes the processor longer.</summary>
    public static void Arrange(ConnectionInfo connection)
    {
        var ciphers = connection.Encryptions;
        var ordered = ciphers.OrderBy(one => one.Key.Contains("-gcm@", StringComparison.Ordinal) ? 0 : 1).ToArray();
        ciphers.Clear();
        foreach (var (name, cipher) in ordered) ciphers.Add(name, cipher);
    }
}
