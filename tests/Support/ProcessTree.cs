using System.Diagnostics;
using System.Globalization;

namespace SmartClients.Testing;

/// <summary>A server and the processes that it has started for its connections.</summary>
internal static class ProcessTree
{
    /// <summary>Sends all of them a signal by its name, the first one first, so that it starts no more.</summary>
    public static async Task SignalAsync(int root, string name, CancellationToken cancel)
    {
        int[] all = [root, .. Below(root)];
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, .. all.Select(id => id.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync(cancel);
    }

    static IEnumerable<int> Below(int parent)
    {
        var children = Children(parent);
        return children.Concat(children.SelectMany(Below));
    }

    static int[] Children(int parent)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
