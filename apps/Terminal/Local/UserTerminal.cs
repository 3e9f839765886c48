using System.Runtime.InteropServices;

namespace SmartClients.Terminals.Local;

/// <summary>
/// The user's own terminal, raw for as long as this lasts: every key is read as it is typed, and none means anything here. However
/// the program ends, by return, exception or signal, the terminal is as it was; only SIGKILL leaves no time for it.
/// </summary>
internal sealed unsafe class UserTerminal : IDisposable
{
    const int Input = 0;

    readonly byte[] before = new byte[LibC.TermiosSize];
    readonly byte[] raw = new byte[LibC.TermiosSize];
    readonly Stream output = Console.OpenStandardOutput();
    readonly ScreenModes modes = new();
    readonly Lock gate = new();
    readonly List<PosixSignalRegistration> signals = [];
    bool restored;

    UserTerminal()
    {
        fixed (byte* at = before)
            if (LibC.GetAttributes(Input, at) != 0) throw new IOException($"The terminal's settings cannot be read: {Marshal.GetLastPInvokeErrorMessage()}.");
        before.CopyTo(raw, 0);
        fixed (byte* at = raw) LibC.MakeRaw(at);
        // Restored at once: others may end the process before anything is disposed.
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            signals.Add(PosixSignalRegistration.Create(signal, _ => Restore()));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context =>
        {
            context.Cancel = true;
            Suspend();
        }));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resized?.Invoke(Size)));
        AppDomain.CurrentDomain.ProcessExit += Exiting;
        AppDomain.CurrentDomain.UnhandledException += Exiting;
        Apply(raw);
    }

    /// <summary>Whether standard input and output are a terminal.</summary>
    public static bool IsThere => OperatingSystem.IsLinux() && LibC.IsTerminal(Input) == 1 && LibC.IsTerminal(1) == 1;

    public static UserTerminal Open() => new();

    public static WindowSize Size => WindowSize.Of(Input);

    /// <summary>The user has given the window another size.</summary>
    public event Action<WindowSize>? Resized;

    /// <summary>Waits for keys, as long as it takes. 0 when there will be no more.</summary>
    public static int Read(Span<byte> buffer)
    {
        fixed (byte* at = buffer) return (int)Math.Max(0, LibC.Read(Input, at, buffer.Length));
    }

    /// <summary>Shows bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (restored) return;
            modes.Watch(bytes);
            output.Write(bytes);
        }
    }

    /// <summary>Undoes what a program that is no more has done to the screen: the second screen, the mouse, the hidden cursor.</summary>
    public void ResetScreen()
    {
        lock (gate)
            if (!restored) output.Write(modes.TakeReset());
    }

    /// <summary>Stops this program as Ctrl-Z stops others, with the terminal as it was, and goes on where it left off.</summary>
    public void Suspend()
    {
        lock (gate)
        {
            if (restored) return;
            Apply(before);
            _ = LibC.Signal(Environment.ProcessId, LibC.Stop);
            // Here the shell has continued us.
            Apply(raw);
        }
        Resized?.Invoke(Size);
    }

    void Exiting(object? sender, EventArgs arguments) => Restore();

    void Restore()
    {
        lock (gate)
        {
            if (restored) return;
            restored = true;
            try
            {
                output.Write(modes.TakeReset());
            }
            catch (IOException)
            {
                // The terminal may be gone; its settings are then nobody's.
            }
            Apply(before);
        }
    }

    static void Apply(byte[] settings)
    {
        fixed (byte* at = settings) _ = LibC.SetAttributes(Input, LibC.AfterOutput, at);
    }

    public void Dispose()
    {
        Restore();
        AppDomain.CurrentDomain.ProcessExit -= Exiting;
        AppDomain.CurrentDomain.UnhandledException -= Exiting;
        foreach (var signal in signals) signal.Dispose();
        output.Dispose();
    }
}
