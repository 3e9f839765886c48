using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.Directories.Storage;

namespace SmartClients.Directories.Peers;

/// <summary>Asks each peer, again and again, for what it has.</summary>
internal sealed partial class PeerPull(CertificateStore store, DirectoryOptions options, TimeProvider time, ILogger<PeerPull> log) : BackgroundService
{
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            // Each question has its own limit, by the directory's clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        await Task.WhenAll(options.Peers.Select(peer => FollowAsync(new Peer(peer, client, store, options.BodyTimeout, time, log), stoppingToken)));
    }

    async Task FollowAsync(Peer peer, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await peer.PullAsync(stop);
                if (failures > 0) Answers(peer.Address);
                failures = 0;
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                if (failures++ == 0) Fails(peer.Address, error.Message);
            }
            var pause = options.PullInterval * (1L << Math.Min(failures, 16));
            if (pause > LongestPause && failures > 0) pause = LongestPause > options.PullInterval ? LongestPause : options.PullInterval;
            await Task.Delay(pause * (0.75 + 0.5 * options.Random.NextDouble()), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Peer {peer} cannot be asked, and will be asked again: {reason}")]
    partial void Fails(Uri peer, string reason);

    [LoggerMessage(LogLevel.Information, "Peer {peer} answers again")]
    partial void Answers(Uri peer);
}
