using System.Text;
using SmartClients.Discovery.Asking;

namespace SmartClients.Fuzz.Targets;

/// <summary>TXT records that say where a certificate is.</summary>
internal sealed class DnsTextTarget : FuzzTarget
{
    public override string Name => "dns-text";

    public override IReadOnlyList<byte[]> Corpus { get; } =
        [Utf8("v=smart1; certificate=https://host/quotes.jws; key=NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"), Utf8("v=smart1;certificate=https://h/certificate;x=y")];

    public override IReadOnlyList<string> Words { get; } = ["v=smart1", "certificate=", "key=", ";", "; ", "http://h/x.jws", "https://h/x.jws", "file:", "@"];

    public override string Feed(byte[] input)
    {
        var read = CertificateText.Parse(Encoding.UTF8.GetString(input), "_smart-service.quotes.test");
        return read is null ? "read: of something else" : $"read {read.Address.Form} {read.Key is null}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
