using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Serving;

/// <summary>What one client, and all of them together, may ask of the server.</summary>
internal static class Limits
{
    const int Burst = 10;
    const int PublicationsShare = 4;

    public static void OnConnections(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = SignedCertificate.MostBytes;
        server.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        server.Limits.MaxConcurrentConnections = 2000;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // The time limit on bodies is Body's, which answers; the server's own rate would cut the connection without a word.
        server.Limits.MinRequestBodyDataRate = null;
    }

    public static void OnRequests(RateLimiterOptions limiter, DirectoryOptions options)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => IsPublication(context)
                ? RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => Publications(options))
                : RateLimitPartition.GetNoLimiter(IPAddress.None)),
            PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path == "/healthz"
                ? RateLimitPartition.GetNoLimiter("health")
                // Apart from each other: publications that drip in must not keep anybody from reading.
                : IsPublication(context) ? AtOnce("publications", Math.Max(1, options.MostAtOnce / PublicationsShare))
                : AtOnce("readings", options.MostAtOnce)));
        limiter.OnRejected = static (rejected, _) =>
        {
            var context = rejected.HttpContext;
            var busy = IsPublication(context) && rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan _);
            context.Response.Headers.RetryAfter = "1";
            return new ValueTask((busy
                ? new Refusal(StatusCodes.Status429TooManyRequests, "This address publishes too fast: go on more slowly.")
                : new Refusal(StatusCodes.Status503ServiceUnavailable, "The directory has more to do than it can: ask another one, or again in a second.")).WriteAsync(context));
        };
    }

    static RateLimitPartition<string> AtOnce(string what, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(what, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = most });

    static bool IsPublication(HttpContext context) => HttpMethods.IsPut(context.Request.Method);

    static TokenBucketRateLimiterOptions Publications(DirectoryOptions options) => new()
    {
        TokenLimit = options.PublicationsPerSecond * Burst,
        TokensPerPeriod = options.PublicationsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };
}
