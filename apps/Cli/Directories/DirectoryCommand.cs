using System.CommandLine;
using System.Net;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Chat;
using SmartClients.Cli.Shell;
using SmartClients.Directories;

namespace SmartClients.Cli.Directories;

/// <summary><c>smart directory</c>: a server that keeps certificates by name, with a page for people.</summary>
internal sealed class DirectoryCommand : SmartCommand
{
    public DirectoryCommand(TimeProvider time) : base("directory", "Runs a directory of services: certificates by name, a search, a page for people.")
    {
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "HOST:PORT; port 0 takes a free one.",
            HelpName = "host:port",
            Required = true,
            CustomParser = result => ListenAddress.Parse(result),
        };
        var data = new Option<string>("--data") { Description = "The folder of its store; made where it is missing.", HelpName = "folder", Required = true };
        var peers = new Option<string[]>("--peer") { Description = "Another directory, http://HOST:PORT, whose publications are taken over. May be repeated.", HelpName = "url" };
        var pull = Parameters.Duration(
            "--pull", "Between two questions to a peer. Default: 10s.", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        var page = PublishedPage.Option();
        foreach (var option in (Option[])[listen, data, peers, pull, page]) Add(option);
        SetAction((parsed, cancel) => new DirectoryHost(time).RunAsync(
            parsed.GetValue(listen)!,
            new DirectoryOptions
            {
                Data = parsed.GetValue(data)!,
                Peers = [.. (parsed.GetValue(peers) ?? []).Select(Peer)],
                Page = parsed.GetValue(page) ?? PublishedPage.Folder,
                PullInterval = parsed.GetValue(pull) ?? TimeSpan.FromSeconds(10),
            },
            cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart directory --listen 127.0.0.1:8600 --data ~/directory",
        "smart directory --listen 10.0.0.2:8600 --data /var/lib/directory --peer http://10.0.0.1:8600   # each pulls from the other",
        "curl 'http://127.0.0.1:8600/v1/services?q=quotes'                                            # or open it in a browser",
    ];

    static Uri Peer(string text) => Uri.TryCreate(text, UriKind.Absolute, out var peer) ? peer
        : throw new UsageException($"--peer '{text}' is not the address of a directory: write http://HOST:PORT");
}
