using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Testing;

/// <summary>Somebody with a key, who signs certificates.</summary>
internal sealed class Publisher : IDisposable
{
    readonly SigningKey key = SigningKey.Create();

    public string Key => key.Thumbprint;

    public string Pem => key.ToPem();

    /// <summary>The clock that certificates are made by, unless a test has one of its own.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>What there is to sign.</summary>
    public static ServiceCertificate Draft(string name, long serial = 1, DateTimeOffset? issued = null) => new()
    {
        Name = name,
        Serial = serial,
        Issued = issued ?? Now.AddMinutes(-1),
        Expires = (issued ?? Now).AddDays(30),
        Endpoints = [new Endpoint("127.0.0.1", 8001)],
    };

    /// <summary>Signs a certificate, changed as the test needs it.</summary>
    public SignedCertificate Sign(string name, long serial = 1, Func<ServiceCertificate, ServiceCertificate>? with = null, SignedCertificate? previous = null)
    {
        var draft = Draft(name, serial);
        return Sign(with?.Invoke(draft) ?? draft, previous);
    }

    public SignedCertificate Sign(ServiceCertificate certificate, SignedCertificate? previous = null) =>
        SignedCertificate.Read(key.Sign(certificate, previous), "the test's certificate");

    public void Dispose() => key.Dispose();
}
