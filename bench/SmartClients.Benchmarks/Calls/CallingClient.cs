using System.Diagnostics;
using System.Text.Json;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Calls;

/// <summary>A variant in a process of its own, which stays from the first round to the last: warm, and idle while others are measured. So
/// a round is short, and the variants of one round meet the same weather of the machine.</summary>
sealed class CallingClient : IDisposable
{
    const string Ready = "ready";

    readonly Process process;

    CallingClient(Process process) => this.process = process;

    public static async Task<CallingClient> StartAsync(params IEnumerable<string> arguments)
    {
        var client = new CallingClient(Child.Start(["calls", .. arguments], keepInput: true));
        if (await client.process.StandardOutput.ReadLineAsync() == Ready) return client;
        client.Dispose();
        throw new InvalidOperationException($"The client '{string.Join(' ', arguments)}' did not start.");
    }

    /// <summary>Calls for a while, so many at a time, and adds what that took.</summary>
    public async Task MeasureAsync(string inFlight, Figures figures)
    {
        await process.StandardInput.WriteLineAsync(inFlight);
        await process.StandardInput.FlushAsync();
        var told = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A client ended before its time.");
        foreach (var (@case, of) in JsonSerializer.Deserialize<Figures>(told)!) figures[@case] = of;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    /// <summary>What the child does: a slice for each line of its input.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        using var measured = new MeasuredCalls(arguments);
        await measured.WarmUpAsync();
        Console.Out.WriteLine(Ready);
        while (await Console.In.ReadLineAsync() is { } inFlight) Child.Tell(await measured.MeasureAsync(int.Parse(inFlight)));
    }
}
