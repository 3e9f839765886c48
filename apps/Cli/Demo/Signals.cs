using System.Runtime.InteropServices;

namespace SmartClients.Cli.Demo;

/// <summary>The signals that stop a process in its tracks and let it go on.</summary>
internal static partial class Signals
{
    // The two have other numbers on the BSDs and macOS than on Linux.
    static readonly int Stop = OperatingSystem.IsLinux() ? 19 : 17;
    static readonly int Continue = OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>Whether this system has them.</summary>
    public static bool Known => !OperatingSystem.IsWindows();

    public static void Freeze(int process) => Send(process, Stop);

    public static void Thaw(int process) => Send(process, Continue);

    static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0) throw new IOException($"Process {process} takes no signal: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
