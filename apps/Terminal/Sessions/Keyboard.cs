using SmartClients.Terminals.Local;

namespace SmartClients.Terminals.Sessions;

/// <summary>What the user types, to whichever connection there is. Where there is none it goes nowhere: half a line meant for one machine
/// must not be the beginning of a line on another.</summary>
internal sealed class Keyboard
{
    const byte ControlC = 0x03;

    readonly UserTerminal terminal;
    readonly TimeProvider time;
    readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Thread thread;
    Connection? connection;
    long typedAt;

    public Keyboard(UserTerminal terminal, TimeProvider time)
    {
        (this.terminal, this.time) = (terminal, time);
        // It waits in the system for the next key, and nothing can be made of that but its end.
        thread = new Thread(Read) { IsBackground = true, Name = "keyboard" };
    }

    /// <summary>The user leaves, by <c>~.</c>, by Ctrl-C where there is no shell yet, or because the keyboard is gone.</summary>
    public Task Left => left.Task;

    /// <summary>When something was last sent.</summary>
    public long TypedAt => Volatile.Read(ref typedAt);

    /// <summary>Where keys go from now on. Those typed before the first connection are its own.</summary>
    public void To(Connection? next)
    {
        Volatile.Write(ref connection, next);
        if (thread.ThreadState.HasFlag(ThreadState.Unstarted)) thread.Start();
    }

    void Read()
    {
        var escapes = new Escapes(Send, () => left.TrySetResult(), terminal.Suspend);
        var buffer = new byte[4096];
        int count;
        while ((count = UserTerminal.Read(buffer)) > 0) escapes.Type(buffer.AsSpan(0, count));
        left.TrySetResult();
    }

    void Send(ReadOnlySpan<byte> keys)
    {
        var to = Volatile.Read(ref connection);
        if (keys.Contains(ControlC) && to is not { Begun.IsCompleted: true }) left.TrySetResult();
        if (to is null) return;
        Volatile.Write(ref typedAt, time.GetTimestamp());
        to.Send(keys);
    }
}
