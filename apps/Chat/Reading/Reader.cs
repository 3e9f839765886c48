using System.Threading.Channels;
using SmartClients.Chat.Wire;
using SmartClients.Naming;

namespace SmartClients.Chat.Reading;

/// <summary>Reads a room from whichever server serves it, and goes on at another from where it was when that one fails.</summary>
internal sealed class Reader(Director director, HttpMessageInvoker client, string room, SenderKey key, ChatRoomOptions options, Pauses pauses)
{
    // A beat may come late, by a server's short pause or a network's.
    static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    readonly Deliveries deliveries = new(options.State?.Have);
    Endpoint? left;

    public VersionVector? Have => deliveries.Have;

    /// <summary>All of one's own messages up to here are everywhere.</summary>
    public required Action<long> Everywhere { get; init; }

    /// <summary>The server that serves from now on has one's own messages up to here.</summary>
    public required Action<long> ServerHas { get; init; }

    /// <summary>Goes on until it is told to stop, or nobody lets it in.</summary>
    public async Task RunAsync(ChannelWriter<RoomEvent> events, CancellationToken stop)
    {
        var served = options.State?.Have is not null;
        while (true)
        {
            string reason;
            try
            {
                await using var stream = await OpenAsync(stop).ConfigureAwait(false);
                pauses.Over();
                deliveries.Begin(stream.Hello.Have);
                if (stream.Hello.Own is { } own) ServerHas(own);
                await events.WriteAsync(new ServedBy(stream.Server, served) { Older = stream.Hello.Have }, stop).ConfigureAwait(false);
                (served, left) = (true, stream.Server);
                reason = $"{stream.Server}: {await FollowAsync(stream, events, stop).ConfigureAwait(false)}";
                await events.WriteAsync(new Interrupted(reason), stop).ConfigureAwait(false);
            }
            catch (JoinRefusedException error)
            {
                await events.WriteAsync(new Ended(error.Message), stop).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                left = null;
                await events.WriteAsync(new Interrupted(error.Message), stop).ConfigureAwait(false);
                await pauses.WaitAsync(TimeSpan.Zero, stop).ConfigureAwait(false);
            }
        }
    }

    ValueTask<RoomStream> OpenAsync(CancellationToken stop)
    {
        var have = deliveries.Have;
        var request = new ReadRequest { Have = have, History = have is null ? options.History : 0, Name = options.Name, Secret = options.Name is null ? null : key.Secret, Token = options.Token };
        // Not at once where it has just failed, unless nobody else is there: that is found out by the pause.
        var without = left;
        var allowed = new RequestOptions
        {
            AttemptTimeout = options.AttemptTimeout,
            LeaveOut = without is null ? null : endpoint => endpoint.Equals(without),
        };
        return director.SendAsync<OpenStream, RoomStream>(new OpenStream(director, client, room, options, request), allowed, stop);
    }

    // Returns why it has ended.
    async Task<string> FollowAsync(RoomStream stream, ChannelWriter<RoomEvent> events, CancellationToken stop)
    {
        var beat = TimeSpan.FromMilliseconds(stream.Hello.Beat);
        while (true)
        {
            using var silent = new CancellationTokenSource(2 * beat + Grace, director.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, stop);
            try
            {
                var frame = await stream.NextAsync(either.Token).ConfigureAwait(false);
                if (frame is null) return "it has ended the connection";
                if (frame.Bye is { } bye) return bye.Final ? throw new JoinRefusedException(bye.Reason) : bye.Reason;
                if (frame.Beat is > 0 and <= 60_000 and { } next) beat = TimeSpan.FromMilliseconds(next);
                if (await TakeAsync(frame).ConfigureAwait(false) is { } happened) await events.WriteAsync(happened, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException error) when (silent.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                stream.Failed("silent", error);
                return "it is silent";
            }
            catch (Exception error) when (error is not JoinRefusedException && !stop.IsCancellationRequested)
            {
                stream.Failed(error.Message, error);
                return error.Message;
            }
        }
    }

    ValueTask<RoomEvent?> TakeAsync(Frame frame)
    {
        if (frame.Everywhere is { } upTo) Everywhere(upTo);
        if (frame.People is { Names: not null } people) return new(new PeopleChanged(people));
        if (frame.Message is not { } message) return default;
        if (ChatRules.ProblemOf(message) is { } problem) throw new InvalidDataException("it sent a message that is none: " + problem);
        return new(deliveries.Take(message) ? new MessageArrived(message) : null);
    }
}
