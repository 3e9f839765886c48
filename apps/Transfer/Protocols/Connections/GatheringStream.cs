using System.Net.Sockets;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>
/// A connection by which files come. Every packet would wake the processor and bring next to nothing: so a read of much waits until as
/// much is there as comes in a few milliseconds. The kernel counts it (SO_RCVLOWAT), and makes the window large enough for it.
/// </summary>
/// <remarks>Whoever reads much must be promised as much, or the end of the connection: else what has come is handed on a moment late.</remarks>
internal sealed class GatheringStream(Socket socket, TimeProvider time) : NetworkStream(socket, ownsSocket: true)
{
    // Smaller reads are for headers, for records of TLS, and for last bytes.
    const int Much = 32 << 10;
    const int Fewest = 4 << 10;
    const int Most = 256 << 10;

    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(8);
    static readonly TimeSpan ShortestMeasured = TimeSpan.FromMilliseconds(2);
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    readonly Lock gate = new();
    ITimer? watch;
    bool closed;
    int reads;
    int readsSeen;
    int wakesAt = 1;
    int worth = 1;
    long measuredSince;
    long measured;

    /// <summary>Whether this system can. Elsewhere this is a stream like any other.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsSupported) return base.ReadAsync(buffer, cancellationToken);
        if (buffer.Length >= Much) return GatherAsync(buffer, cancellationToken);
        WakeAt(1);
        return base.ReadAsync(buffer, cancellationToken);
    }

    async ValueTask<int> GatherAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        WakeAt(Math.Min(worth, buffer.Length));
        var read = await base.ReadAsync(buffer, cancel).ConfigureAwait(false);
        Measure(read);
        return read;
    }

    void Measure(int read)
    {
        measured += read;
        var elapsed = time.GetElapsedTime(measuredSince);
        if (elapsed < ShortestMeasured) return;
        var inAMoment = measured * (Moment / elapsed);
        worth = inAMoment < Fewest ? 1 : (int)Math.Min(Most, inAMoment);
        (measuredSince, measured) = (time.GetTimestamp(), 0);
    }

    void WakeAt(int bytes)
    {
        lock (gate)
        {
            reads++;
            if (bytes == wakesAt || closed) return;
            Tell(bytes);
            if (bytes == 1) watch?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            else if (watch is null) watch = time.CreateTimer(static stream => ((GatheringStream)stream!).Look(), this, LongestWait, LongestWait);
            else watch.Change(LongestWait, LongestWait);
        }
    }

    // The source has become slow, or stands still: what is there is enough.
    void Look()
    {
        lock (gate)
        {
            if (reads == readsSeen && wakesAt > 1 && !closed)
            {
                Tell(1);
                watch?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            readsSeen = reads;
        }
    }

    void Tell(int bytes)
    {
        Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReceiveLowWater, bytes);
        wakesAt = bytes;
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
        {
            closed = true;
            watch?.Dispose();
        }
        base.Dispose(disposing);
    }
}
