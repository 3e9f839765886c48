using System.Diagnostics;
using System.Text.Json;

namespace SmartClients.Benchmarks.Running;

/// <summary>This program again, as a process of its own: for a variant that must not disturb the others, or a server.</summary>
static class Child
{
    /// <summary>Starts a child and returns at once; its standard output is the caller's to read.</summary>
    /// <param name="arguments">Its role and options.</param>
    /// <param name="keepInput">It lives until its standard input ends, which the end of this process brings about.</param>
    public static Process Start(IEnumerable<string> arguments, bool keepInput = false)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = keepInput, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") info.ArgumentList.Add(typeof(Child).Assembly.Location);
        info.ArgumentList.Add("child");
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }

    /// <summary>Runs a child to its end and reads the one line that it tells.</summary>
    public static async Task<T> AskAsync<T>(params IEnumerable<string> arguments)
    {
        using var child = Start(arguments);
        try
        {
            var told = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            if (child.ExitCode != 0) throw new InvalidOperationException($"The child '{string.Join(' ', arguments)}' ended with {child.ExitCode}.");
            return JsonSerializer.Deserialize<T>(told)!;
        }
        finally
        {
            if (!child.HasExited) child.Kill(entireProcessTree: true);
        }
    }

    public static void Tell<T>(T result) => Console.Out.WriteLine(JsonSerializer.Serialize(result));
}
