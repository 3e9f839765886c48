using System.CommandLine;
using System.Net;
using SmartClients.Chat.Server;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chat;

/// <summary><c>smart chat-server</c>: one of several servers that keep the same rooms.</summary>
internal sealed class ChatServerCommand : SmartCommand
{
    const int MostSecretBytes = 4096;

    readonly Option<IPEndPoint> listen = new("--listen")
    {
        Description = "HOST:PORT; port 0 takes a free one.",
        HelpName = "host:port",
        Required = true,
        CustomParser = result => ListenAddress.Parse(result),
    };
    readonly Option<string?> data = new("--data") { Description = "The folder of its rooms; made where it is missing.", HelpName = "folder" };
    readonly Option<string[]> peers = new("--peer") { Description = "Another server of the group, http://HOST:PORT. May be repeated.", HelpName = "url" };
    readonly Option<TimeSpan?> interval = Parameters.Duration(
        "--interval", "Between two questions to a peer; 0 hands on at once. Default: 300ms.", TimeSpan.Zero, TimeSpan.FromMinutes(1));
    readonly Option<int?> acknowledge = Parameters.Count("--acknowledge", "Peers that must have a message before it counts as sent. Default: 0.", null, 0, 100);
    readonly Option<string?> secret = new("--secret") { Description = "A file with what the group's servers share, and nobody else knows.", HelpName = "file" };
    readonly Option<string[]> closed = new("--private") { Description = "Rooms whose names begin so need a token (smart chat-token). May be repeated.", HelpName = "prefix" };
    readonly Option<string?> page = new("--page") { Description = "The folder of the web page.", HelpName = "folder" };

    public ChatServerCommand(TimeProvider time) : base("chat-server", "Runs one of several servers that keep the same chat rooms.")
    {
        foreach (var option in (Option[])[listen, data, peers, interval, acknowledge, secret, closed, page]) Add(option);
        SetAction(async (parsed, cancel) => await new ChatServerHost(time).RunAsync(parsed.GetValue(listen)!, await OptionsAsync(parsed, cancel), cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart chat-server --listen 127.0.0.1:8701 --data ~/chat1 --peer http://127.0.0.1:8702",
        "smart chat-server --listen 127.0.0.1:8702 --data ~/chat2 --peer http://127.0.0.1:8701   # each asks the other",
        "curl -N 'http://127.0.0.1:8701/v1/rooms/lobby/read?history=10'                          # a room as server-sent events",
    ];

    async Task<ChatServerOptions> OptionsAsync(ParseResult parsed, CancellationToken cancel) => new()
    {
        Data = parsed.GetValue(data),
        Peers = [.. (parsed.GetValue(peers) ?? []).Select(Peer)],
        Interval = parsed.GetValue(interval) ?? TimeSpan.FromMilliseconds(300),
        Acknowledge = parsed.GetValue(acknowledge) ?? 0,
        Secret = parsed.GetValue(secret) is { } file ? await SecretAsync(file, cancel) : null,
        Private = [.. parsed.GetValue(closed) ?? []],
        Page = parsed.GetValue(page),
    };

    internal static async Task<string> SecretAsync(string file, CancellationToken cancel) =>
        System.Text.Encoding.UTF8.GetString(await InputFile.ReadAsync(file, MostSecretBytes, cancel)).Trim();

    static Uri Peer(string text) => Uri.TryCreate(text, UriKind.Absolute, out var peer) ? peer
        : throw new UsageException($"--peer '{text}' is not the address of a chat server: write http://HOST:PORT");
}
