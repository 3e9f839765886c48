using System.Text.Json;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Shell;
using SmartClients.Http.Directories;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Directories;

/// <summary>A certificate in a file: signed, or a draft still to be signed with a key in another file.</summary>
internal static class Publishable
{
    /// <summary>The signed certificate. A draft is signed as what follows the one that the directories have.</summary>
    /// <exception cref="FormatException">Or <see cref="UsageException"/>: it cannot be published; the message says why.</exception>
    public static async Task<SignedCertificate> ReadAsync(string file, string? keyFile, DirectoryClient directories, TimeProvider time, CancellationToken cancel)
    {
        var json = await InputFile.ReadAsync(file, SignedCertificate.MostBytes, cancel);
        using var key = keyFile is null ? null : await InputFile.KeyAsync(keyFile, cancel);
        if (Field(json, file, "payload") is not null)
        {
            var signed = SignedCertificate.Read(json, file);
            return key is null || key.Thumbprint == signed.Key ? signed
                : throw new UsageException($"{file} is signed already, by {signed.Key}, and --key {keyFile} is {key.Thumbprint}: leave --key out, or publish the draft.");
        }
        if (key is null) throw new UsageException($"{file} is not signed: give the key with --key FILE.");
        var name = ServiceName.OfService(Field(json, file, "name") ?? throw new UsageException($"{file} has no \"name\"."));
        var previous = await PreviousAsync(directories, name, time, cancel);
        CheckKey(name, previous, key, keyFile!);
        return SignedCertificate.Read(key.Sign((ReadOnlyMemory<byte>)Draft.Complete(json, file, previous, time.GetUtcNow()), previous), file);
    }

    /// <summary>The key is the one that the service's next certificate is signed with.</summary>
    /// <exception cref="UsageException">It is another one.</exception>
    public static void CheckKey(ServiceName name, SignedCertificate? previous, SigningKey key, string keyFile)
    {
        if (previous is not null && previous.Key != key.Thumbprint && previous.Certificate.NextKey != key.Thumbprint)
            throw new UsageException($"{name.Value} is published with the key {previous.Key}, and {keyFile} is {key.Thumbprint}: publish with that key, "
                + $"or first publish, with that key, a certificate whose \"nextKey\" is {key.Thumbprint}.");
    }

    /// <summary>The newest certificate that the directories have of a service; <see langword="null"/> where they have none.</summary>
    public static async Task<SignedCertificate?> PreviousAsync(DirectoryClient directories, ServiceName name, TimeProvider time, CancellationToken cancel)
    {
        List<SignedCertificate> found = [];
        foreach (var one in await new DirectoryFinder(directories).FindAsync(name, time, cancel))
        {
            try
            {
                var read = SignedCertificate.Read(one.Document, $"The certificate from {one.Origin}");
                if (read.Certificate.Name == name.Value) found.Add(read);
            }
            catch (CertificateException error)
            {
                Messages.Problem(error);
            }
        }
        return Trust.Newest(found, name);
    }

    static string? Field(byte[] json, string file, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = CertificateDocument.MostDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException($"{file} is no certificate: it must be a JSON object.");
            return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        // A name or a text that ends in half of a surrogate pair is told as an invalid operation.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new UsageException($"{file} is not JSON that can be believed: {error.Message}");
        }
    }
}
