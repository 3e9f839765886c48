using System.Runtime.InteropServices;

namespace SmartClients.Cli.Demo;

/// <summary>The signals that end a process, or stop it in its tracks and let it go on.</summary>
internal static partial class Signals
{
    const int Killing = 9;
    const int Terminating = 15;

    // The two have other numbers on the BSDs and macOS than on Linux.
    static readonly int Stop = OperatingSystem.IsLinux() ? 19 : 17;
    static readonly int Continue = OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>Whether this system has them.</summary>
    public static bool Known => !OperatingSystem.IsWindows();

    public static void Freeze(int process) => Send(process, Stop);

    public static void Thaw(int process) => Send(process, Continue);

    public static void Kill(int process) => Send(process, Killing);

    public static void Terminate(int process) => Send(process, Terminating);

    static void Send(int process, int signal)
    {
        if (Deliver(process, signal) != 0) throw new IOException($"Process {process} takes no signal: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Deliver(int process, int signal);
}
