using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SmartClients.Membership;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals.Running;

/// <summary>One command for many inputs, over all machines of a group, and over those that join meanwhile.</summary>
/// <param name="director">It picks a machine for each input.</param>
/// <param name="commands">How commands are run.</param>
/// <param name="settings">How many at once, and in which order their results are given.</param>
/// <param name="time">The clock.</param>
public sealed class Spread(Director director, RemoteCommands commands, RunSettings settings, TimeProvider time)
{
    /// <summary>The most that one input's output may be; longer ones belong into files.</summary>
    public const int MostOutput = 16 << 20;

    /// <summary>Results that wait for an earlier one.</summary>
    const int MostWaiting = 256;

    static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    readonly Slots slots = new(settings.PerMachine);
    TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int running;

    /// <summary>Runs the command for each input.</summary>
    /// <param name="inputs">Taken when there is room for them.</param>
    /// <param name="command">A line for the user's shell there, for which <see cref="CommandLine.Variable"/> is the input.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="HostKeyException">A machine's host key is not the known one: everything stops.</exception>
    public async IAsyncEnumerable<SpreadResult> RunAsync(
        IAsyncEnumerable<string> inputs, string command, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await commands.AskAsync(cancel);
        var results = Channel.CreateBounded<Task<SpreadResult>>(MostWaiting);
        var handing = HandOutAsync(inputs, command, results, stop.Token);
        var asking = KeepAskingAsync(stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancel)) yield return await result;
            await handing;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(handing, asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task HandOutAsync(
        IAsyncEnumerable<string> inputs, string command, Channel<Task<SpreadResult>> results, CancellationToken cancel)
    {
        List<Task> all = [];
        try
        {
            await foreach (var input in inputs.WithCancellation(cancel))
            {
                while (true)
                {
                    var next = Volatile.Read(ref ended).Task;
                    if (HasRoom()) break;
                    // Machines join without a word to us.
                    await Task.WhenAny(next, Task.Delay(Often, time, cancel));
                    cancel.ThrowIfCancellationRequested();
                }
                Interlocked.Increment(ref running);
                var run = RunOneAsync(input, command, cancel);
                all.Add(run);
                if (!settings.Unordered) await results.Writer.WriteAsync(run, cancel);
                else all.Add(run.ContinueWith(done => results.Writer.WriteAsync(done, cancel).AsTask(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap());
                all.RemoveAll(done => done.IsCompletedSuccessfully);
            }
            await Task.WhenAll(all);
            results.Writer.Complete();
        }
        catch (Exception error)
        {
            // Inputs that cannot be read are no fault of those that were.
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            results.Writer.Complete(error);
        }
    }

    /// <summary>Whether some machine that takes requests has room: one that joined a moment ago is room as well.</summary>
    bool HasRoom()
    {
        var free = director.Members.Where(member => member.State is not (ReplicaState.Gone or ReplicaState.Ejected)).Where(member => !slots.IsFull(member.Endpoint)).Count();
        return running == 0 || free > 0;
    }

    async Task<SpreadResult> RunOneAsync(string input, string command, CancellationToken cancel)
    {
        using var output = new LimitedOutput(MostOutput);
        using var errors = new LimitedOutput(MostOutput);
        try
        {
            var run = await commands.RunAsync(command, Stream.Null, output, errors, slots, input, cancel);
            return new SpreadResult(input, run, output.Written, errors.Written, null);
        }
        catch (Exception error) when (error is not (OperationCanceledException or HostKeyException))
        {
            return new SpreadResult(input, null, output.Written, errors.Written, error);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            Interlocked.Exchange(ref ended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    async Task KeepAskingAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(AskAgain, time, cancel);
            await commands.AskAsync(cancel);
        }
    }
}
