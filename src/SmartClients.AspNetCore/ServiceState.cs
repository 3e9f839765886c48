using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace SmartClients.AspNetCore;

/// <summary>
/// Whether this replica is leaving, and whether the group has changed: what replies tell clients beside the load. A singleton of the
/// service provider; safe for concurrent use.
/// </summary>
public sealed class ServiceState : IDisposable
{
    static readonly TimeSpan Usually = TimeSpan.FromSeconds(10);

    readonly TimeProvider time;
    readonly CancellationTokenSource leaving = new();
    readonly CancellationTokenRegistration stopping;
    long changedUntil;
    string? members;

    /// <summary>The replica leaves by itself when the application stops.</summary>
    public ServiceState(TimeProvider time, IHostApplicationLifetime lifetime)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        this.time = time;
        LeavingToken = leaving.Token;
        stopping = lifetime.ApplicationStopping.Register(Leave);
    }

    /// <summary>Whether the replica is leaving.</summary>
    public bool IsLeaving => leaving.IsCancellationRequested;

    /// <summary>Cancelled once the replica is leaving.</summary>
    public CancellationToken LeavingToken { get; }

    /// <summary>From now on every reply says that the replica is leaving. It cannot be taken back.</summary>
    public void Leave() => leaving.Cancel();

    /// <summary>The group has changed: replies tell clients to ask their source again.</summary>
    /// <param name="tell">For how long replies say so; 10 seconds when left out. Zero ends it at once.</param>
    /// <param name="members">All members now, as <c>host:port</c>, for clients that take them from replies; nobody when left out.</param>
    /// <exception cref="FormatException">A member cannot be read.</exception>
    public void GroupChanged(TimeSpan? tell = null, IEnumerable<string>? members = null)
    {
        var all = members is null ? null : string.Join(", ", members);
        if (all is not null) _ = StaticNames.Parse(all);
        Volatile.Write(ref this.members, all);
        Volatile.Write(ref changedUntil, (time.GetUtcNow() + (tell ?? Usually)).UtcTicks);
    }

    /// <summary>The members last told with <see cref="GroupChanged"/>; <see langword="null"/> where it told none.</summary>
    internal MemberSet? Members => Volatile.Read(ref members) is { } all ? StaticNames.Parse(all).Immediate : null;

    bool TellsOfChange => Volatile.Read(ref changedUntil) is not 0 and var until && time.GetUtcNow().UtcTicks < until;

    /// <summary>Adds what there is to say to a reply that has not begun.</summary>
    internal void WriteTo(HttpResponse response)
    {
        if (TellsOfChange)
        {
            response.Headers[Wire.ServiceGroup] = Wire.Changed;
            if (Volatile.Read(ref members) is { } all) response.Headers[Wire.ServiceMembers] = all;
        }
        if (!IsLeaving) return;
        response.Headers[Wire.ServiceState] = Wire.Leaving;
        // HTTP/2 says the same with GOAWAY when the server stops; a connection that changed its protocol lives on.
        if (HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol) && response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            response.Headers.Connection = "close";
    }

    /// <summary>Ends with the service provider.</summary>
    public void Dispose()
    {
        // A host that could not start says that it stops after it has disposed what it had.
        stopping.Dispose();
        leaving.Dispose();
    }
}
