using System.CommandLine;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart key show</c>: what a key is called.</summary>
internal sealed class ShowKey : SmartCommand
{
    public ShowKey() : base("show", "Prints a key's thumbprint, which is what others know it by.")
    {
        var file = new Argument<string>("file") { Description = "The key, as 'smart key new' writes it; - for standard input." };
        Add(file);
        SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file)!, cancel));
    }

    public override IReadOnlyList<string> Examples => ["smart call service://quotes@$(smart key show quotes.pem)/today"];

    static async Task<int> RunAsync(string file, CancellationToken cancel)
    {
        using var key = await InputFile.KeyAsync(file, cancel);
        Console.Out.WriteLine(key.Thumbprint);
        return ExitCode.Done;
    }
}
