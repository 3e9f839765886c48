using System.Collections.Concurrent;
using System.Text;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Directories;

/// <summary>Real directories, killed while they take publications in.</summary>
public sealed class CrashTests : IDisposable
{
    const int Kills = 6;
    const int Publishers = 8;
    const int AcknowledgedBeforeKill = 40;

    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    /// <summary>Everything that was ever sent, by name; and of each name the highest serial that was acknowledged.</summary>
    readonly ConcurrentDictionary<string, ConcurrentDictionary<string, long>> sent = [];
    readonly ConcurrentDictionary<string, long> acknowledged = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_every_kill_and_nothing_is_served_in_part()
    {
        var data = Path.Combine(folder.Path, "data");
        for (var kill = 0; kill < Kills; kill++)
        {
            await using (var directory = await DirectoryProcess.StartAsync(data))
            {
                await CheckAsync(directory);
                await PublishUntilKilledAsync(directory, kill);
            }
        }

        await using var last = await DirectoryProcess.StartAsync(data);
        await CheckAsync(last);
        Assert.True(acknowledged.Count >= Kills * AcknowledgedBeforeKill / 2);
    }

    [Fact]
    public async Task A_publication_to_two_is_safe_whichever_of_them_is_killed_and_a_lost_one_catches_up()
    {
        var ports = (FreePort.Find(), FreePort.Find());
        var folders = (Path.Combine(folder.Path, "1"), Path.Combine(folder.Path, "2"));
        await using var keeper = await DirectoryProcess.StartAsync(folders.Item1, ports.Item1, "--peer", $"http://127.0.0.1:{ports.Item2}");
        var other = await DirectoryProcess.StartAsync(folders.Item2, ports.Item2, "--peer", keeper.Address);
        for (var i = 0; i < 30; i++)
        {
            var certificate = Sign($"service-{i}", 1);
            // The other one dies in the middle of it all, and its disk with it.
            if (i == 15)
            {
                await other.Process.SignalAsync("KILL", Cancel);
                await other.DisposeAsync();
                Directory.Delete(folders.Item2, recursive: true);
            }
            if (await keeper.PutAsync(certificate) is 200 or 201) acknowledged[certificate.Certificate.Name] = 1;
            if (i < 15) await other.PutAsync(certificate);
        }

        await using var back = await DirectoryProcess.StartAsync(folders.Item2, ports.Item2, "--peer", keeper.Address);
        await Poll.UntilAsync(() => back.NamesAsync().GetAwaiter().GetResult().Count == 30, Cancel);
        await CheckAsync(back);
        Assert.Equal(30, acknowledged.Count);
        // What the newly filled one takes in now comes to the one that stayed.
        Assert.Equal(201, await back.PutAsync(Sign("late", 1)));
        await Poll.UntilAsync(() => keeper.GetAsync("late").GetAwaiter().GetResult() is not null, Cancel);
    }

    async Task PublishUntilKilledAsync(DirectoryProcess directory, int round)
    {
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(async publisher =>
        {
            for (var i = 0; ; i++)
            {
                // Names that are new, and names that are replaced again and again.
                var certificate = i % 2 == 0 ? Sign($"new-{round}-{publisher}-{i}", 1) : Sign($"old-{publisher}", 1000 * round + i);
                try
                {
                    if (await directory.PutAsync(certificate) is not (200 or 201)) throw new InvalidOperationException("It was refused.");
                }
                catch (HttpRequestException)
                {
                    return;
                }
                acknowledged.AddOrUpdate(certificate.Certificate.Name, certificate.Certificate.Serial, (_, known) => Math.Max(known, certificate.Certificate.Serial));
                if (Interlocked.Increment(ref count) == AcknowledgedBeforeKill) await directory.Process.SignalAsync("KILL", Cancel);
            }
        }));
    }

    /// <summary>All that was acknowledged is there, whole; whatever else is there was sent, and is whole; and the search knows them.</summary>
    async Task CheckAsync(DirectoryProcess directory)
    {
        foreach (var (name, serial) in acknowledged)
        {
            var document = await directory.GetAsync(name);
            Assert.NotNull(document);
            Assert.True(SignedCertificate.Read(document, name).Certificate.Serial >= serial, $"{name} has lost serial {serial}");
        }
        foreach (var name in await directory.NamesAsync())
            Assert.Contains(Encoding.UTF8.GetString((await directory.GetAsync(name))!), sent[name].Keys);
        foreach (var name in acknowledged.Keys.Take(20))
            Assert.Equal(name, (await directory.JsonAsync($"/v1/services?q={name}&limit=1")).GetProperty("results")[0].GetProperty("name").GetString());
    }

    SignedCertificate Sign(string name, long serial)
    {
        SignedCertificate certificate;
        lock (owner) certificate = owner.Sign(name, serial, c => c with { Title = $"Service {name}", Description = new string('d', 1500) });
        sent.GetOrAdd(name, _ => [])[Encoding.UTF8.GetString(certificate.Document.Span)] = serial;
        return certificate;
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
