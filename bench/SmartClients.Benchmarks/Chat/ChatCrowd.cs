using System.Diagnostics;
using System.Globalization;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Chat;

/// <summary>Thousands of readers and one writer, in a process of their own.</summary>
sealed class ChatCrowd : IDisposable
{
    const int AtOnce = 100;

    static readonly byte[] Mark = "at="u8.ToArray();

    readonly ChatProtocol protocol;
    readonly int[] ports;
    readonly List<LightSocket> readers = [];
    double[] latencies = [];
    int received;
    int lost;

    ChatCrowd(string variant, int[] ports) => (protocol, this.ports) = (ChatProtocol.Of(variant), ports);

    /// <summary>Connects, says so, waits to be told to go on, then writes at each rate, and all at once; tells the figures.</summary>
    public static async Task RunAsync(Arguments arguments)
    {
        using var crowd = new ChatCrowd(arguments.Needed("variant"), [.. arguments.Needed("ports").Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture))]);
        var (count, seconds) = (arguments.Count("readers", 10_000), arguments.Number("seconds", 10));
        await crowd.ConnectAsync(count);
        Console.Out.WriteLine("connected");
        Console.In.ReadLine();
        var figures = new Figures();
        await crowd.MeasureAsync(new Figures(), "warming up", 3, TimeSpan.FromMilliseconds(200));
        foreach (var rate in arguments.Needed("rates").Split(',').Select(rate => double.Parse(rate, CultureInfo.InvariantCulture)))
            await crowd.MeasureAsync(figures, FormattableString.Invariant($"{rate} messages/s"), (int)(rate * seconds), TimeSpan.FromSeconds(1 / rate));
        await crowd.MeasureAsync(figures, "all at once", arguments.Count("burst", 100), TimeSpan.Zero);
        Child.Tell(figures);
    }

    public void Dispose()
    {
        protocol.Dispose();
        foreach (var reader in readers) reader.Dispose();
    }

    async Task ConnectAsync(int count)
    {
        for (var i = 0; i < count; i += AtOnce)
            readers.AddRange(await Task.WhenAll(Enumerable.Range(i, Math.Min(AtOnce, count - i)).Select(async number =>
            {
                var reader = await LightSocket.OpenAsync(ports[number % ports.Length], protocol.Path, number);
                await reader.SendAsync(protocol.Hello);
                // It is in the room once it is answered.
                while (await reader.ReceiveAsync() is { Length: 0 }) ;
                return reader;
            })));
        foreach (var reader in readers) _ = ReadAsync(reader);
        await protocol.OpenAsync(ports[0]);
    }

    async Task MeasureAsync(Figures figures, string name, int messages, TimeSpan pause)
    {
        latencies = new double[messages * readers.Count];
        (received, lost) = (0, 0);
        var began = Stopwatch.GetTimestamp();
        List<Task> writing = [];
        for (var i = 0; i < messages; i++)
        {
            var due = i * pause;
            if (Stopwatch.GetElapsedTime(began) is var passed && passed < due) await Task.Delay(due - passed);
            writing.Add(protocol.WriteAsync(FormattableString.Invariant($"a line such as people write at={Stopwatch.GetTimestamp()} ")));
        }
        await Task.WhenAll(writing);
        var patience = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref received) < latencies.Length && Stopwatch.GetElapsedTime(patience).TotalSeconds < 30) await Task.Delay(10);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var got = Math.Min(received, latencies.Length);
        var sorted = latencies[..got];
        Array.Sort(sorted);
        figures.Set(name, "deliveries/s", got / took);
        figures.Set(name, "p50 ms", got == 0 ? double.NaN : Statistics.Percentile(sorted, 0.5));
        figures.Set(name, "p99 ms", got == 0 ? double.NaN : Statistics.Percentile(sorted, 0.99));
        figures.Set(name, "missing", latencies.Length - got + lost);
    }

    async Task ReadAsync(LightSocket reader)
    {
        try
        {
            while (await reader.ReceiveAsync() is { } text) Take(text.Span);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It counts as lost, unless all is over.
        }
        Interlocked.Increment(ref lost);
    }

    void Take(ReadOnlySpan<byte> text)
    {
        int at;
        while ((at = text.IndexOf(Mark)) >= 0)
        {
            text = text[(at + Mark.Length)..];
            _ = System.Buffers.Text.Utf8Parser.TryParse(text, out long sent, out _);
            var index = Interlocked.Increment(ref received) - 1;
            if (index < latencies.Length) latencies[index] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }
    }
}
