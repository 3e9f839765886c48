using System.Security.Cryptography;
using System.Text.Json;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

public sealed class SigningKeyTests : IDisposable
{
    readonly SigningKey key = SigningKey.Create();

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_key_comes_back_from_its_PEM()
    {
        using var again = SigningKey.FromPem(key.ToPem(), "key.pem");
        Assert.Equal(key.Thumbprint, again.Thumbprint);
        Assert.Equal(key.Thumbprint, Sample.Read(again.Sign(Sample.Certificate())).Key);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", key.ToPem(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_of_other_programs_is_read_too()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var one = SigningKey.FromPem(ecdsa.ExportECPrivateKeyPem(), "key.pem");
        using var other = SigningKey.FromPem(ecdsa.ExportPkcs8PrivateKeyPem(), "key.pem");
        Assert.Equal(one.Thumbprint, other.Thumbprint);
    }

    [Fact]
    public void A_thumbprint_is_that_of_RFC_7638()
    {
        var header = Sample.Object(key.Sign(Sample.Certificate()))["protected"]!.GetValue<string>();
        var jwk = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(header)).RootElement.GetProperty("jwk");
        var text = $$"""{"crv":"P-256","kty":"EC","x":"{{jwk.GetProperty("x").GetString()}}","y":"{{jwk.GetProperty("y").GetString()}}"}""";
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(text))), key.Thumbprint);
        Assert.Equal(key.Thumbprint, ServiceName.Parse($"service://quotes@{key.Thumbprint}").Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_told(string pem) =>
        Assert.StartsWith("key.pem holds no private key", Assert.Throws<FormatException>(() => SigningKey.FromPem(pem, "key.pem")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_public_key_cannot_sign()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("no private key", Assert.Throws<FormatException>(() => SigningKey.FromPem(ecdsa.ExportSubjectPublicKeyInfoPem(), "key.pem")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_curve_is_told()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Contains("another curve", Assert.Throws<FormatException>(() => SigningKey.FromPem(ecdsa.ExportPkcs8PrivateKeyPem(), "key.pem")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_serial_that_clients_would_refuse_is_not_signed()
    {
        var published = key.Sign(5);
        Sample.Refused(CertificateFault.RolledBack, "serial 4, and 5 was seen", () => key.Sign(4, previous: published));
        Sample.Refused(CertificateFault.RolledBack, "differs", () => key.Sign(Sample.Certificate(5) with { Title = "other" }, published));
        Assert.Equal(6, key.Sign(6, previous: published).Certificate.Serial);
    }

    [Fact]
    public void Another_service_s_certificate_is_no_predecessor() =>
        Sample.Refused(CertificateFault.WrongName, "'quotes'", () => key.Sign(Sample.Certificate(2) with { Name = "other" }, key.Sign(1)));
}
