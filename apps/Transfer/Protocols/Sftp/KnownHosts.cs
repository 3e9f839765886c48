using System.Globalization;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>The keys that hosts are known to have: OpenSSH's file <c>known_hosts</c>, with plain, hashed and wildcard names, and
/// <c>@revoked</c>. Keys of certificate authorities are not used.</summary>
internal sealed class KnownHosts(string file)
{
    const int MostBytes = 16 << 20;

    static readonly Lock Writing = new();

    /// <summary>The keys of a host, as kind and bytes in Base64.</summary>
    /// <exception cref="FileException">The file cannot be read.</exception>
    public IReadOnlyList<KnownKey> Of(string host, int port) => [.. Lines().Select(line => KnownKey.Read(line, NameOf(host, port))).OfType<KnownKey>()];

    /// <summary>Writes a host's key down.</summary>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public void Add(string host, int port, byte[] key)
    {
        try
        {
            lock (Writing)
            {
                if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
                var before = File.Exists(file) && new FileInfo(file).Length > 0 && !File.ReadAllText(file).EndsWith('\n') ? "\n" : "";
                File.AppendAllText(file, $"{before}{NameOf(host, port)} {HostKeys.KindOf(key)} {Convert.ToBase64String(key)}\n");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileException(FileProblem.Untrusted, $"the host's new key cannot be written to {file}: {error.Message}", error);
        }
    }

    string[] Lines()
    {
        try
        {
            var about = new FileInfo(file);
            if (!about.Exists) return [];
            if (about.Length > MostBytes) throw new FileException(FileProblem.Untrusted, $"{file} is too long");
            return File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileException(FileProblem.Untrusted, $"{file} cannot be read: {error.Message}", error);
        }
    }

    static string NameOf(string host, int port) => port == 22 ? host : string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}");
}
