using System.Text;
using SmartClients.Cli.Shell;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary>Reads keys and certificates, never more than they may hold.</summary>
internal static class InputFile
{
    const int MostKeyBytes = 16 << 10;

    /// <summary>A file, or standard input for <c>-</c>.</summary>
    /// <exception cref="UsageException">It cannot be read, or is too large.</exception>
    public static async Task<byte[]> ReadAsync(string path, int most, CancellationToken cancel)
    {
        try
        {
            await using var input = path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var buffer = new byte[most + 1];
            // A read from a terminal or a pipe cannot be cancelled; Ctrl-C must not wait for it.
            var length = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).AsTask().WaitAsync(cancel);
            return length <= most ? buffer[..length] : throw new UsageException($"'{path}' is larger than {most:N0} bytes.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException(error is FileNotFoundException or DirectoryNotFoundException ? $"'{path}' does not exist." : $"'{path}' cannot be read: {error.Message}");
        }
    }

    /// <summary>A signed certificate.</summary>
    /// <exception cref="CertificateException">It is none, or its signature does not fit.</exception>
    public static async Task<SignedCertificate> SignedAsync(string path, CancellationToken cancel) =>
        SignedCertificate.Read(await ReadAsync(path, SignedCertificate.MostBytes, cancel), path);

    /// <summary>A key that signs. Others who may read it are told of.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static async Task<SigningKey> KeyAsync(string path, CancellationToken cancel)
    {
        var key = SigningKey.FromPem(Encoding.UTF8.GetString(await ReadAsync(path, MostKeyBytes, cancel)), path);
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            Messages.Note($"Others may read the key {path}: chmod 600 {path}");
        return key;
    }
}
