using System.Collections.Immutable;
using System.Globalization;
using SmartClients.Chat;
using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Figure8.Crowd;

/// <summary>Somebody in a room, as <c>smart chat</c> is: a director, a reader and a writer over it.</summary>
internal sealed class Client : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Director director;
    readonly ChatRoom room;
    readonly PostsHandler posts = new();
    readonly TimeProvider time;
    readonly List<Written> written = [];

    public Client(IEnumerable<Endpoint> servers, string room, string? name, TimeProvider time)
    {
        this.time = time;
        director = Director.For("list:" + string.Join(',', servers.Select(server => server.Address)), ChatService.Options with { Time = time });
        this.room = ChatRoom.Join(director, room, new ChatRoomOptions { Name = name, History = 0, Handler = posts });
        Listener = new Listener(this.room, time);
    }

    public Listener Listener { get; }

    /// <summary>Who took the last line that was taken.</summary>
    public string? WritesTo => posts.Last;

    /// <summary>What it has written so far.</summary>
    public ImmutableArray<Written> Written
    {
        get
        {
            lock (written) return [.. written];
        }
    }

    public Task BeginAsync(CancellationToken cancel) => Listener.BeginAsync(Patience, cancel);

    /// <summary>Writes a line, without waiting for anything.</summary>
    public void Write()
    {
        lock (written)
        {
            var at = time.GetTimestamp();
            written.Add(new Written(room.Send("line " + (written.Count + 1).ToString(CultureInfo.InvariantCulture)), at, time));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        await director.DisposeAsync();
        posts.Dispose();
    }
}
