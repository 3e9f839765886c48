using SmartClients.Chat.Web.Browser;
using SmartClients.Chat.Web.Naming;
using SmartClients.Http;

namespace SmartClients.Chat.Web.Rooms;

/// <summary>A visit to a room: a director, the room on it, and what the page is told and the browser keeps of both.</summary>
internal sealed class Session : IAsyncDisposable
{
    // A phone's network needs longer than servers in one house.
    static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    readonly CancellationTokenSource stop = new();
    readonly FetchHandler fetch;
    readonly HttpMessageInvoker asking;
    readonly ServerStates states;
    readonly PageNames names;
    readonly Director director;
    readonly ChatRoom room;
    readonly History history;
    readonly TimeProvider time;
    Task running = Task.CompletedTask;
    bool saving;

    Session(JoinRequest asked, FetchHandler fetch, PageNames names, LocalState state, TimeProvider time)
    {
        (this.fetch, this.names, this.time) = (fetch, names, time);
        var source = names.Table.Open(asked.Service);
        var options = ServerStates.Asking(ChatService.Options with { State = state, StateName = asked.Service, Time = time });
        director = new Director(asked.Service, source, options.Following(source.Advice));
        asking = new HttpMessageInvoker(fetch, disposeHandler: false);
        states = new ServerStates(asking, asked.Scheme);
        history = new History($"chat:{asked.Service}:{asked.Room}:{asked.Slot}");
        room = ChatRoom.Join(director, asked.Room, new ChatRoomOptions
        {
            Name = asked.Name,
            Token = asked.Token,
            State = history.State,
            Scheme = asked.Scheme,
            AttemptTimeout = AttemptTimeout,
            Handler = fetch,
        });
    }

    /// <summary>Who one is there.</summary>
    public string Sender => room.Sender;

    /// <summary>Enters a room; what an earlier visit left is shown at once.</summary>
    public static async Task<Session> OpenAsync(JoinRequest asked, TimeProvider time)
    {
        var (fetch, state) = (new FetchHandler(), new LocalState());
        var names = await PageNames.OpenAsync(asked, fetch, state, time);
        var session = new Session(asked, fetch, names, state, time);
        session.Begin();
        return session;
    }

    void Begin()
    {
        var unsettled = room.Unsettled.ToDictionary(message => message.Id);
        foreach (var message in history.Messages) Show(message, unsettled.GetValueOrDefault(message.Id)?.State ?? MessageState.Everywhere);
        foreach (var message in room.Unsettled) Follow(message);
        states.Watch(director);
        running = Task.WhenAll(ReadAsync(), LookAsync());
    }

    /// <summary>Writes a line.</summary>
    /// <returns>Its identity.</returns>
    public string Send(string text)
    {
        var message = room.Send(text);
        Follow(message);
        return message.Id;
    }

    /// <summary>Keeps what another visit would go on with.</summary>
    public void Save() => history.Save(room.State);

    void Follow(OwnMessage message)
    {
        Tell(message);
        message.Changed += Tell;
    }

    void Tell(OwnMessage message)
    {
        Page.State(message.Id, message.Text, Word(message.State), message.Problem ?? "");
        _ = SaveSoonAsync();
    }

    void Show(ChatMessage message, MessageState state) =>
        Page.Message(message.Id, message.Sender, message.Name, message.Text, message.Written, message.Sender == room.Sender ? Word(state) : "");

    async Task ReadAsync()
    {
        long? lost = time.GetTimestamp();
        try
        {
            await foreach (var happened in room.EventsAsync(stop.Token))
                switch (happened)
                {
                    case MessageArrived { Message: var message }:
                        history.Add(message);
                        Show(message, room.Unsettled.FirstOrDefault(own => own.Id == message.Id)?.State ?? MessageState.Everywhere);
                        _ = SaveSoonAsync();
                        break;
                    case ServedBy { Server: var server, Moved: var moved, Older: var older }:
                        history.Begin(older);
                        Page.Served(server.Address, moved, lost is { } since ? time.GetElapsedTime(since).TotalMilliseconds : 0);
                        lost = null;
                        TellServers();
                        break;
                    case PeopleChanged { People: var people }:
                        Page.People(people.Count, [.. people.Names]);
                        break;
                    case Interrupted { Reason: var reason }:
                        lost ??= time.GetTimestamp();
                        Page.Interrupted(reason);
                        TellServers();
                        break;
                    case Ended { Reason: var reason }:
                        Page.Refused(reason);
                        break;
                }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The page has left the room.
        }
        catch (Exception error)
        {
            Page.Ended(error.Message);
        }
    }

    // What the director believes changes without an event.
    async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do TellServers();
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The page has left the room.
        }
    }

    void TellServers()
    {
        var members = director.IsReady ? director.Members : [];
        Page.Servers([.. members.Select(member => member.Endpoint.Address)], [.. members.Select(member => states.IsReady(member) ? "ready" : "away")]);
    }

    // Several changes at once are kept once.
    async Task SaveSoonAsync()
    {
        if (saving) return;
        saving = true;
        await Task.Delay(Settle, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        saving = false;
        Save();
    }

    static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    public async ValueTask DisposeAsync()
    {
        Save();
        await stop.CancelAsync();
        await room.DisposeAsync();
        await running;
        await director.DisposeAsync();
        await names.DisposeAsync();
        asking.Dispose();
        fetch.Dispose();
        stop.Dispose();
    }
}
