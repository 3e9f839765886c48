using System.CommandLine;
using SmartClients.Cli.Shell;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary><c>smart key new</c> and <c>show</c>: the secret that a service signs its certificates with.</summary>
internal sealed class KeyCommand : SmartCommand
{
    public KeyCommand() : base("key", "Makes the keys that services sign their certificates with.")
    {
        Add(new NewKey());
        Add(new ShowKey());
    }

    public override IReadOnlyList<string> Examples => NewKey.Lines;

    /// <summary><c>smart key new</c>.</summary>
    sealed class NewKey : SmartCommand
    {
        public static readonly string[] Lines =
        [
            "smart key new --out quotes.pem          # prints the key's thumbprint: quotes@THUMBPRINT trusts no other",
            "smart key new > quotes.pem",
        ];

        public NewKey() : base("new", "Makes a key (ECDSA on P-256) and prints its thumbprint.")
        {
            var file = new Option<string?>("--out") { Description = "Where to; what is there is not overwritten. Only its owner may read it. Default: standard output.", HelpName = "file" };
            Add(file);
            SetAction((parsed, cancel) => RunAsync(parsed.GetValue(file), cancel));
        }

        public override IReadOnlyList<string> Examples => Lines;

        static async Task<int> RunAsync(string? file, CancellationToken cancel)
        {
            using var key = SigningKey.Create();
            if (file is null)
            {
                Console.Out.Write(key.ToPem() + "\n");
                Messages.Note(key.Thumbprint);
                return ExitCode.Done;
            }
            await OutputFile.WriteNewAsync(file, System.Text.Encoding.ASCII.GetBytes(key.ToPem() + "\n"), isSecret: true, cancel);
            Console.Out.WriteLine(key.Thumbprint);
            return ExitCode.Done;
        }
    }
}
