using System.CommandLine;
using System.CommandLine.Parsing;
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
    readonly Option<string?> redis = new("--redis") { Description = "A Redis that all servers share, HOST:PORT, in place of --data and --peer.", HelpName = "address" };
    readonly Option<ChatOrder> order = new("--order")
    {
        Description = "sender: each sender's messages in order. total: all in one order, which needs --redis. Default: sender.",
        HelpName = "sender|total",
        CustomParser = result => Order(result),
    };
    readonly Option<string[]> peers = new("--peer") { Description = "Another server of the group, http://HOST:PORT. May be repeated.", HelpName = "url" };
    readonly Option<TimeSpan?> interval = Parameters.Duration(
        "--interval", "Between two questions to a peer; 0 hands on at once. Default: 300ms.", TimeSpan.Zero, TimeSpan.FromMinutes(1));
    readonly Option<int?> acknowledge = Parameters.Count("--acknowledge", "Peers that must have a message before it counts as sent. Default: 0.", null, 0, 100);
    readonly Option<string?> secret = new("--secret") { Description = "A file with what the group's servers share, and nobody else knows.", HelpName = "file" };
    readonly Option<string[]> closed = new("--private") { Description = "Rooms whose names begin so need a token (smart chat-token). May be repeated.", HelpName = "prefix" };
    readonly Option<string?> page = PublishedPage.Option();

    readonly Option<string?> prefix = new("--redis-prefix")
    {
        Description = $"What the keys in Redis begin with, so that groups can share one. Default: {new ChatServerOptions().RedisPrefix}.",
        HelpName = "prefix",
    };

    readonly ProxyParameter proxies = new();
    readonly ChatLimits limits = new();
    readonly ChatPublication publication = new();

    public ChatServerCommand(TimeProvider time) : base("chat-server", "Runs one of several servers that keep the same chat rooms.")
    {
        foreach (var option in (Option[])[listen, data, redis, prefix, order, peers, interval, acknowledge, secret, closed, page, proxies.Option, .. limits.Options, .. publication.Options]) Add(option);
        SetAction(async (parsed, cancel) =>
        {
            publication.Check(parsed, parsed.GetValue(listen)!);
            var options = await OptionsAsync(parsed, cancel);
            foreach (var peer in options.Peers)
                if (publication.IsSelf(parsed, parsed.GetValue(listen)!, peer)) throw new UsageException($"--peer '{peer.OriginalString}' is this server itself: name the others");
            return await new ChatServerHost(time).RunAsync(
                parsed.GetValue(listen)!, proxies.Read(parsed), options, (listening, stop) => publication.RunAsync(parsed, options, listening, time, stop), cancel);
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart chat-server --listen 127.0.0.1:8701 --data ~/chat1 --peer http://127.0.0.1:8702",
        "smart chat-server --listen 127.0.0.1:8702 --data ~/chat2 --peer http://127.0.0.1:8701   # each asks the other",
        "smart chat-server --listen 127.0.0.1:8703 --redis 127.0.0.1:6379 --order total         # any number of servers, one Redis",
        "curl -N 'http://127.0.0.1:8701/v1/rooms/lobby/read?history=10'                          # a room as server-sent events",
    ];

    async Task<ChatServerOptions> OptionsAsync(ParseResult parsed, CancellationToken cancel) => limits.In(new ChatServerOptions
    {
        Data = parsed.GetValue(data),
        Redis = parsed.GetValue(redis),
        RedisPrefix = parsed.GetValue(prefix) ?? new ChatServerOptions().RedisPrefix,
        Order = parsed.GetValue(order),
        Peers = [.. (parsed.GetValue(peers) ?? []).Select(Peer)],
        // Who waits for its peers wants them told at once.
        Interval = parsed.GetValue(interval) ?? (parsed.GetValue(acknowledge) > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(300)),
        Acknowledge = parsed.GetValue(acknowledge) ?? 0,
        Secret = parsed.GetValue(secret) is { } file ? await SecretAsync(file, cancel) : null,
        Private = [.. parsed.GetValue(closed) ?? []],
        Page = parsed.GetValue(page) ?? PublishedPage.Folder,
        Service = await publication.NameAsync(parsed, cancel),
        Directories = publication.Directories(parsed),
    }, parsed);

    internal static async Task<string> SecretAsync(string file, CancellationToken cancel) =>
        System.Text.Encoding.UTF8.GetString(await InputFile.ReadAsync(file, MostSecretBytes, cancel)).Trim();

    static ChatOrder Order(ArgumentResult result)
    {
        var text = result.Tokens is [{ Value: var value }] ? value : "";
        if (text is not ("sender" or "total")) result.AddError($"--order '{text}' is no order: write sender or total");
        return text == "total" ? ChatOrder.Total : ChatOrder.Sender;
    }

    static Uri Peer(string text) => Uri.TryCreate(text, UriKind.Absolute, out var peer) ? peer
        : throw new UsageException($"--peer '{text}' is not the address of a chat server: write http://HOST:PORT");
}
