using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>One key of a host.</summary>
/// <param name="Kind">Its kind: <c>ssh-ed25519</c>.</param>
/// <param name="Key">Its bytes in Base64.</param>
/// <param name="Revoked">It must never be accepted.</param>
internal sealed record KnownKey(string Kind, string Key, bool Revoked)
{
    /// <summary>Reads a line of <c>known_hosts</c>; <see langword="null"/> when it is not of this host.</summary>
    public static KnownKey? Read(string line, string name)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#')) return null;
        var revoked = words[0] == "@revoked";
        if (words[0].StartsWith('@') && !revoked) return null;
        if (revoked) words = words[1..];
        return words.Length >= 3 && Names(words[0], name) ? new KnownKey(words[1], words[2], revoked) : null;
    }

    static bool Names(string patterns, string name)
    {
        if (patterns.StartsWith("|1|", StringComparison.Ordinal)) return IsHashOf(patterns, name);
        var found = false;
        foreach (var pattern in patterns.Split(','))
        {
            var not = pattern.StartsWith('!');
            if (!Matches(not ? pattern[1..] : pattern, name)) continue;
            if (not) return false;
            found = true;
        }
        return found;
    }

    static bool Matches(string pattern, string name) => !pattern.Contains('\\') && FileSystemName.MatchesSimpleExpression(pattern, name);

#pragma warning disable CA5350 // OpenSSH hides names behind HMAC-SHA1; nothing is trusted because of it.
    static bool IsHashOf(string hashed, string name)
    {
        var parts = hashed.Split('|');
        if (parts.Length != 4) return false;
        var (salt, hash) = (new byte[64], new byte[64]);
        return Convert.TryFromBase64String(parts[2], salt, out var saltLength) && Convert.TryFromBase64String(parts[3], hash, out var hashLength)
            && HMACSHA1.HashData(salt.AsSpan(0, saltLength), Encoding.ASCII.GetBytes(name)).AsSpan().SequenceEqual(hash.AsSpan(0, hashLength));
    }
#pragma warning restore CA5350
}
