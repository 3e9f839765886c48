using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>Asks each peer, again and again, for what it has.</summary>
internal sealed partial class PeerPull(
    RoomStore store, RoomTable rooms, PeerBoard board, ChatServerOptions options, TimeProvider time, ILogger<PeerPull> log) : BackgroundService
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            // Each question has its own limit, by the server's clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        await Task.WhenAll(options.Peers.Select((peer, i) => FollowAsync(new Peer(peer, client, store, rooms, board, i, options, time, log), stoppingToken)));
    }

    async Task FollowAsync(Peer peer, CancellationToken stop)
    {
        var failures = 0;
        var isAway = false;
        while (!stop.IsCancellationRequested)
        {
            var asks = peer.Asks;
            try
            {
                await peer.PullAsync(stop);
                if (failures > 0) Answers(peer.Address);
                (failures, isAway) = (0, false);
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                isAway = error is not StoreFailedException;
                if (failures++ == 0) Fails(peer.Address, error.Message);
                peer.Lost();
            }
            var pause = options.Interval;
            if (failures > 0)
            {
                pause = (pause > ShortestPause ? pause : ShortestPause) * (1 << Math.Min(failures - 1, 5));
                if (pause > LongestPause && pause > options.Interval) pause = LongestPause > options.Interval ? LongestPause : options.Interval;
            }
            if (pause == TimeSpan.Zero) continue;
            pause *= 0.75 + 0.5 * options.Random.NextDouble();
            // Who asks is there: one that has been started again is not left waiting. Not so where this server cannot keep what it is given; and
            // nobody is asked more often than when all is well, or two that fail would keep each other at it without a pause.
            var least = !isAway ? pause : options.Interval > TimeSpan.Zero ? options.Interval : ShortestPause;
            await Task.Delay(least < pause ? least : pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (least < pause) await asks.WaitAsync(pause - least, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Peer {peer} cannot be asked, and will be asked again: {reason}")]
    partial void Fails(Uri peer, string reason);

    [LoggerMessage(LogLevel.Information, "Peer {peer} answers again")]
    partial void Answers(Uri peer);
}
