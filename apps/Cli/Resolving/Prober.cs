using System.Net.Sockets;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Cli.Resolving;

/// <summary>Connects to each member once: whether somebody listens there, and how far away.</summary>
internal sealed class Prober(TimeProvider time, TimeSpan timeout)
{
    const int AtOnce = 64;

    public async Task<IReadOnlyList<MemberReport>> ProbeAsync(IReadOnlyList<ReplicaStatus> members, CancellationToken cancel)
    {
        var results = new (double? Ms, string? Error, long At)[members.Count];
        await Parallel.ForAsync(0, members.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (i, stop) => results[i] = await ConnectAsync(members[i].Endpoint, stop));
        return [.. members.Select((member, i) => MemberReport.Of(member) with
        {
            State = results[i].Error is null ? "up" : "down",
            LatencyMs = MemberReport.Rounded(results[i].Ms),
            EvidenceAgeS = MemberReport.Rounded(time.GetElapsedTime(results[i].At).TotalSeconds),
            Error = results[i].Error,
        })];
    }

    async Task<(double? Ms, string? Error, long At)> ConnectAsync(Endpoint endpoint, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var began = time.GetTimestamp();
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, either.Token);
            return (time.GetElapsedTime(began).TotalMilliseconds, null, time.GetTimestamp());
        }
        catch (SocketException error)
        {
            return (null, Classify.Exception(error).Reason ?? error.Message, time.GetTimestamp());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "no answer in time", time.GetTimestamp());
        }
    }
}
