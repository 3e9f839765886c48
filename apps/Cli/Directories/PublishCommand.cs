using System.CommandLine;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Http.Directories;

namespace SmartClients.Cli.Directories;

/// <summary><c>smart publish</c>: signs a certificate where that is still to do, and hands it to every directory known.</summary>
internal sealed class PublishCommand : SmartCommand
{
    public PublishCommand(TimeProvider time) : base("publish", "Publishes a service's certificate in the directories.")
    {
        var certificate = new Argument<string>("certificate") { Description = "A draft, which is signed first, with the serial that comes next; or what is signed already, as it is." };
        var key = new Option<string?>("--key") { Description = "The private key, in PEM. Needed where the certificate is not signed.", HelpName = "file" };
        var directories = DirectoryParameter.Option();
        var json = Parameters.Json();
        Add(certificate);
        foreach (var option in (Option[])[key, directories, json]) Add(option);
        SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(certificate)!, parsed.GetValue(key), parsed.GetValue(directories), parsed.GetValue(json), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart publish quotes.json --key quotes.pem --directory http://127.0.0.1:8600,http://127.0.0.1:8601",
        "smart publish quotes.jws                                    # SMART_DIRECTORIES names the directories",
    ];

    static async Task<int> RunAsync(string file, string? key, string[]? directories, bool json, TimeProvider time, CancellationToken cancel)
    {
        await using var client = DirectoryParameter.Open(directories, time);
        var signed = await Publishable.ReadAsync(file, key, client, time, cancel);
        var receipts = await client.PublishAsync(signed, cancel);
        var stored = receipts.Count(receipt => receipt.Stored);
        if (json)
        {
            var report = new PublishReport(signed.Certificate.Name, signed.Certificate.Serial, signed.Key, stored, [.. receipts.Select(PublishAnswer.Of)]);
            Documents.Print(report, Documents.Default.PublishReport);
        }
        else
        {
            Console.Out.WriteLine($"service://{signed.Certificate.Name}@{signed.Key} serial {signed.Certificate.Serial}");
            var sheet = new Sheet("directory", "said") { Words = ["said"] };
            foreach (var receipt in receipts) sheet.Add(receipt.Directory, Messages.OneLine(receipt.Said));
            sheet.Write();
        }
        return Verdict(signed.Certificate.Name, receipts, stored);
    }

    static int Verdict(string name, IReadOnlyCollection<DirectoryReceipt> receipts, int stored)
    {
        if (stored == 0)
        {
            Messages.Problem($"{name} is not published: "
                + string.Join("; ", receipts.Select(receipt => $"{receipt.Directory}: {receipt.Said}")));
            return ExitCode.WorkFailed;
        }
        foreach (var receipt in receipts)
            if (!receipt.Stored) Messages.Problem($"{receipt.Directory} did not take it: {receipt.Said}");
        if (stored < 2) Messages.Problem($"only one directory holds {name}: it is lost with that one. Name another with --directory.");
        return ExitCode.Done;
    }
}
