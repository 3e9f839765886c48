using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Keys;

/// <summary>A folder with a key and a draft in it.</summary>
internal sealed class Desk : IDisposable
{
    readonly TemporaryFolder folder = new();

    public Desk()
    {
        Key = NewKey("quotes.pem");
        Draft = folder.Write("quotes.json", """{"name": "quotes", "endpoints": ["10.0.0.1:8080"], "colour": "blue"}""");
    }

    /// <summary>The key's file.</summary>
    public string Key { get; }

    /// <summary>The file of a certificate that nobody has signed.</summary>
    public string Draft { get; }

    /// <summary>Where the signed one goes.</summary>
    public string Signed => At("quotes.jws");

    public string At(string name) => Path.Combine(folder.Path, name);

    public string Write(string name, string text) => folder.Write(name, text);

    /// <summary>Makes a key, and a file of it.</summary>
    public string NewKey(string name)
    {
        using var key = SigningKey.Create();
        var file = folder.Write(name, key.ToPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    public static string Thumbprint(string keyFile)
    {
        using var key = SigningKey.FromPem(File.ReadAllText(keyFile), keyFile);
        return key.Thumbprint;
    }

    public static SignedCertificate Read(string file) => SignedCertificate.Read(File.ReadAllBytes(file), file);

    public async Task<SignedCertificate> SignAsync(params string[] more)
    {
        var smart = await Smart.RunAsync(["cert", "sign", Draft, "--key", Key, "--out", Signed, .. more]);
        Assert.True(smart.Exit == 0, smart.Errors);
        return Read(Signed);
    }

    public void Dispose() => folder.Dispose();
}
