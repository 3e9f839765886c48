using System.CommandLine;
using System.Text;
using SmartClients.Cli.Shell;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart cert sign</c>: what can be published.</summary>
internal sealed class SignCertificate : SmartCommand
{
    public SignCertificate(TimeProvider time) : base("sign", "Signs a certificate. Its serial, issued and expires are filled in where they are left out.")
    {
        var draft = new Argument<string>("file") { Description = "The certificate in JSON; - is standard input." };
        var key = new Option<string>("--key") { Description = "The key to sign with: see smart key new.", HelpName = "file", Required = true };
        var previous = new Option<string?>("--previous")
        {
            Description = "What was published before: the serial is one more than its own, and a new key is led to by it. Default: what --out holds, where it is there.",
            HelpName = "file",
        };
        var output = new Option<string?>("--out") { Description = "Where to. Default: standard output.", HelpName = "file" };
        Add(draft);
        Add(key);
        Add(previous);
        Add(output);
        SetAction((parsed, cancel) => RunAsync(parsed.GetValue(draft)!, parsed.GetValue(key)!, parsed.GetValue(previous), parsed.GetValue(output), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart cert sign quotes.json --key quotes.pem --out quotes.jws       # again and again: the serial rises",
        "smart cert sign quotes.json --key new.pem --previous quotes.jws --out quotes.jws   # where quotes.jws names new.pem as its nextKey",
    ];

    static async Task<int> RunAsync(string draft, string key, string? previous, string? output, TimeProvider time, CancellationToken cancel)
    {
        var json = await InputFile.ReadAsync(draft, CertificateDocument.MostBytes, cancel);
        using var signer = await InputFile.KeyAsync(key, cancel);
        if (previous is null && output is not null && File.Exists(output)) previous = output;
        var before = previous is null ? null : await InputFile.SignedAsync(previous, cancel);
        var document = signer.Sign((ReadOnlyMemory<byte>)Draft.Complete(json, draft, before, time.GetUtcNow()), before);
        var signed = SignedCertificate.Read(document, draft);
        if (output is null) Console.Out.WriteLine(Encoding.UTF8.GetString(document));
        else await OutputFile.WriteAsync(output, document, cancel);
        Messages.Note($"service://{signed.Certificate.Name}, serial {signed.Certificate.Serial}, until {CertificateText.Time(signed.Certificate.Expires)}, signed by {signed.Key}");
        return ExitCode.Done;
    }
}
