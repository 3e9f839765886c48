using Microsoft.Win32.SafeHandles;

namespace SmartClients.Cli.Getting;

/// <summary>Standard output for the bytes of a file.</summary>
internal static class StandardOutput
{
    /// <summary>Opens it. The console's own stream passes over it when whoever reads has gone, and a download would go on into nothing.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file's own position would stay where it is, for whoever writes there afterwards.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
