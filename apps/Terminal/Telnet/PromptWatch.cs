using System.Text;
using System.Text.RegularExpressions;

namespace SmartClients.Terminals.Telnet;

/// <summary>Finds a shell's prompt in what comes: an unfinished line that ends in $, #, % or &gt;, after which nothing more comes for a moment.</summary>
internal sealed partial class PromptWatch(TimeProvider time)
{
    const int MostLine = 512;

    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    readonly StringBuilder line = new();
    readonly Lock gate = new();
    long heardAt;

    /// <summary>More came.</summary>
    public void Watch(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            heardAt = time.GetTimestamp();
            if (bytes.LastIndexOf((byte)'\n') is >= 0 and var end)
            {
                line.Clear();
                bytes = bytes[(end + 1)..];
            }
            line.Append(Encoding.Latin1.GetString(bytes));
            if (line.Length > MostLine) line.Remove(0, line.Length - MostLine);
        }
    }

    /// <summary>Waits for a prompt.</summary>
    public async Task SeenAsync(CancellationToken cancel)
    {
        while (!IsThere()) await Task.Delay(Moment / 3, time, cancel);
    }

    bool IsThere()
    {
        lock (gate) return line.Length > 0 && time.GetElapsedTime(heardAt) >= Moment && Prompt().IsMatch(Sequences().Replace(line.ToString(), ""));
    }

    [GeneratedRegex(@"[$#%>] ?$", RegexOptions.None, 1000)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\))", RegexOptions.None, 1000)]
    private static partial Regex Sequences();
}
