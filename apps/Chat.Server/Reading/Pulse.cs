using Microsoft.Extensions.Hosting;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Reading;

/// <summary>The one timer of all readers: wakes them so that they send a sign of life, and sheds those that take nothing.</summary>
internal sealed class Pulse(RoomTable rooms, ChatServerOptions options, TimeProvider time) : BackgroundService
{
    // People of a full room are told of less often: each telling goes to each of them.
    const int PeopleTellingsPerSecond = 2000;

    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    TimeSpan interval = options.Beat;
    byte[] beat = Line.Encode(new Frame { Beat = Milliseconds(options.Beat) });
    long peopleAt;
    long lookedAt;
    bool tellsPeople = true;

    /// <summary>In how many milliseconds the next sign of life comes, at most.</summary>
    public int Next => Milliseconds(interval);

    /// <summary>A sign of life, as a line.</summary>
    public ReadOnlyMemory<byte> Beat => Volatile.Read(ref beat);

    /// <summary>Whether a reader that was last sent something then is due for a sign of life.</summary>
    public bool IsDue(long sentAt) => time.GetElapsedTime(sentAt) >= interval / 2;

    /// <summary>Whether a reader that knows of an older version is told of the people now.</summary>
    public bool MayTellPeople(Room room, ref int version)
    {
        if (!tellsPeople && version != -1) return false;
        version = room.PeopleVersion;
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var readers = rooms.Readers;
            var next = TimeSpan.FromSeconds(Math.Min(30, Math.Max(options.Beat.TotalSeconds, (double)readers / options.BeatsPerSecond)));
            if (next != interval)
            {
                interval = next;
                Volatile.Write(ref beat, Line.Encode(new Frame { Beat = Milliseconds(next) }));
            }
            tellsPeople = time.GetElapsedTime(peopleAt) >= TimeSpan.FromSeconds((double)readers / PeopleTellingsPerSecond);
            if (tellsPeople) peopleAt = time.GetTimestamp();
            if (time.GetElapsedTime(lookedAt) >= LookAgain)
            {
                lookedAt = time.GetTimestamp();
                rooms.LookAgain();
            }
            foreach (var room in rooms.All)
            {
                Shed(room);
                room.Wake();
            }
            await Task.Delay(interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Shed(Room room)
    {
        foreach (var reader in room.Here)
            if (Volatile.Read(ref reader.SendingSince) is not 0 and var since && time.GetElapsedTime(since) > options.SendTimeout) reader.Shed.Cancel();
    }

    static int Milliseconds(TimeSpan span) => (int)Math.Ceiling(span.TotalMilliseconds);
}
