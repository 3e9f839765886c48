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
    /// Leaves of the algorithms those that can be checked: no certificates, no SHA-1; and where keys of the host are known, none but
    /// their kinds, or a server with several keys would show one that nobody has seen.
    /// </summary>
    public static void Restrict(ConnectionInfo connection, IReadOnlyCollection<string> kinds)
    {
        foreach (var name in connection.HostKeyAlgorithms.Keys.ToArray())
        {
            var kind = name.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : name;
            if (name == "ssh-rsa" || name.Contains("-cert-", StringComparison.Ordinal) || kinds.Count > 0 && !kinds.Contains(kind))
                connection.HostKeyAlgorithms.Remove(name);
        }
    }
}
