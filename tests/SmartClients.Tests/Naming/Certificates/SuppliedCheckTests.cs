using System.Text;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

/// <summary>Where the platform has no ECDSA, the program brings its own check of signatures. Runs in WebAssembly too.</summary>
public class SuppliedCheckTests
{
    static byte[] Document()
    {
        // What it is signed with is for the check to judge: these 64 zero bytes are its whole idea of a signature.
        var key = $$"""{"kty":"EC","crv":"P-256","x":"{{new string('A', 43)}}","y":"{{new string('A', 43)}}"}""";
        var header = Sample.Encode($$"""{"alg":"ES256","typ":"service-certificate+json","jwk":{{key}}}""");
        return Encoding.ASCII.GetBytes($$"""{"protected":"{{header}}","payload":"{{Sample.Encode(Sample.Payload(Sample.Certificate()))}}","signature":"{{new string('A', 86)}}"}""");
    }

    [Fact]
    public void It_is_asked_with_key_content_and_signature()
    {
        VerifyingKey? asked = null;
        var read = SignedCertificate.Read(Document(), "x", (key, content, signature) =>
        {
            asked = key;
            Assert.Equal(2, Encoding.ASCII.GetString(content).Split('.').Length);
            return signature.Length == 64;
        });

        Assert.Equal((asked!.Thumbprint, 43, 32, 32), (read.Key, read.Key.Length, asked.X.Length, asked.Y.Length));
        Trust.Check(read, Sample.Name, null, Sample.Now);
    }

    [Fact]
    public void What_it_refuses_is_refused() =>
        Sample.Refused(CertificateFault.BadSignature, "was changed", () => SignedCertificate.Read(Document(), "x", (_, _, _) => false));

    [Fact]
    public void Without_one_a_browser_says_what_is_missing()
    {
        if (!OperatingSystem.IsBrowser()) return;
        Assert.Contains("SignatureCheck", Assert.Throws<PlatformNotSupportedException>(() => SignedCertificate.Read(Document(), "x")).Message, StringComparison.Ordinal);
    }
}
