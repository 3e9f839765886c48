using SmartClients.Chat.Checker.Crowd;
using SmartClients.Chat.Checker.Faults;
using SmartClients.Chat.Checker.Recording;
using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker;

/// <summary>A crowd writes and reads while servers are killed, frozen, cut off and restarted; then all is compared.</summary>
internal sealed class Check(Settings settings, TimeProvider time, Action<string> tell) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly Record record = new(time);
    readonly List<Director> directors = [];
    readonly SocketsHttpHandler handler = new() { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) };

    /// <returns>Whether every promise was kept.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await using var cluster = await ChatCluster.StartAsync(settings.Servers, settings.Redis, cancel);
        List<ReaderInCrowd> readers = [];
        List<WriterInCrowd> writers = [];
        var misfortune = new Misfortune(cluster, new Random(settings.Seed), time);
        try
        {
            var everywhere = "list:" + string.Join(',', cluster.Addresses);
            for (var i = 0; i < settings.Readers; i++)
                readers.Add(new ReaderInCrowd(Director(everywhere), handler, record.Reader("reader " + i), i % 4 == 3 ? ChatTransport.EventStream : ChatTransport.WebSocket, fromTheStart: false));
            await Task.WhenAll(readers.Select(reader => reader.Joined)).WaitAsync(Patience, time, cancel);
            tell($"{settings.Readers} readers have joined");
            for (var i = 0; i < settings.Writers; i++) writers.Add(new WriterInCrowd("writer " + i, Director(everywhere), handler, record, time, new Random(settings.Seed + i)));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            end.CancelAfter(TimeSpan.FromSeconds(settings.Seconds));
            await Task.WhenAll([misfortune.RunAsync(tell, end.Token, cancel), .. writers.Select(writer => writer.WriteAsync(TimeSpan.FromSeconds(1 / settings.Rate), end.Token))]);
            cancel.ThrowIfCancellationRequested();
            tell("all is mended; waiting for what is on its way");
            await UntilAsync(() => writers.TrueForAll(writer => writer.SettledAsync().IsCompleted), cancel);
            await UntilAsync(() => readers.TrueForAll(reader => record.HasAll(reader.Record)), cancel);
            var audits = cluster.Addresses.Select(address => new ReaderInCrowd(Director("list:" + address), handler, record.Audit("the log of " + address), ChatTransport.WebSocket, fromTheStart: true)).ToList();
            await UntilAsync(() => audits.TrueForAll(audit => record.HasAll(audit.Record)), cancel);
            foreach (var audit in audits) await audit.DisposeAsync();
        }
        finally
        {
            foreach (var writer in writers) await writer.DisposeAsync();
            foreach (var reader in readers) await reader.DisposeAsync();
            foreach (var director in directors) await director.DisposeAsync();
        }
        return Report(misfortune, readers, cluster);
    }

    bool Report(Misfortune misfortune, List<ReaderInCrowd> readers, ChatCluster cluster)
    {
        var violations = record.Judge();
        foreach (var ended in readers.Where(reader => reader.Ended is not null)) Console.Out.WriteLine($"{ended.Record.Name} was sent away: {ended.Ended}");
        foreach (var violation in violations.Take(20)) Console.Out.WriteLine($"{violation.Kind}: {violation.What}");
        if (violations.Count > 0 && cluster.Errors.Length > 0) Console.Error.WriteLine(cluster.Errors);
        Console.Out.WriteLine(FormattableString.Invariant(
            $"store={(settings.Redis ? "redis" : "sqlite")} seed={settings.Seed} messages={record.Count} acknowledged={record.Acknowledged} delivered={record.Delivered} moves={readers.Sum(reader => reader.Moves)} longest_wait_ms={record.LongestWait.TotalMilliseconds:0} faults=[{misfortune.Tally}] violations={violations.Count}"));
        return violations.Count == 0 && record.Acknowledged > 0;
    }

    public void Dispose() => handler.Dispose();

    Director Director(string name)
    {
        var director = SmartClients.Director.For(name, ChatService.Options with { EjectionTime = TimeSpan.FromMilliseconds(500), MaxEjectionTime = TimeSpan.FromSeconds(2) });
        directors.Add(director);
        return director;
    }

    // What does not come in time is no error here: the verdict says what is missing.
    async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (!condition() && time.GetElapsedTime(began) < Patience) await Task.Delay(Step, time, cancel);
    }
}
