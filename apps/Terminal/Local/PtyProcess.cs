using System.Collections;
using System.Runtime.InteropServices;

namespace SmartClients.Terminals.Local;

/// <summary>A program on a pseudo-terminal of its own, which is its controlling terminal: what it asks of its user reaches us.</summary>
internal sealed class PtyProcess : IDisposable
{
    const int NoHang = 1;

    readonly PseudoTerminal terminal;
    readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Thread thread;
    readonly Lock gate = new();
    bool reaped;

    PtyProcess(PseudoTerminal terminal, int id, Action<ReadOnlySpan<byte>> received)
    {
        (this.terminal, Id) = (terminal, id);
        thread = new Thread(() => Relay(received)) { IsBackground = true, Name = "terminal output" };
        thread.Start();
    }

    public int Id { get; }

    /// <summary>Its exit code, once it has ended and all of its output was received; 128 and the signal's number when one ended it.</summary>
    public Task<int> Ended => ended.Task;

    public PseudoTerminal Terminal => terminal;

    /// <summary>Starts one.</summary>
    /// <param name="program">Found in the PATH.</param>
    /// <param name="arguments">Without the program's own name.</param>
    /// <param name="size">Of its terminal.</param>
    /// <param name="received">Its output, on a thread of its own.</param>
    /// <param name="environment">What differs from ours.</param>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static unsafe PtyProcess Start(
        string program, IEnumerable<string> arguments, WindowSize size, Action<ReadOnlySpan<byte>> received,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var terminal = PseudoTerminal.Open(size);
        byte* actions = stackalloc byte[LibC.SpawnSize], attributes = stackalloc byte[LibC.SpawnSize], signals = stackalloc byte[LibC.SpawnSize];
        byte** argv = Strings([program, .. arguments]), envp = Strings(Variables(environment));
        // The first terminal that the leader of a session opens becomes its controlling terminal.
        _ = LibC.FileActions(actions);
        _ = LibC.FileActionOpen(actions, 0, terminal.Name, LibC.ReadWrite, 0);
        _ = LibC.FileActionCopy(actions, 0, 1);
        _ = LibC.FileActionCopy(actions, 0, 2);
        _ = LibC.SpawnAttributes(attributes);
        _ = LibC.SpawnFlags(attributes, LibC.SpawnSession | LibC.SpawnSignalDefaults | LibC.SpawnSignalMask);
        // The runtime ignores some signals, and what is ignored here would be so in the program too.
        _ = LibC.AllSignals(signals);
        _ = LibC.SpawnDefaults(attributes, signals);
        _ = LibC.NoSignals(signals);
        _ = LibC.SpawnMask(attributes, signals);
        var error = LibC.Spawn(out var id, program, actions, attributes, argv, envp);
        _ = LibC.FileActionsEnd(actions);
        _ = LibC.SpawnAttributesEnd(attributes);
        Free(argv);
        Free(envp);
        if (error == 0) return new PtyProcess(terminal, id, received);
        terminal.Dispose();
        throw new IOException($"{program} cannot be started: {Marshal.GetPInvokeErrorMessage(error)}. Is it installed?");
    }

    public void Write(ReadOnlySpan<byte> bytes) => terminal.Write(bytes);

    /// <summary>Sends a signal, if it is still there.</summary>
    public void Signal(int signal)
    {
        // Once it was waited for, its number may be somebody else's.
        lock (gate) if (!reaped) _ = LibC.Signal(Id, signal);
    }

    void Relay(Action<ReadOnlySpan<byte>> received)
    {
        try
        {
            var buffer = new byte[16 << 10];
            while (true)
            {
                var count = terminal.Read(buffer);
                if (count > 0) received(buffer.AsSpan(0, count));
                // Something that it has started may hold the terminal open after its end.
                else if (TryReap(count < 0, out var code))
                {
                    ended.TrySetResult(code);
                    return;
                }
            }
        }
        catch (Exception error)
        {
            ended.TrySetException(error);
        }
    }

    bool TryReap(bool closed, out int code)
    {
        while (true)
        {
            lock (gate)
            {
                var result = LibC.Wait(Id, out var status, NoHang);
                code = (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
                if (result != 0) return reaped = true;
            }
            if (!closed) return false;
            // It has closed its terminal and is about to end.
            unsafe
            {
                _ = LibC.Poll(null, 0, 10);
            }
        }
    }

    static List<string> Variables(IReadOnlyDictionary<string, string>? changes)
    {
        var all = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value);
        foreach (var (name, value) in changes ?? new Dictionary<string, string>()) all[name] = value;
        return [.. all.Select(variable => $"{variable.Key}={variable.Value}")];
    }

    static unsafe byte** Strings(List<string> texts)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++) array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        return array;
    }

    static unsafe void Free(byte** strings)
    {
        for (var i = 0; strings[i] is not null; i++) Marshal.FreeCoTaskMem((nint)strings[i]);
        NativeMemory.Free(strings);
    }

    /// <summary>Ends it: a hangup first, which it can clean up after.</summary>
    public void Dispose()
    {
        Signal(LibC.Hangup);
        if (!ended.Task.Wait(TimeSpan.FromMilliseconds(500)))
        {
            Signal(LibC.Kill);
            thread.Join(TimeSpan.FromSeconds(2));
        }
        terminal.Dispose();
    }
}
