using System.Globalization;
using System.Text.Json;
using SmartClients.Bench.Processes;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Replicas;

/// <summary>A replica as whoever directs the play sees it: it is told how to be, killed when its script says that there is nothing at its
/// address, and started again at the same port.</summary>
internal sealed class ReplicaProcess(ChildProgram program, ReplicaSettings settings, TimeProvider time) : IAsyncDisposable
{
    const int Tries = 5;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly SemaphoreSlim turn = new(1, 1);
    Child? child;
    volatile Condition? wanted;

    public int Port { get; private set; } = settings.Port;

    /// <summary>Makes it like this, whatever it was. Where several are under way, the last one holds.</summary>
    public async Task TurnAsync(Condition condition, CancellationToken cancel)
    {
        wanted = condition;
        await turn.WaitAsync(cancel);
        try
        {
            var now = wanted;
            if (now.IsGone)
            {
                await EndAsync();
                return;
            }
            child ??= await StartAsync(cancel);
            child.Tell(JsonSerializer.Serialize(now, Wire.Default.Condition));
            await child.SaysAsync(Child.Turned, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    // A port that was left for a moment may be taken by somebody's outgoing connection.
    async Task<Child> StartAsync(CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var starting = new Child(
                program, "A replica", time, "bench-replica", "--port", Port.ToString(CultureInfo.InvariantCulture), "--processor",
                settings.ProcessorShare.ToString(CultureInfo.InvariantCulture), "--rounds", settings.RoundsPerMs.ToString(CultureInfo.InvariantCulture), "--seed",
                settings.Seed.ToString(CultureInfo.InvariantCulture));
            try
            {
                Port = await starting.ListensAsync(cancel);
                return starting;
            }
            catch (Exception error)
            {
                await starting.DisposeAsync();
                if (error is not IOException || tries == Tries) throw;
            }
            await Task.Delay(Pause, time, cancel);
        }
    }

    async ValueTask EndAsync()
    {
        if (child is not { } ending) return;
        child = null;
        await ending.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        turn.Dispose();
    }
}
