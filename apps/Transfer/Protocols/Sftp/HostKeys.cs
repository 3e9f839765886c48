using System.Buffers.Binary;
using System.Text;
using Renci.SshNet;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>The kinds of host keys: how a key says its kind, and which ones a server is asked for.</summary>
internal static class HostKeys
{
    /// <summary>The kind of a key, as its bytes begin (RFC 4253 §6.6).</summary>
    public static string KindOf(ReadOnlySpan<byte> key)
    {
        if (key.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(key) is var length && length > 64 || key.Length < 4 + length) return "";
        return Encoding.ASCII.GetString(key.Slice(4, (int)length));
    }

    /// <summary>
    /// Leaves of the algorithms those that can be checked: no certificates, no SHA-1; and those of the kinds that the host is known by
    /// first, or a server with several keys would show one that nobody has seen.
    /// </summary>
    public static void Arrange(ConnectionInfo connection, IReadOnlyCollection<string> kinds)
    {
        var algorithms = connection.HostKeyAlgorithms;
        var usable = algorithms.Where(one => one.Key != "ssh-rsa" && !one.Key.Contains("-cert-", StringComparison.Ordinal)).ToArray();
        algorithms.Clear();
        foreach (var (name, make) in usable.OrderBy(one => kinds.Contains(Kind(one.Key)) ? 0 : 1)) algorithms.Add(name, make);
    }

    static string Kind(string algorithm) => algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;
}
