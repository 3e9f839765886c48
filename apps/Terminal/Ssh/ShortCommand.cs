using System.Diagnostics;

namespace SmartClients.Terminals.Ssh;

/// <summary>A command that answers with a few lines, within a time.</summary>
internal static class ShortCommand
{
    const int MostOutput = 64 << 10;

    /// <summary>Runs one.</summary>
    /// <param name="program">Found in the PATH.</param>
    /// <param name="arguments">Without the program's own name.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="errors">Its answer comes on standard error.</param>
    /// <returns>Its output; <see langword="null"/> when it failed, said too much, or took too long.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static async Task<string?> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel, bool errors = false)
    {
        using var process = Start(program, arguments);
        try
        {
            process.StandardInput.Close();
            var (answer, rest) = errors ? (process.StandardError, process.StandardOutput) : (process.StandardOutput, process.StandardError);
            _ = rest.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            var buffer = new char[MostOutput];
            var count = await answer.ReadBlockAsync(buffer, cancel);
            if (count == MostOutput) return null;
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? new string(buffer, 0, count) : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            // All three: a process that shares the terminal would have its settings changed by the runtime.
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{program} cannot be started: {error.Message}. Install OpenSSH's client.", error);
        }
    }
}
