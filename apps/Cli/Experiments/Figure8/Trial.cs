using SmartClients.Cli.Experiments.Figure8.Crowd;
using SmartClients.Cli.Experiments.Figure8.Faults;
using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>One strike: new clients, a while of lines, the fault, another while, all mended, and everything compared.</summary>
internal sealed class Trial(ChatGroup group, Fault fault, int number, FailoverConditions conditions, Random random, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // About what a server takes for a line.
    static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(3);

    readonly List<(int Server, long At)> struck = [];

    // Every second one comes while a line is on its way; the others, at any time in between.
    bool WithLineOnItsWay => number % 2 == 0;

    public async Task<Strike> RunAsync(CancellationToken cancel)
    {
        var room = $"{fault.Name}-{number}";
        await using var client = new Client(group.Endpoints, room, "ada", time);
        await client.BeginAsync(cancel);
        var victim = group.NumberOf(client.Listener.Server);
        await using var other = new Client(group.Endpoints.Where((_, i) => i != victim), room, null, time);
        await other.BeginAsync(cancel);
        var hit = await WriteAsync(client, victim, cancel);
        await fault.MendAsync(group, victim, cancel);
        await UntilAsync(() => client.Written.All(line => line.Acknowledged is not null && client.Listener.Arrived(line.Message.Id) is not null && other.Listener.Arrived(line.Message.Id) is not null), cancel);
        return new Account(client, other.Listener, group, struck, time).Of(fault.Name, number) with { WithLineOnItsWay = WithLineOnItsWay, HitTheWriter = hit };
    }

    // Whether the writer was at the server that was struck.
    async Task<bool> WriteAsync(Client client, int victim, CancellationToken cancel)
    {
        var lines = (int)Math.Ceiling(conditions.Seconds * conditions.LinesPerS);
        var interval = TimeSpan.FromSeconds(1 / conditions.LinesPerS);
        var fate = Task.CompletedTask;
        var hit = false;
        using var timer = new PeriodicTimer(interval, time);
        for (var written = 0; written < lines || !fate.IsCompleted; written++)
        {
            client.Write();
            if (written == lines / 2)
            {
                await Task.Delay((WithLineOnItsWay ? OnItsWay : interval) * random.NextDouble(), time, cancel);
                hit = client.WritesTo == group.Endpoints[victim].Address;
                fate = fault.StrikeAsync(group, victim, server => struck.Add((server, time.GetTimestamp())), cancel);
            }
            await timer.WaitForNextTickAsync(cancel);
        }
        await fate;
        return hit;
    }

    // What does not come in time is no error here: the account says what is missing.
    async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (!condition() && time.GetElapsedTime(began) < Patience) await Task.Delay(Look, time, cancel);
    }
}
