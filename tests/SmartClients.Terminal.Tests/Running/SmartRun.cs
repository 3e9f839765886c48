using SmartClients.Terminals.Tests.Servers;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Terminals.Tests.Running;

/// <summary><c>smart run</c> in a room, and what it has started there.</summary>
internal static class SmartRun
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static RunningProcess Start(MachineRoom room, params IEnumerable<string> arguments) =>
        RunningProcess.Start(SmartProgram.Path, ["run", room.Name, "-F", room.Configuration, "--no-state", .. arguments]);

    public static async Task<(int Exit, string Output, string Errors)> RunAsync(MachineRoom room, string? input, params IEnumerable<string> arguments)
    {
        await using var process = Start(room, arguments);
        await process.InputAsync(input ?? "");
        var exit = await process.ExitAsync(Cancel);
        return (exit, process.Output, process.Errors);
    }

    /// <summary>Within a line of a shell, as its arguments.</summary>
    public static async Task<(int Exit, string Output, string Errors)> InLineAsync(MachineRoom room, string line, params IEnumerable<string> arguments)
    {
        await using var process = RunningProcess.Start("bash", ["-c", line, "-", SmartProgram.Path, "run", room.Name, "-F", room.Configuration, "--no-state", .. arguments]);
        var exit = await process.ExitAsync(Cancel);
        return (exit, process.Output, process.Errors);
    }

    public static bool HasEnded(int id)
    {
        try
        {
            // Where nobody waits for it, it stays as what it was.
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Waits for a process to write its number.</summary>
    public static async Task<int> NumberAsync(MachineRoom room, string name)
    {
        var (path, number) = (Path.Combine(room.Shared, name), 0);
        await Poll.UntilAsync(() => File.Exists(path) && File.ReadAllText(path) is [.., '\n'] text && int.TryParse(text, System.Globalization.NumberStyles.AllowTrailingWhite, System.Globalization.CultureInfo.InvariantCulture, out number), Cancel);
        return number;
    }
}
