using System.CommandLine;
using System.Text.Json;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart cert show</c>: what a certificate says.</summary>
internal sealed class ShowCertificate : SmartCommand
{
    public ShowCertificate(TimeProvider time) : base("show", "Shows what a certificate says. That the signature fits is checked; whose key it is, 'smart cert verify' asks.")
    {
        var file = new Argument<string>("file") { Description = "A certificate, signed or not; - is standard input." };
        var json = Parameters.Json();
        Add(file);
        Add(json);
        SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(json), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart cert show quotes.jws",
        "curl -s https://example.org/quotes.jws | smart cert show - --json",
    ];

    static async Task<int> RunAsync(string file, bool json, TimeProvider time, CancellationToken cancel)
    {
        var bytes = await InputFile.ReadAsync(file, SignedCertificate.MostBytes, cancel);
        var now = time.GetUtcNow();
        var source = file == "-" ? "standard input" : file;
        var signed = IsDraft(bytes) ? null : SignedCertificate.Read(bytes, source);
        Show(signed?.Payload ?? Draft.Complete(bytes, source, null, now), signed, now, json);
        return ExitCode.Done;
    }

    static void Show(ReadOnlyMemory<byte> payload, SignedCertificate? signed, DateTimeOffset now, bool json)
    {
        var certificate = signed?.Certificate ?? CertificateDocument.Parse(payload, "The certificate");
        if (json) Documents.Print(CertificateView.Of(payload, certificate, signed, now), Documents.Default.CertificateView);
        else Console.Out.Write(CertificateText.Of(certificate, signed, now));
    }

    // What is wrong with a document that is neither, the reader of signed ones says best.
    static bool IsDraft(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.TryGetProperty("payload", out _)
                && document.RootElement.TryGetProperty("name", out _);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
