using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Terminals.Loads;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Sessions;

/// <summary>
/// One terminal, from the user's command to the end of a shell, over as many machines as it takes. Each connection is one request of
/// the director, which must not be repeated: a shell that was lost may have done anything. What follows it is another request.
/// </summary>
internal sealed class Session(Director director, LoadSurvey loads, Protocol protocol, SessionSettings settings, TimeProvider time)
{
    /// <summary>The exit code of a user who left.</summary>
    public const int Left = 130;

    static readonly TimeSpan AskAtFirst = TimeSpan.FromSeconds(2);
    static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(600);
    static readonly TimeSpan Knock = TimeSpan.FromSeconds(1);

    readonly ShellState state = new(new CarriedVariables(settings.Carry));
    readonly Comeback comeback = new(settings.Patience, time);
    Endpoint? here;
    bool wasTold;
    bool isBack = true;

    /// <summary>Runs it to its end.</summary>
    /// <returns>The shell's exit code; <see cref="Left"/> when the user left.</returns>
    /// <exception cref="ServiceUnavailableException">No machine took it.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await loads.AskAsync(AskAtFirst, cancel);
        using var transcript = new Transcript(settings.Transcript);
        using var terminal = UserTerminal.Open();
        var desk = new Desk(terminal, new Screen(terminal, transcript, time), new Keyboard(terminal, time));
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _ = desk.Keyboard.Left.ContinueWith(_ => leaving.CancelAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            return await UntilOverAsync(desk, leaving.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            if (!isBack) desk.Screen.EndLine("left.");
            return Left;
        }
        catch
        {
            if (!isBack) desk.Screen.EndLine("given up.");
            throw;
        }
    }

    async Task<int> UntilOverAsync(Desk desk, CancellationToken cancel)
    {
        var lost = default(Endpoint);
        while (true)
            try
            {
                if (lost is null) return await OpenAsync(desk, null, cancel);
                return await ReopenAsync(desk, lost, cancel);
            }
            catch (ServiceUnavailableException error) when (error.InnerException is LostException why && here is not null)
            {
                lost = here;
                comeback.Lost();
                if (isBack) desk.Screen.BeginLine($"{lost.Address} is gone ({why.Message}); ");
                isBack = false;
                if (comeback.IsOver) throw new IOException($"Sessions on {lost.Address} and whoever else takes them are lost soon after they begin ({why.Message}).");
                // Perhaps the group has lost it too, and has others.
                director.GroupChanged();
                await Task.Delay(comeback.Wait, time, cancel);
            }
            catch (ServiceUnavailableException) when (lost is not null && !comeback.IsOver)
            {
                // Perhaps it is our own network. Anybody will do, the lost one as well.
                await Task.Delay(Knock, time, cancel);
            }
    }

    /// <summary>The same machine if it lives and has not dropped us twice, else the best of the others, else anybody.</summary>
    async Task<int> ReopenAsync(Desk desk, Endpoint lost, CancellationToken cancel)
    {
        var asking = loads.AskAsync(AskAgain, cancel);
        if (!comeback.IsDropped && director.HasMember(lost.Address) && await protocol.LivesAsync(lost, Knock, cancel) is true)
            try
            {
                return await OpenAsync(desk, other => other != lost, cancel);
            }
            catch (ServiceUnavailableException error) when (error.InnerException is not LostException)
            {
                // It answers, and does not let us in.
            }
        await asking;
        var others = director.Members.Any(member => member.Endpoint != lost);
        return await OpenAsync(desk, others ? endpoint => endpoint == lost : null, cancel);
    }

    Task<int> OpenAsync(Desk desk, Func<Endpoint, bool>? leaveOut, CancellationToken cancel) =>
        director.SendAsync((endpoint, stop) => OneAsync(desk, endpoint, stop), new RequestOptions
        {
            Repeatable = false,
            LeaveOut = leaveOut,
            Timeout = Timeout.InfiniteTimeSpan,
            AttemptTimeout = Timeout.InfiniteTimeSpan,
        }, cancel).AsTask();

    async ValueTask<int> OneAsync(Desk desk, Endpoint endpoint, CancellationToken cancel)
    {
        state.Begin();
        if (settings.Verbose) desk.Screen.Line($"to {endpoint.Address}");
        await using var connection = await protocol.OpenAsync(endpoint, state, desk.Screen, UserTerminal.Size, isFirst: here is null, cancel);
        void Resize(WindowSize size) => connection.Resize(size);
        desk.Terminal.Resized += Resize;
        desk.Keyboard.To(connection);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watch = new Suspicion(protocol, desk, time).WatchAsync(endpoint, connection, done.Token);
        try
        {
            await Task.WhenAny(connection.Begun, connection.Ended).WaitAsync(cancel);
            if (connection.Begun.IsCompleted) Begun(desk, endpoint, await connection.Begun);
            var ending = await connection.Ended.WaitAsync(cancel);
            return ending.Kind switch
            {
                EndingKind.Over => ending.Code,
                EndingKind.Lost => throw new LostException(ending.Why),
                _ => throw new RequestException(ending.Why, Delivery.NeverSent),
            };
        }
        finally
        {
            desk.Keyboard.To(null);
            desk.Terminal.Resized -= Resize;
            await done.CancelAsync();
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    string Where() => state.DirectoryText is not { } path ? "" : protocol.BringsBack ? $", in {path}" : $"; you were in {path} before";

    void Begun(Desk desk, Endpoint endpoint, string shell)
    {
        var back = endpoint == here ? "back on it" : $"now on {endpoint.Address}";
        here = endpoint;
        comeback.Begun();
        if (!isBack) desk.Screen.EndLine($"{back}{Where()}. No command is run again.");
        isBack = true;
        if (wasTold || shell.Length == 0 || ShellScripts.Taught.Contains(shell)) return;
        wasTold = true;
        desk.Screen.Line(shell == "fish"
            ? "fish tells its directory but not its variables: after a failure only the directory is as it was."
            : $"{shell} tells neither its directory nor its variables, unless it sends OSC 7: after a failure you begin at home.");
    }
}
