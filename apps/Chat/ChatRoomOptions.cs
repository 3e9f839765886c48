namespace SmartClients.Chat;

/// <summary>How a room is joined. Immutable.</summary>
public sealed record ChatRoomOptions
{
    /// <summary>What the writer calls itself; nobody is seen among the people without.</summary>
    /// <value>The default is <see langword="null"/>: one who only reads.</value>
    public string? Name { get; init; }

    /// <summary>How many of the last messages are wanted on joining.</summary>
    /// <value>The default is 50. 0 to 1,000.</value>
    public int History { get; init; } = 50;

    /// <summary>Whether the room is read. One that only writes gets no events.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Read { get; init; } = true;

    /// <summary>Where the room is not public: what lets one in.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Token { get; init; }

    /// <summary>What an earlier process kept (<see cref="ChatRoom.State"/>): it goes on where that ended, as the same sender.</summary>
    /// <value>The default is <see langword="null"/>: a new sender.</value>
    public ChatState? State { get; init; }

    /// <summary>How the room is read.</summary>
    /// <value>The default is <see cref="ChatTransport.WebSocket"/>.</value>
    public ChatTransport Transport { get; init; }

    /// <summary>How servers are spoken to: <c>http</c> or <c>https</c>.</summary>
    /// <value>The default is <c>http</c>.</value>
    public string Scheme { get; init; } = "http";

    /// <summary>How long a server may take to let a reader in, and to answer a post.</summary>
    /// <value>The default is 700 milliseconds. 10 milliseconds to a minute.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long to wait before the servers are all asked again, when none could be reached: at most. It begins with a tenth.</summary>
    /// <value>The default is 2 seconds. 10 milliseconds to a minute.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Who sends the posts and opens event streams; it is not disposed of.</summary>
    /// <value>The default is one of the room's own.</value>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Who opens WebSockets; it is not disposed of.</summary>
    /// <value>The default is one of the process.</value>
    internal HttpMessageHandler? SocketHandler { get; init; }

    /// <summary>The source of chance; safe for concurrent use.</summary>
    /// <value>The default is the shared one of the platform.</value>
#pragma warning disable RS0030 // The one place where ambient chance enters.
    public Random Random { get; init; } = Random.Shared;
#pragma warning restore RS0030

    internal void Validate()
    {
        if (Name is not null && ChatRules.ProblemOfName(Name) is { } problem) throw new FormatException(problem);
        if (Scheme is not ("http" or "https")) throw new FormatException($"The scheme is '{Scheme}': write http or https.");
        if (History is < 0 or > 1000) throw new FormatException($"History is {History}: it must be from 0 to 1000.");
        Between(AttemptTimeout, nameof(AttemptTimeout));
        Between(LongestPause, nameof(LongestPause));
    }

    static void Between(TimeSpan value, string name)
    {
        if (value < TimeSpan.FromMilliseconds(10) || value > TimeSpan.FromMinutes(1)) throw new FormatException($"{name} is {value}: it must be from 10 milliseconds to a minute.");
    }
}
