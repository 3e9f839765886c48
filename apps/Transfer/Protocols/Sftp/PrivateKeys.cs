using Renci.SshNet;
using Renci.SshNet.Common;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>A person's own keys, in the order in which they are offered.</summary>
internal static class PrivateKeys
{
    static readonly string[] Names = ["id_ed25519", "id_ecdsa", "id_rsa"];

    /// <summary>The keys of a folder that can be used without asking anybody.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="skipped">Those that cannot, and why.</param>
    public static PrivateKeyFile[] In(string folder, out IReadOnlyList<string> skipped)
    {
        var without = new List<string>();
        PrivateKeyFile[] keys = [.. Names.Select(name => Read(Path.Combine(folder, name), without)).OfType<PrivateKeyFile>()];
        skipped = without;
        return keys;
    }

    static PrivateKeyFile? Read(string file, List<string> without)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return new PrivateKeyFile(file);
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            without.Add($"{file} has a passphrase");
        }
        catch (Exception error) when (error is SshException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            without.Add($"{file}: {error.Message}");
        }
        return null;
    }
}
