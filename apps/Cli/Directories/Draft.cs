using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClients.Cli.Shell;
using SmartClients.Http.Directories;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Directories;

/// <summary>A certificate in a file: signed, or still to be signed with a key in another file.</summary>
internal sealed class Draft(string file, string? keyFile)
{
    /// <summary>The signed certificate. Where it is signed here, its serial is above the one that the directories have, and it follows from that.</summary>
    public async Task<SignedCertificate> SignedAsync(DirectoryClient directories, TimeProvider time, CancellationToken cancel)
    {
        var json = Read(file, SignedCertificate.MostBytes, "certificate");
        using var key = keyFile is null ? null : SigningKey.FromPem(System.Text.Encoding.UTF8.GetString(Read(keyFile, 64 << 10, "key")), keyFile);
        if (IsSigned(json))
        {
            var signed = SignedCertificate.Read(json, file);
            return key is null || key.Thumbprint == signed.Key ? signed
                : throw new UsageException($"{file} is signed already, by {signed.Key}, and --key {keyFile} is {key.Thumbprint}: leave --key out, or publish the unsigned certificate.");
        }
        if (key is null) throw new UsageException($"{file} is not signed: give the key with --key key.pem.");
        var name = CertificateName(json);
        var previous = await PreviousAsync(directories, name, time, cancel);
        var payload = WithSerial(json, previous?.Certificate.Serial ?? 0);
        var draft = CertificateDocument.Parse(payload, file);
        if (previous is not null && previous.Key != key.Thumbprint && previous.Certificate.NextKey != key.Thumbprint)
            throw new UsageException($"{draft.Name} is published with the key {previous.Key}, and {keyFile} is {key.Thumbprint}: publish with that key, "
                + $"or first publish, with that key, a certificate whose \"nextKey\" is {key.Thumbprint}.");
        return SignedCertificate.Read(key.Sign(payload, previous), file);
    }

    static async Task<SignedCertificate?> PreviousAsync(DirectoryClient directories, ServiceName name, TimeProvider time, CancellationToken cancel)
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

    ServiceName CertificateName(byte[] json) =>
        Object(json)["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? ServiceName.OfService(name)
            : throw new UsageException($"{file} has no \"name\".");

    // Only the serial is touched: fields that this program does not know are published as they stand.
    byte[] WithSerial(byte[] json, long previous)
    {
        var document = Object(json);
        if (document["serial"] is JsonValue value && value.TryGetValue<long>(out var own) && own > previous) return json;
        document["serial"] = previous + 1;
        return JsonSerializer.SerializeToUtf8Bytes(document, JsonNodeContext.Default.JsonObject);
    }

    bool IsSigned(byte[] json) => Object(json) is { } document && document.ContainsKey("payload") && document.ContainsKey("signature");

    JsonObject Object(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = CertificateDocument.MostDepth, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new UsageException($"{file} is no certificate: it must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{file} is not JSON: {error.Message}");
        }
    }

    static byte[] Read(string path, int most, string what)
    {
        var info = new FileInfo(path);
        if (!info.Exists) throw new UsageException($"The {what} '{path}' does not exist.");
        if (info.Length > most) throw new UsageException($"The {what} '{path}' is larger than {most:N0} bytes.");
        return File.ReadAllBytes(path);
    }
}
