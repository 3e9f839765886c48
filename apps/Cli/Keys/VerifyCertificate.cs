using System.CommandLine;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart cert verify</c>: whether a client would believe a certificate, and if not, why.</summary>
internal sealed class VerifyCertificate : SmartCommand
{
    public VerifyCertificate(TimeProvider time) : base("verify", "Tells whether a client would believe a certificate, and if not, why.")
    {
        var file = new Argument<string>("file") { Description = "A signed certificate; - is standard input." };
        var name = new Option<string?>("--name") { Description = "The name that was asked for, perhaps with a key. Default: the certificate's own.", HelpName = "name" };
        var key = new Option<string?>("--key") { Description = "The thumbprint of the key that it must come from.", HelpName = "thumbprint" };
        var previous = new Option<string?>("--previous") { Description = "What the client has seen before.", HelpName = "file" };
        var json = Parameters.Json();
        Add(file);
        Add(name);
        Add(key);
        Add(previous);
        Add(json);
        SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(name), parsed.GetValue(key), parsed.GetValue(previous), parsed.GetValue(json), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart cert verify quotes.jws",
        "smart cert verify quotes.jws --name service://quotes@NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        "smart cert verify new.jws --previous quotes.jws --json",
    ];

    static async Task<int> RunAsync(string file, string? name, string? key, string? previous, bool json, TimeProvider time, CancellationToken cancel)
    {
        var asked = name is null ? null : Asked(name);
        var before = previous is null ? null : await InputFile.SignedAsync(previous, cancel);
        var bytes = await InputFile.ReadAsync(file, SignedCertificate.MostBytes, cancel);
        var now = time.GetUtcNow();
        SignedCertificate? signed = null;
        try
        {
            signed = SignedCertificate.Read(bytes, file == "-" ? "standard input" : file);
            Trust.Check(signed, Pinned(asked ?? ServiceName.OfService(signed.Certificate.Name), key), before, now);
        }
        catch (CertificateException error) when (error.Fault != CertificateFault.Malformed)
        {
            if (json) Documents.Print(VerifyReport.Of(signed, error, now), Documents.Default.VerifyReport);
            Messages.Problem(error);
            return ExitCode.WorkFailed;
        }
        if (json) Documents.Print(VerifyReport.Of(signed, null, now), Documents.Default.VerifyReport);
        else
            Console.Out.WriteLine(
                $"valid: service://{signed.Certificate.Name}, serial {signed.Certificate.Serial}, until {CertificateText.Time(signed.Certificate.Expires)}, signed by {signed.Key}");
        return ExitCode.Done;
    }

    static ServiceName Asked(string text) => ServiceName.Parse(text) is { Path: "" } name ? name : throw new UsageException($"'{text}' is a name and a path: write the name alone.");

    static ServiceName Pinned(ServiceName name, string? key)
    {
        if (key is null || name.Key == key) return name;
        return name.Key is null ? ServiceName.Parse($"{name}@{key}") : throw new UsageException($"--key '{key}' is another key than that of --name '{name}'.");
    }
}
