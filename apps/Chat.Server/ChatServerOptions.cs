using System.Buffers;
using System.Collections.Immutable;

namespace SmartClients.Chat.Server;

/// <summary>Every knob of a chat server. Immutable; <see cref="Validate"/> checks them.</summary>
public sealed record ChatServerOptions
{
    /// <summary>The folder of the store; made where it is missing.</summary>
    public string? Data { get; init; }

    /// <summary>A Redis that all servers of the group share, as <c>host:port</c> with options of StackExchange.Redis; in place of
    /// <see cref="Data"/> and <see cref="Peers"/>.</summary>
    /// <value>The default is <see langword="null"/>: a store of the server's own.</value>
    public string? Redis { get; init; }

    /// <summary>What the keys in <see cref="Redis"/> begin with, so that several groups can share one.</summary>
    /// <value>The default is <c>chat</c>. 1 to 64 letters, digits, '-', '_', '.' and ':'.</value>
    public string RedisPrefix { get; init; } = DefaultPrefix;

    internal const string DefaultPrefix = "chat";

    static readonly SearchValues<char> PrefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:");

    /// <summary>What order readers see messages in, besides each sender's.</summary>
    /// <value>The default is <see cref="ChatOrder.Sender"/>. The other one needs <see cref="Redis"/>.</value>
    public ChatOrder Order { get; init; }

    /// <summary>The other servers that keep the same rooms: http or https, without a path.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<Uri> Peers { get; init; } = [];

    /// <summary>Between two questions to a peer for what it has. Zero: it is asked to answer as soon as it has something.</summary>
    /// <value>The default is 300 milliseconds, as in the paper. 0 to a minute.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How many peers must have a message before its writer is told that it is sent.</summary>
    /// <value>The default is 0: once it is on this server's disk. At most the number of peers.</value>
    public int Acknowledge { get; init; }

    /// <summary>What the servers of the group share and nobody else knows: peers show it to each other, and tokens are made with it.</summary>
    /// <value>The default is <see langword="null"/>: every room is public. At least 16 characters.</value>
    public string? Secret { get; init; }

    /// <summary>Rooms whose names begin so are entered with a token only.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> Private { get; init; } = [];

    /// <summary>Readers hear something at least this often, so that they notice when the server is gone. With many readers less often:
    /// <see cref="BeatsPerSecond"/>.</summary>
    /// <value>The default is 250 milliseconds. 20 milliseconds to 30 seconds.</value>
    public TimeSpan Beat { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most signs of life in a second, over all readers.</summary>
    /// <value>The default is 5,000. At least 1.</value>
    public int BeatsPerSecond { get; init; } = 5000;

    /// <summary>How long a reader may take to take what it is sent before it is shed.</summary>
    /// <value>The default is 10 seconds. 100 milliseconds to 10 minutes.</value>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request's body may take to come, and a peer's answer.</summary>
    /// <value>The default is 5 seconds. 10 milliseconds to 10 minutes.</value>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most readers at a time.</summary>
    /// <value>The default is 20,000. At least 1.</value>
    public int MostReaders { get; init; } = 20_000;

    /// <summary>The most readers at a time from one address. Behind a proxy all readers have the proxy's.</summary>
    /// <value>The default is 2,000. At least 1.</value>
    public int MostReadersPerAddress { get; init; } = 2000;

    /// <summary>The most rooms that posts may open. What peers have acknowledged is taken in any case.</summary>
    /// <value>The default is 10,000. At least 1.</value>
    public int MostRooms { get; init; } = 10_000;

    /// <summary>The most senders that posts may bring into one room. What peers have acknowledged is taken in any case.</summary>
    /// <value>The default is 10,000. 1 to 20,000.</value>
    public int MostSenders { get; init; } = 10_000;

    /// <summary>Messages that one sender may write in a second, over a while; five times as many at once.</summary>
    /// <value>The default is 10. 1 to 100,000.</value>
    public int MessagesPerSecond { get; init; } = 10;

    /// <summary>Messages that may come from one address in a second, over a while; five times as many at once.</summary>
    /// <value>The default is 200. 1 to 1,000,000.</value>
    public int MessagesPerSecondAndAddress { get; init; } = 200;

    /// <summary>The folder with the web page that is served at <c>/</c>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? Page { get; init; }

    /// <summary>The name that the page finds the servers by, such as <c>service://now-chat@KEY</c>; the page of a server without one asks that
    /// server for its peers.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? Service { get; init; }

    /// <summary>The directories that the page asks for the service's certificate, <c>http://HOST:PORT,http://HOST:PORT</c>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? Directories { get; init; }

    /// <summary>The source of chance; safe for concurrent use.</summary>
    /// <value>The default is the shared one of the platform.</value>
#pragma warning disable RS0030 // The one place where ambient chance enters.
    public Random Random { get; init; } = Random.Shared;
#pragma warning restore RS0030

    /// <summary>Checks every value.</summary>
    /// <exception cref="FormatException">A value is wrong; the message names it, and what to write.</exception>
    public void Validate()
    {
        if (Redis is null && string.IsNullOrWhiteSpace(Data)) throw new FormatException("There is no store: name a data folder, or a Redis.");
        if (Redis is not null && (Data is not null || Peers.Length > 0)) throw new FormatException("With Redis the server keeps nothing itself: leave the data folder and the peers out.");
        if (RedisPrefix is not { Length: > 0 and <= 64 } || RedisPrefix.AsSpan().IndexOfAnyExcept(PrefixCharacters) >= 0)
            throw new FormatException($"'{RedisPrefix}' is no prefix of Redis keys: write 1 to 64 letters, digits, '-', '_', '.' and ':', such as {DefaultPrefix}.");
        if (Redis is null && RedisPrefix != DefaultPrefix) throw new FormatException("A prefix of Redis keys needs a Redis: give one, or leave it out.");
        if (Order == ChatOrder.Total && Redis is null) throw new FormatException("One order for all needs a store that all servers share: give a Redis.");
        foreach (var peer in Peers)
            if (!peer.IsAbsoluteUri || peer.Scheme is not ("http" or "https") || peer.PathAndQuery != "/" || peer.Fragment.Length > 0 || peer.UserInfo.Length > 0)
                throw new FormatException($"'{peer.OriginalString}' is not the address of a chat server: write http://HOST:PORT");
        if (Secret is { Length: < 16 }) throw new FormatException("The group's secret is shorter than 16 characters: make one with 'openssl rand -base64 32'.");
        if (Private.Length > 0 && Secret is null) throw new FormatException("Rooms that are not public need the group's secret: tokens are made with it.");
        foreach (var prefix in Private)
            if (ChatRules.ProblemOfRoom(prefix) is not null)
                throw new FormatException($"No room's name begins with '{prefix}': write small letters, digits, '-', '_' and '.', such as team-");
        Between(Acknowledge, 0, Peers.Length, nameof(Acknowledge));
        Between(Interval.TotalSeconds, 0, 60, nameof(Interval));
        Between(Beat.TotalSeconds, 0.02, 30, nameof(Beat));
        Between(BeatsPerSecond, 1, int.MaxValue, nameof(BeatsPerSecond));
        Between(SendTimeout.TotalSeconds, 0.1, 600, nameof(SendTimeout));
        Between(BodyTimeout.TotalSeconds, 0.01, 600, nameof(BodyTimeout));
        Between(MostReaders, 1, int.MaxValue, nameof(MostReaders));
        Between(MostReadersPerAddress, 1, int.MaxValue, nameof(MostReadersPerAddress));
        Between(MostRooms, 1, int.MaxValue, nameof(MostRooms));
        Between(MostSenders, 1, 20_000, nameof(MostSenders));
        Between(MessagesPerSecond, 1, 100_000, nameof(MessagesPerSecond));
        Between(MessagesPerSecondAndAddress, 1, 1_000_000, nameof(MessagesPerSecondAndAddress));
    }

    static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most)) throw new FormatException(FormattableString.Invariant($"{name} is {value}: it must be from {least} to {most}."));
    }
}
