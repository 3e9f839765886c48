using System.Threading.Channels;
using SmartClients.Chat.Reading;
using SmartClients.Chat.Rehearsing;
using SmartClients.Chat.Writing;
using SmartClients.Http;
using SmartClients.Http.Rehearsing;
using SmartClients.Naming;

namespace SmartClients.Chat;

/// <summary>
/// A room that one is in: what is written there comes exactly once, each sender's messages in order, whichever of its servers die; what
/// one writes oneself is sent until a server has it, and written once. Safe for concurrent use.
/// </summary>
public sealed class ChatRoom : IAsyncDisposable
{
    const int MostWaiting = 1024;

    readonly CancellationTokenSource stop = new();
    readonly Channel<RoomEvent> events = Channel.CreateBounded<RoomEvent>(new BoundedChannelOptions(MostWaiting) { SingleWriter = true, SingleReader = true });
    readonly HttpClient posts;
    readonly HttpClient streams;
    readonly Outbox outbox;
    readonly Reader reader;
    readonly Writer writer;
    readonly SenderKey key;
    readonly ChatRoomOptions options;
    Task running = Task.CompletedTask;

    ChatRoom(Director director, string room, ChatRoomOptions options)
    {
        (Room, this.options) = (room, options);
        key = options.State is { } state ? SenderKey.Of(state.Secret) : SenderKey.Create();
        var handler = options.Handler ?? Handlers.New();
        posts = new HttpClient(new SmartHandler(director, new SmartHandlerOptions { Scheme = options.Scheme }, handler), disposeHandler: options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        streams = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        outbox = new Outbox(options.State);
        reader = new Reader(director, streams, room, key, options, Pauses()) { Everywhere = outbox.Everywhere, ServerHas = outbox.ServerHas };
        writer = new Writer(outbox, new Poster(posts, room, key, options, director.Time), Pauses());

        Pauses Pauses() => new(options.LongestPause, director.Time, options.Random);
    }

    /// <summary>The room's name.</summary>
    public string Room { get; }

    /// <summary>Who one is there: the <see cref="ChatMessage.Sender"/> of one's own messages.</summary>
    public string Sender => key.Sender;

    /// <summary>Enters a room; returns at once, and the events tell when a server has let one in.</summary>
    /// <param name="director">Of the chat service; see <see cref="ChatService"/>. It outlives the room.</param>
    /// <param name="room">The room's name (<see cref="ChatRules.ProblemOfRoom"/>).</param>
    /// <param name="options">How; the defaults when left out.</param>
    /// <exception cref="FormatException">The room's name or an option is wrong; the message says how.</exception>
    public static ChatRoom Join(Director director, string room, ChatRoomOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(director);
        options ??= new ChatRoomOptions();
        options.Validate();
        if (ChatRules.ProblemOfRoom(room) is { } problem) throw new FormatException(problem);
        var joined = new ChatRoom(director, room, options);
        if (Rehearsed.IsOfUse) MoveRehearsal.Once.Soon();
        joined.running = Task.WhenAll(joined.ReadAsync(), joined.WriteAsync());
        return joined;
    }

    /// <summary>Writes a line; returns at once, and the message tells how far it got.</summary>
    /// <exception cref="FormatException">It is empty, too long, or holds what no message may.</exception>
    /// <exception cref="InvalidOperationException">One has no name here, or too many messages wait already.</exception>
    public OwnMessage Send(string text)
    {
        if (options.Name is null) throw new InvalidOperationException("Who writes needs a name: join with ChatRoomOptions.Name.");
        if (ChatRules.ProblemOfText(text) is { } problem) throw new FormatException(problem);
        return outbox.Add(text);
    }

    /// <summary>One's own messages that are not known to be everywhere, in order; those of an earlier process among them.</summary>
    public IReadOnlyList<OwnMessage> Unsettled => outbox.Unsettled;

    /// <summary>What happens in the room. To be read by one reader, and read on: who does not read is at last not told any more by the
    /// server either. Ends with the room.</summary>
    public IAsyncEnumerable<RoomEvent> EventsAsync(CancellationToken cancel = default) => events.Reader.ReadAllAsync(cancel);

    /// <summary>What another process would go on with (<see cref="ChatRoomOptions.State"/>); it holds the sender's secret.</summary>
    public ChatState State
    {
        get
        {
            var (next, unsettled) = outbox.State;
            return new ChatState { Secret = key.Secret, Next = next, Unsettled = unsettled, Have = reader.Have };
        }
    }

    async Task ReadAsync()
    {
        if (!options.Read) return;
        try
        {
            await reader.RunAsync(events.Writer, stop.Token).ConfigureAwait(false);
            events.Writer.TryComplete();
        }
        catch (Exception error)
        {
            events.Writer.TryComplete(stop.IsCancellationRequested ? null : error);
        }
    }

    async Task WriteAsync()
    {
        try
        {
            await writer.RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was not sent stays so; State tells.
            events.Writer.TryComplete();
        }
        catch (Exception error)
        {
            // Nothing is sent any more, as when the director was disposed of: a room that went on showing lines would hide that.
            events.Writer.TryComplete(error);
        }
    }

    /// <summary>Leaves the room. What is still on its way may arrive or not.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        posts.Dispose();
        streams.Dispose();
        stop.Dispose();
    }
}
