using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart cert</c>: writes, signs, shows and checks certificates, without a network.</summary>
internal sealed class CertificateCommand : SmartCommand
{
    public CertificateCommand(TimeProvider time) : base("cert", "Writes, signs, shows and checks the certificates that names lead to.")
    {
        Add(new NewCertificate(time));
        Add(new SignCertificate(time));
        Add(new ShowCertificate(time));
        Add(new VerifyCertificate(time));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart cert new quotes --endpoint 10.0.0.1:8080 --endpoint 10.0.0.2:8080 > quotes.json",
        "smart cert sign quotes.json --key quotes.pem --out quotes.jws",
        "smart cert show quotes.jws",
        "smart cert verify quotes.jws --name service://quotes",
    ];
}
