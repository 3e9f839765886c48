using System.Diagnostics;
using System.Globalization;
using System.Net;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;
using SmartClients.Naming.Certificates;

namespace SmartClients.Benchmarks.Directories;

/// <summary>A directory with many certificates: how long publications, look-ups and searches take, what it holds in memory and on disk,
/// and how soon an empty one has caught up.</summary>
static class DirectoriesExperiment
{
    static readonly string[] Words = ["quotes", "weather", "news", "maps", "mail", "chat", "music", "films", "books", "trains", "flights", "shops", "banks", "schools", "sports", "games"];

    public static async Task RunAsync(Arguments arguments)
    {
        var (count, queries) = (arguments.Count("count", 10_000), arguments.Count("queries", 2_000));
        var folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
        try
        {
            using var directory = await ServerProcess.StartAsync("directory", "--data", Path.Combine(folder, "one"));
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{directory.Port}") };
            var empty = await MemoryAsync(http);
            using var key = SigningKey.Create();
            var publishing = await TimesAsync(count, i => PublishAsync(http, key, i));
            var full = await MemoryAsync(http);
            (string What, double[] Times)[] asked =
            [
                ("publish, each on disk before it is acknowledged", publishing),
                ("look up by name", await TimesAsync(queries, i => ReadAsync(http, $"v1/services/{Name(i * 7919 % count)}"))),
                ("look up, not modified", await TimesAsync(queries, i => AgainAsync(http, $"v1/services/{Name(i * 7919 % count)}"))),
                ("search: a name", await TimesAsync(queries, i => ReadAsync(http, $"v1/services?q={Name(i * 7919 % count)}"))),
                ("search: two words of a title", await TimesAsync(queries, i => ReadAsync(http, $"v1/services?q={Words[i % 16]}+{Words[i / 16 % 16]}"))),
                ("search: a word that one in sixteen has", await TimesAsync(queries, i => ReadAsync(http, $"v1/services?q={Words[i % 16]}"))),
                ("search: no such word", await TimesAsync(queries, i => ReadAsync(http, $"v1/services?q=nothing{i}"))),
            ];
            var asking = await MemoryAsync(http);
            var start = Stopwatch.GetTimestamp();
            using var other = await ServerProcess.StartAsync("directory", "--data", Path.Combine(folder, "two"), "--peer", $"http://127.0.0.1:{directory.Port}");
            using var second = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{other.Port}") };
            while (!await HasAsync(second, Name(count - 1))) await Task.Delay(50);
            var caughtUp = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var disk = new DirectoryInfo(Path.Combine(folder, "one")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
            var report = new Report($"A directory with {count:N0} certificates", "directories",
                $"Over HTTP on loopback, one request at a time; milliseconds. In memory: {Mib(empty)} MiB empty, {Mib(full)} with all certificates, {Mib(asking)} after all questions; "
                + $"on disk: {Mib(disk)} MiB. An empty directory has caught up from this one {caughtUp:0.0} s after its process was started.");
            report.Table("", ["", "median", "p99", "longest"], asked.Select(a => (string[])
                [a.What, Report.Number(Statistics.Percentile(a.Times, 0.5), "0.00"), Report.Number(Statistics.Percentile(a.Times, 0.99), "0.00"), Report.Number(a.Times[^1])]));
            report.Write("directories", arguments, new { count, empty, full, asking, disk, caughtUp, asked = asked.ToDictionary(a => a.What, a => a.Times) });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Name(int i) => $"{Words[i % 16]}-{i}";

    static string Mib(long bytes) => (bytes / 1048576.0).ToString("0", CultureInfo.InvariantCulture);

    static async Task<double[]> TimesAsync(int count, Func<int, Task> one)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await one(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }

    static async Task PublishAsync(HttpClient http, SigningKey key, int i)
    {
        var now = DateTimeOffset.UtcNow;
        var document = key.Sign(new ServiceCertificate
        {
            Name = Name(i),
            Title = $"{Words[i % 16]} and {Words[i / 16 % 16]}, number {i}",
            Description = $"All the {Words[i / 256 % 16]} that there are, and then some.",
            Keywords = [Words[i / 256 % 16], "bench"],
            Serial = 1,
            Issued = now,
            Expires = now.AddDays(30),
            Endpoints = [new("127.0.0.1", 80), new("127.0.0.2", 80)],
        });
        using var content = new ByteArrayContent(document);
        using var reply = await http.PutAsync(new Uri($"v1/services/{Name(i)}", UriKind.Relative), content);
        if (reply.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"{reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
    }

    static Task<byte[]> ReadAsync(HttpClient http, string path) => http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    static async Task AgainAsync(HttpClient http, string path)
    {
        using var head = await http.GetAsync(new Uri(path, UriKind.Relative));
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { IfNoneMatch = { head.Headers.ETag! } } };
        using var reply = await http.SendAsync(question);
        if (reply.StatusCode != HttpStatusCode.NotModified) throw new InvalidOperationException($"{path}: {reply.StatusCode}");
    }

    static async Task<bool> HasAsync(HttpClient http, string name)
    {
        using var reply = await http.GetAsync(new Uri($"v1/services/{name}", UriKind.Relative));
        return reply.IsSuccessStatusCode;
    }

    static async Task<long> MemoryAsync(HttpClient http) => long.Parse(await http.GetStringAsync(new Uri(DirectoryServer.Memory, UriKind.Relative)), CultureInfo.InvariantCulture);
}
