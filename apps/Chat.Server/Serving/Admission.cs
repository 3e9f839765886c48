using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace SmartClients.Chat.Server.Serving;

/// <summary>Who may do what: rooms that are not public, how fast one may write, how many may read.</summary>
internal sealed class Admission(ChatServerOptions options, TimeProvider time) : IDisposable
{
    const int Burst = 5;

    readonly PartitionedRateLimiter<string> senders = Limiter<string>(options.MessagesPerSecond, StringComparer.Ordinal);
    readonly PartitionedRateLimiter<IPAddress> addresses = Limiter<IPAddress>(options.MessagesPerSecondAndAddress, EqualityComparer<IPAddress>.Default);

    readonly PartitionedRateLimiter<IPAddress> readers = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetConcurrencyLimiter(address, _ => new ConcurrencyLimiterOptions { PermitLimit = options.MostReadersPerAddress }));

    /// <summary>The room's name is one, and the token lets in.</summary>
    /// <exception cref="Refusal">It is none, or does not.</exception>
    public void Enter(string room, string? token)
    {
        if (ChatRules.ProblemOfRoom(room) is { } problem) throw Refusal.BadRequest(problem);
        if (!options.Private.Any(prefix => room.StartsWith(prefix, StringComparison.Ordinal))) return;
        if (token is null) throw new Refusal(StatusCodes.Status401Unauthorized, $"The room '{room}' is not public: a token is needed.");
        if (!RoomToken.IsGood(token, room, options.Secret!, time.GetUtcNow())) throw new Refusal(StatusCodes.Status403Forbidden, $"This token does not open the room '{room}', or no longer.");
    }

    /// <summary>So many more messages of a sender's, from an address.</summary>
    /// <exception cref="Refusal">It is too fast.</exception>
    public void Write(string sender, int count, IPAddress? address)
    {
        // More than a limiter ever gives at once would never be given.
        using var one = senders.AttemptAcquire(sender, Math.Min(count, Burst * options.MessagesPerSecond));
        using var all = addresses.AttemptAcquire(address ?? IPAddress.None, Math.Min(count, Burst * options.MessagesPerSecondAndAddress));
        if (!one.IsAcquired || !all.IsAcquired)
            throw new Refusal(StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"That is too fast: {options.MessagesPerSecond} messages a second."));
    }

    /// <summary>One more reader from an address, until what is returned is disposed of.</summary>
    /// <exception cref="Refusal">There are too many.</exception>
    public IDisposable Read(IPAddress? address)
    {
        var one = readers.AttemptAcquire(address ?? IPAddress.None);
        if (one.IsAcquired) return one;
        one.Dispose();
        throw new Refusal(StatusCodes.Status429TooManyRequests, $"{options.MostReadersPerAddress} readers come from your address already: end one of them first.");
    }

    /// <summary>Whether another server of the group asks.</summary>
    /// <exception cref="Refusal">It is somebody else.</exception>
    public void Peer(HttpContext context)
    {
        if (options.Secret is null) return;
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers[PeerHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(RoomToken.OfPeers(options.Secret))))
            throw new Refusal(StatusCodes.Status403Forbidden, "Only the servers of the group may ask this: they share a secret.");
    }

    public const string PeerHeader = "Chat-Peer";

    static PartitionedRateLimiter<T> Limiter<T>(int perSecond, IEqualityComparer<T> comparer) where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(
            key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * Burst,
                TokensPerPeriod = Math.Max(1, perSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, perSecond / 10) / (double)perSecond),
                QueueLimit = 0,
            }), comparer);

    public void Dispose()
    {
        senders.Dispose();
        addresses.Dispose();
        readers.Dispose();
    }
}
