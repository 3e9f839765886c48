using Microsoft.Win32.SafeHandles;

namespace SmartClients.Cli.Output;

/// <summary>The standard streams for bytes that are passed on as they are.</summary>
internal static class StandardStreams
{
    const int CloseOnExec = 0x80000;
    const int BrokenPipe = 32;

    /// <summary>Opens standard output. The console's own stream passes over it when whoever reads has gone, and what is passed on would go
    /// on into nothing.</summary>
    public static Stream Output() => Pipe(1, Console.IsOutputRedirected) ?? Console.OpenStandardOutput();

    /// <summary>Opens standard error, likewise.</summary>
    public static Stream Errors() => Pipe(2, Console.IsErrorRedirected) ?? Console.OpenStandardError();

    /// <summary>Opens standard input; empty where there is none (<c>&lt;&amp;-</c>).</summary>
    public static Stream Input() => IsClosed("/proc/self/fdinfo/0") ? Stream.Null : Console.OpenStandardInput();

    /// <summary>Whether a writing failed because whoever reads has gone.</summary>
    public static bool IsGone(Exception error) => error is IOException { HResult: BrokenPipe } || error.InnerException is { } inner && IsGone(inner);

    static FileStream? Pipe(int number, bool isRedirected)
    {
        if (OperatingSystem.IsWindows() || !isRedirected) return null;
        var pipe = new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file's own position would stay where it is, for whoever writes there afterwards.
        return pipe.CanSeek ? null : pipe;
    }

    // What was not open when the program began is soon something of the runtime's own: nothing that was handed on is closed by handing on.
    static bool IsClosed(string about)
    {
        if (!Directory.Exists("/proc/self/fdinfo")) return false;
        if (!File.Exists(about)) return true;
        var flags = File.ReadLines(about).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is not null && (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & CloseOnExec) != 0;
    }
}
