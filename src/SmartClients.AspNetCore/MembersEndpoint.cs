using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SmartClients.Naming;

namespace SmartClients.AspNetCore;

/// <summary>Tells the group's members to who asks. A source is watched from the first question on, until the application stops.</summary>
internal sealed class MembersEndpoint(NameSource? source, ServiceState told, TimeProvider time, CancellationToken stopping)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    sealed record Written(MemberSet Set, byte[] Document, EntityTagHeaderValue Tag);

    readonly Lock gate = new();
    readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    MemberSet? current = source?.Immediate;
    Written? written;
    bool watching;

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        if (await MembersAsync(context.RequestAborted) is not { } set)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The group's members are not known here.\n", context.RequestAborted);
            return;
        }
        var answer = Write(set);
        await TypedResults.Bytes(answer.Document, "application/json", entityTag: answer.Tag).ExecuteAsync(context);
    }

    async ValueTask<MemberSet?> MembersAsync(CancellationToken aborted)
    {
        if (source is null) return told.Members;
        lock (gate)
        {
            if (!watching) _ = WatchAsync(source);
            watching = true;
        }
        if (Volatile.Read(ref current) is { } known) return known;
        await first.Task.WaitAsync(Patience, time, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Volatile.Read(ref current);
    }

    async Task WatchAsync(NameSource from)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var set in from.WatchAsync(time, stopping).ConfigureAwait(false))
                {
                    Volatile.Write(ref current, set);
                    first.TrySetResult();
                }
            }
            catch (Exception)
            {
                // The last known ones are told on.
            }
            await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    Written Write(MemberSet set)
    {
        if (Volatile.Read(ref written) is { } present && (ReferenceEquals(present.Set, set) || present.Set.Endpoints == set.Endpoints)) return present;
        var document = MembersDocument.Write(set.Endpoints);
        var made = new Written(set, document, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, 12))}\""));
        Volatile.Write(ref written, made);
        return made;
    }
}
