using System.Diagnostics;
using SmartClients.Benchmarks.Running;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Naming.State;

namespace SmartClients.Benchmarks.Directories;

/// <summary>A start from what an earlier process left: from the name to a director that is ready for its first request.</summary>
static class StartsExperiment
{
    public static async Task RunAsync(Arguments arguments)
    {
        var rounds = arguments.Count("rounds", 500);
        var folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
        try
        {
            var results = new List<(int Members, double[] Times)>();
            foreach (var members in (int[])[3, 100, 1000]) results.Add((members, await MeasureAsync(Path.Combine(folder, $"{members}"), members, rounds)));
            var report = new Report("From a name to a director that is ready, out of the cache", "starts",
                "Milliseconds: the state file is read, the certificate's signature checked, the director made with its members and what was learnt of them. No network.");
            report.Table("", ["members", "first", "median", "p99"], results.Select(r => (string[])
                [$"{r.Members}", Report.Number(r.Times[0]), Report.Number(Statistics.Median(r.Times), "0.00"), Report.Number(Statistics.Percentile([.. r.Times.Order()], 0.99), "0.00")]));
            report.Write("starts", arguments, results.Select(r => new { r.Members, r.Times }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<double[]> MeasureAsync(string folder, int members, int rounds)
    {
        using var key = SigningKey.Create();
        var now = DateTimeOffset.UtcNow;
        var document = key.Sign(new ServiceCertificate
        {
            Name = "bench",
            Serial = 1,
            Issued = now,
            Expires = now.AddDays(30),
            Endpoints = [.. Enumerable.Range(0, members).Select(i => new Endpoint($"10.0.{i / 250}.{i % 250 + 1}", 80))],
        });
        // A first process: it asks, and leaves what it learnt.
        await using (var first = await OpenAsync(folder, [new GivenFinder(document)]))
            for (var i = 0; i < 2 * members; i++) await first.SendAsync((endpoint, _) => new ValueTask<bool>(true));
        var times = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var director = await OpenAsync(folder, []);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (director.Members.Length != members) throw new InvalidOperationException($"{director.Members.Length} members, not {members}.");
        }
        return times;
    }

    static async Task<Director> OpenAsync(string folder, CertificateFinder[] finders)
    {
        var state = new StateFolder(folder);
        var names = Names.Core.WithServices(new CertifiedNamesOptions { Finders = [.. finders], State = state });
        var director = new Director("service://bench", names.Open("service://bench"), new DirectorOptions { State = state });
        await director.ReadyAsync();
        return director;
    }
}
