using SmartClients.Naming;
using SmartClients.Terminals.Loads;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals.Running;

/// <summary>Commands on the best machines of a director.</summary>
/// <param name="director">It picks the machines; its options are best <see cref="TerminalOptions.ForTerminals"/>.</param>
/// <param name="ssh">How they are reached.</param>
/// <param name="loads">How their load is learnt.</param>
/// <param name="settings">How commands are run.</param>
/// <param name="time">The clock.</param>
public sealed class RemoteCommands(Director director, SshOptions ssh, LoadOptions loads, RunSettings settings, TimeProvider time) : IDisposable
{
    const int MostHeld = 64 << 20;

    static readonly TimeSpan Ask = TimeSpan.FromSeconds(2);

    readonly HttpMessageInvoker http = RemoteTerminal.Plain();
    SshOptions? fit;

    /// <summary>Asks all machines for their load, a moment at most.</summary>
    /// <exception cref="IOException">There is no ssh.</exception>
    public async Task AskAsync(CancellationToken cancel)
    {
        fit ??= await SshProgram.FitAsync(ssh, cancel);
        await new LoadSurvey(director, loads.Readers(http, fit, new SshTargets(fit, time)), time).AskAsync(Ask, cancel);
    }

    /// <summary>Runs a command on one machine. Another one is tried where it certainly did not begin, or may be repeated.</summary>
    /// <param name="command">A line for the user's shell there.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="output">Its standard output, as it comes; at the end where the command may be repeated.</param>
    /// <param name="errors">Its standard error, likewise.</param>
    /// <param name="slots">How many may run at once on each machine; as many as there are, when left out.</param>
    /// <param name="about">The input that it is run for, one of many: <see cref="CommandLine.Variable"/> there.</param>
    /// <param name="cancel">Ends it here; what has begun there sees its connection end.</param>
    /// <exception cref="HostKeyException">A machine's host key is not the known one.</exception>
    /// <exception cref="ServiceUnavailableException">No machine has run it to its end.</exception>
    public async Task<RunResult> RunAsync(
        string command, Stream input, Stream output, Stream errors, Slots? slots = null, string? about = null, CancellationToken cancel = default)
    {
        var its = fit ??= await SshProgram.FitAsync(ssh, cancel);
        var began = time.GetTimestamp();
        var (replayed, attempts) = (new ReplayedInput(input), 0);
        var running = Task.CompletedTask;
        using var held = new HeldOutput(output, settings.Repeatable ? MostHeld : 0);
        using var heldErrors = new HeldOutput(errors, settings.Repeatable ? MostHeld : 0);
        var options = new RequestOptions
        {
            Repeatable = settings.Repeatable,
            // Where a try has failed, whoever is left may be waited for.
            LeaveOut = slots is null ? null : endpoint => attempts == 0 && slots.IsFull(endpoint),
            Timeout = Timeout.InfiniteTimeSpan,
            AttemptTimeout = Timeout.InfiniteTimeSpan,
        };
        try
        {
            return await director.SendAsync((endpoint, stop) =>
            {
                var run = AttemptAsync(endpoint, stop);
                running = Task.WhenAll(running, run);
                return new ValueTask<RunResult>(run);
            }, options, cancel);
        }
        finally
        {
            // Whoever gives up does not wait for what he has begun: its ssh would live on when this program ends.
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            held.Release();
            heldErrors.Release();
        }

        async Task<RunResult> AttemptAsync(Endpoint endpoint, CancellationToken stop)
        {
            if (attempts++ > 0 && settings.Repeatable && (held.WasSeen || heldErrors.WasSeen || !replayed.CanBegin))
                throw new IrrevocableException($"{command} was lost half-way and cannot be repeated: its input or output is too much to be kept.");
            using var slot = slots is null ? null : await slots.TakeAsync(endpoint, stop);
            held.Forget();
            heldErrors.Forget();
            var exit = await new CommandAttempt(endpoint, its, command, about).RunAsync(replayed, held, heldErrors, stop);
            return new RunResult(endpoint, exit, attempts, time.GetElapsedTime(began));
        }
    }

    /// <summary>Ends what asks for the load.</summary>
    public void Dispose() => http.Dispose();
}
