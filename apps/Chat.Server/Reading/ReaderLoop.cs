using System.Buffers;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Reading;

/// <summary>
/// One reader of one room. There is no queue for it: it has a place in the log and goes on from there as fast as it takes what it is
/// sent, so that a slow one costs no memory and holds nobody up.
/// </summary>
internal sealed class ReaderLoop(Room room, RoomStore store, PeerBoard peers, Pulse pulse, ReaderPipe pipe, ReadRequest request, Presence presence, TimeProvider time)
{
    const int Page = 200;
    const int MostAtOnce = 64 << 10;

    readonly string? sender = SenderKey.TryOf(request.Secret)?.Sender;
    // What the reader has and this server may send, or get yet; and how far the server was when the reader came, until it is as far.
    VersionVector? ahead;
    (VersionVector Head, long Last)? behind;
    long position;
    long everywhere;
    long own;
    int people = -1;
    long sentAt;

    public async Task RunAsync(CancellationToken cancel)
    {
        var (hello, first) = await BeginAsync(cancel);
        await SendAsync(Line.Encode(new Frame { Hello = hello }), cancel);
        await SendLinesAsync(first, cancel);
        while (true)
        {
            // Taken before looking, so that nothing can come in between.
            var signal = room.Signal;
            if (await StepAsync(cancel)) continue;
            await signal.WaitAsync(cancel);
        }
    }

    async ValueTask<(Hello, ReadOnlyMemory<Line>)> BeginAsync(CancellationToken cancel)
    {
        await room.LoadAsync(cancel);
        var (head, last) = await store.HeadAsync(room.Name, cancel);
        if (sender is not null) own = head[sender];
        VersionVector older;
        ReadOnlyMemory<Line> first = default;
        if (request.Have is { } have)
        {
            older = new VersionVector();
            // Nearly always: a reader comes from another server, and has what is here.
            position = have.Covers(head) ? last : await store.StartAsync(room.Name, have, cancel);
            // A vector may be long, and invented: only what the room knows of is kept of it. Of a sender that it learns of later a message may be
            // sent that the reader has, who drops it.
            have.Keep((sender, _) => head[sender] > 0);
            (ahead, behind) = (have, (head, last));
            CatchUp();
        }
        else
        {
            var entries = request.History == 0 ? [] : await store.LastAsync(room.Name, request.History, cancel);
            // What came between the two looks is sent as what it is: new.
            first = entries.Where(entry => entry.Position <= last).Select(entry => new Line(entry)).ToArray();
            older = Before(head, first.Span);
            position = last;
        }
        return (new Hello(store.Identity, room.Name, pulse.Next, older, store.IsShared, sender is null ? null : own), first);
    }

    // Once the reader is as far as the server was, what it has matters only of senders that another server was further with.
    void CatchUp()
    {
        if (behind is not { } began || position < began.Last) return;
        behind = null;
        ahead!.Keep((sender, to) => to > began.Head[sender]);
        if (ahead.Count == 0) ahead = null;
    }

    static VersionVector Before(VersionVector head, ReadOnlySpan<Line> lines)
    {
        Dictionary<string, long> first = [];
        foreach (var line in lines) first.TryAdd(line.Message.Sender, line.Message.Sequence);
        var before = new VersionVector();
        foreach (var (sender, last) in head.Senders)
            if ((first.TryGetValue(sender, out var sequence) ? sequence - 1 : last) is > 0 and var to) before.Advance(sender, to);
        return before;
    }

    /// <summary>Sends what there is to send now.</summary>
    /// <returns>Whether there may be more.</returns>
    async ValueTask<bool> StepAsync(CancellationToken cancel)
    {
        var window = room.Window!;
        if (position < window.Last)
        {
            var lines = window.After(position) ?? (await store.ReadAsync(room.Name, position, Page, cancel)).Select(entry => new Line(entry)).ToArray();
            await SendLinesAsync(lines, cancel);
            return true;
        }
        if (people != room.PeopleVersion && pulse.MayTellPeople(room, ref people))
        {
            await SendAsync(room.PeopleLine(peers), cancel);
            return true;
        }
        if (sender is not null && own > everywhere && Math.Min(own, peers.Everywhere(room.Name, sender)) is var upTo && upTo > everywhere)
        {
            everywhere = upTo;
            await SendAsync(Line.Encode(new Frame { Everywhere = upTo }), cancel);
            return true;
        }
        if (pulse.IsDue(sentAt)) await SendAsync(pulse.Beat, cancel);
        return false;
    }

    async ValueTask SendLinesAsync(ReadOnlyMemory<Line> lines, CancellationToken cancel)
    {
        for (var from = 0; from < lines.Length;)
        {
            // One line is sent as it is; several go together.
            var (to, bytes) = (from, 0);
            while (to < lines.Length && (to == from || bytes + lines.Span[to].Bytes.Length <= MostAtOnce)) bytes += lines.Span[to++].Bytes.Length;
            await SendLinesAsync(lines[from..to], bytes, cancel);
            position = Math.Max(position, lines.Span[to - 1].Position);
            CatchUp();
            if (sender is not null) NoteOwn(lines.Span[from..to]);
            from = to;
        }
    }

    void NoteOwn(ReadOnlySpan<Line> lines)
    {
        foreach (var line in lines)
            if (line.Message.Sender == sender) own = Math.Max(own, line.Message.Sequence);
    }

    async ValueTask SendLinesAsync(ReadOnlyMemory<Line> lines, int bytes, CancellationToken cancel)
    {
        if (lines.Length == 1 && ahead is null)
        {
            await SendAsync(lines.Span[0].Bytes, cancel);
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            var length = 0;
            foreach (var line in lines.Span)
            {
                // The reader comes from a server that was further with this sender.
                if (ahead is not null && line.Message.Sequence <= ahead[line.Message.Sender]) continue;
                line.Bytes.CopyTo(buffer, length);
                length += line.Bytes.Length;
            }
            if (length > 0) await SendAsync(buffer.AsMemory(0, length), cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    async ValueTask SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        sentAt = time.GetTimestamp();
        Volatile.Write(ref presence.SendingSince, sentAt);
        await pipe.SendAsync(lines, cancel);
        Volatile.Write(ref presence.SendingSince, 0);
    }
}
