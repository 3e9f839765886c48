using System.CommandLine;
using System.Text;
using SmartClients.Cli.Shell;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart cert new</c>: a certificate to start from.</summary>
internal sealed class NewCertificate : SmartCommand
{
    public NewCertificate(TimeProvider time) : base("new", "Writes a certificate to edit and to sign.")
    {
        var name = new Argument<string>("name") { Description = "The service: quotes, or service://quotes." };
        var endpoints = new Option<string[]>("--endpoint") { Description = "One of the first members. May be repeated.", HelpName = "host:port" };
        var title = new Option<string?>("--title") { Description = "A short title for people.", HelpName = "text" };
        var description = new Option<string?>("--description") { Description = "A sentence or two for people.", HelpName = "text" };
        var keywords = new Option<string[]>("--keyword") { Description = "A word to be found by. May be repeated.", HelpName = "word" };
        var sources = new Option<string[]>("--source") { Description = "Where the members are learnt, the preferred one first. May be repeated.", HelpName = "name" };
        var nextKey = new Option<string?>("--next-key") { Description = "The thumbprint of the key that takes over from the one that signs this.", HelpName = "thumbprint" };
        var file = new Option<string?>("--out") { Description = "Where to; what is there is not overwritten. Default: standard output.", HelpName = "file" };
        Add(name);
        Add(endpoints);
        Add(title);
        Add(description);
        Add(keywords);
        Add(sources);
        Add(nextKey);
        Add(file);
        SetAction((parsed, cancel) => RunAsync(
            new ServiceCertificate
            {
                Name = Bare(parsed.GetValue(name)!),
                Title = parsed.GetValue(title),
                Description = parsed.GetValue(description),
                Keywords = [.. parsed.GetValue(keywords) ?? []],
                Endpoints = [.. (parsed.GetValue(endpoints) ?? []).Select(address => Endpoint.Parse(address))],
                Sources = [.. parsed.GetValue(sources) ?? []],
                NextKey = parsed.GetValue(nextKey),
                Serial = 1,
                Issued = default,
                Expires = default,
            },
            parsed.GetValue(file), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart cert new quotes --endpoint 10.0.0.1:8080 --endpoint 10.0.0.2:8080 > quotes.json",
        "smart cert new quotes --endpoint 10.0.0.1:8080 --source srv:_quotes._tcp.example.org --title 'Quotes of the day' --keyword wisdom --out quotes.json",
    ];

    static string Bare(string name) => ServiceName.Parse(name) is { Form: "service", Path: "" } parsed ? parsed.Value : throw new UsageException($"'{name}' is not a service's name: write service://quotes.");

    static async Task<int> RunAsync(ServiceCertificate certificate, string? file, TimeProvider time, CancellationToken cancel)
    {
        if (certificate.Endpoints.IsEmpty && certificate.Sources.IsEmpty) throw new UsageException("A certificate leads to somebody: write --endpoint host:port, or --source.");
        var text = Draft.Of(certificate, time.GetUtcNow());
        if (file is null) Console.Out.Write(text);
        else await OutputFile.WriteNewAsync(file, Encoding.UTF8.GetBytes(text), isSecret: false, cancel);
        return ExitCode.Done;
    }
}
